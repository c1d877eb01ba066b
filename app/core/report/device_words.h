// Words for what devices report: the same in text, JSON and reports, so that people can search for
// them.
#pragma once

#include "contract/device_status.h"
#include "core/usb/usb_transport.h"

namespace updater {

/// "unknown" for a value that has no word.
std::string_view word(DeviceMode mode);
std::string_view word(contract::SlotState state);
std::string_view word(contract::Reason reason);
std::string_view word(contract::UpdateReason reason);
std::string_view word(contract::ResetCause cause);
std::string_view word(contract::JournalHealth health);
std::string_view word(contract::ImageFault fault);
std::string_view word(contract::StreamFault fault);

/// "A", "B" or "none".
std::string slotName(std::uint8_t slot);

/// bcdDevice as "1.4.0" (contract/version.h).
std::string versionOfBcd(std::uint16_t bcdDevice);

} // namespace updater
