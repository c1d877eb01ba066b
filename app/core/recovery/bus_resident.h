// What else may be on a bus where a board is rescued: recognised by USB ids alone, without opening
// it.
#pragma once

#include "core/usb/usb_transport.h"

namespace updater {

enum class BusResident : std::uint8_t {
    Application, ///< ours
    Bootloader,  ///< ours
    RomLoader,   ///< an STM32 in its ROM's DFU mode (AN2606): 0483:df11, any chip of the family
    Probe,       ///< an ST-LINK
    Hub,
    Other,
};

BusResident residentOf(const UsbNode& node);

} // namespace updater
