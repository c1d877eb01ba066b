#include "core/recovery/restart.h"

#include "core/dfu/dfu_client.h"
#include "core/dfu/vendor_client.h"

namespace updater {
namespace {

using contract::vendor::RebootTarget;

/// One restart, and what the device is afterwards.
Result<Observed> restartOnce(UsbTransport& transport, FollowedDevice& device, const Observed& from,
                             RebootTarget target, std::uint64_t timeoutMs,
                             const std::stop_token& stop)
{
    if (std::holds_alternative<NotConnected>(from))
        return fail(ErrorCode::ConnectionLost, device.uniqueId());
    if (std::holds_alternative<contract::RuntimeStatus>(from)) {
        TRY(DfuClient(*device.connection(), transport.clock()).detach());
    } else {
        TRY(VendorClient(*device.connection()).reboot(target));
    }
    device.waitForRestart(stop);
    TRY_ASSIGN(const bool isBack, device.waitUntilPresent(timeoutMs, stop));
    if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "while waiting");
    if (!isBack) return fail(ErrorCode::DeviceDidNotReturn, device.uniqueId());
    return device.observe();
}

} // namespace

Result<Observed> restart(UsbTransport& transport, FollowedDevice& device, RebootTarget target,
                         std::uint64_t timeoutMs, const std::stop_token& stop)
{
    TRY_ASSIGN(Observed observed, device.observe());
    const bool isApplication = std::holds_alternative<contract::RuntimeStatus>(observed);
    TRY_ASSIGN(observed, restartOnce(transport, device, observed, target, timeoutMs, stop));
    if (!isApplication || target != RebootTarget::Normal) return observed;
    return restartOnce(transport, device, observed, target, timeoutMs, stop);
}

Result<contract::DeviceStatus> readInUpdateMode(UsbTransport& transport, FollowedDevice& device,
                                                std::uint64_t timeoutMs,
                                                const std::stop_token& stop)
{
    TRY_ASSIGN(Observed observed, device.observe());
    if (!std::holds_alternative<contract::DeviceStatus>(observed)) {
        TRY_ASSIGN(observed, restart(transport, device, RebootTarget::UpdateMode, timeoutMs, stop));
    }
    if (const auto* status = std::get_if<contract::DeviceStatus>(&observed)) return *status;
    return fail(ErrorCode::NotAllowed, "the device does not stay in update mode");
}

} // namespace updater
