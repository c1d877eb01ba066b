// From the application into update mode and back, on request.
#pragma once

#include "contract/vendor_requests.h"
#include "core/update/followed_device.h"

namespace updater {

/// Restarts the device and waits until it is back. An application offers only the way into update
/// mode, so going from it to `Normal` is two restarts. DeviceDidNotReturn after `timeoutMs`,
/// Cancelled when stopped.
Result<Observed> restart(UsbTransport& transport, FollowedDevice& device,
                         contract::vendor::RebootTarget target, std::uint64_t timeoutMs,
                         const std::stop_token& stop);

/// What the bootloader says, for which a running application is restarted into update mode.
/// NotAllowed if the device starts its application again.
Result<contract::DeviceStatus> readInUpdateMode(UsbTransport& transport, FollowedDevice& device,
                                                std::uint64_t timeoutMs,
                                                const std::stop_token& stop);

} // namespace updater
