// What a DfuSe device says of itself in its descriptors. Hostile until checked.
#pragma once

#include "core/dfu/dfuse_layout.h"
#include "core/usb/usb_transport.h"

namespace updater {

struct DfuseIdentity {
    std::vector<std::string> alternates; ///< names of the DFU interface's settings, in their order
    std::uint16_t transferBytes = 0;
};

/// Reads configuration and strings. ReplyMalformed if it is not a DfuSe device.
Result<DfuseIdentity> readDfuseIdentity(UsbConnection& connection);

/// Checks that it is the ROM loader of an H755: WrongChip if its flash is laid out otherwise. The
/// flash must be alternate setting 0.
Result<> requireH755(const DfuseIdentity& identity);

} // namespace updater
