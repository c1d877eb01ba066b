// Which devices are ours.
#pragma once

#include "core/usb/usb_transport.h"

namespace updater {

/// By USB ids alone; nothing for everybody else's devices.
std::optional<DeviceMode> modeOf(std::uint16_t vendorId, std::uint16_t productId);

} // namespace updater
