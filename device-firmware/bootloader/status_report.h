// GET_STATUS: what the device is, holds and waits for. Reads RAM only, so it works while a bank is
// busy.
#pragma once

#include "bootloader/installer.h"

namespace boot {

contract::DeviceStatus reportStatus(Board& board, const Identity& identity,
                                    const Installer& installer, contract::UpdateReason reason,
                                    const contract::FaultRecord& lastFault);

} // namespace boot
