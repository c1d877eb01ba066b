#include "cli/command.h"
#include "cli/words.h"
#include "core/dfu/dfu_client.h"
#include "core/dfu/vendor_client.h"
#include "core/update/followed_device.h"

namespace cli {
namespace {

using contract::vendor::RebootTarget;
using updater::ErrorCode;
using updater::FollowedDevice;
using updater::Observed;

/// One restart, and what the device is afterwards.
Result<Observed> restart(const Command& command, updater::UsbTransport& transport,
                         FollowedDevice& device, const Observed& from, RebootTarget target)
{
    if (std::holds_alternative<updater::NotConnected>(from))
        return fail(ErrorCode::ConnectionLost, device.uniqueId());
    if (std::holds_alternative<contract::RuntimeStatus>(from)) {
        TRY(updater::DfuClient(*device.connection(), transport.clock()).detach());
    } else {
        TRY(updater::VendorClient(*device.connection()).reboot(target));
    }
    device.waitForRestart(command.stop);
    TRY_ASSIGN(const bool isBack, device.waitUntilPresent(command.timeoutMs, command.stop));
    if (command.stop.stop_requested()) return fail(ErrorCode::Cancelled, "while waiting");
    if (!isBack) return fail(ErrorCode::DeviceDidNotReturn, device.uniqueId());
    return device.observe();
}

} // namespace

Result<> reboot(const Command& command, bool toUpdateMode)
{
    TRY_ASSIGN(const auto transport, command.openTransport());
    TRY_ASSIGN(FollowedDevice device, FollowedDevice::choose(*transport, command.selector));
    TRY_ASSIGN(Observed observed, device.observe());
    const RebootTarget target = toUpdateMode ? RebootTarget::UpdateMode : RebootTarget::Normal;
    const bool isApplication = std::holds_alternative<contract::RuntimeStatus>(observed);
    TRY_ASSIGN(observed, restart(command, *transport, device, observed, target));
    // An application offers only the way into the bootloader, which then goes on.
    if (isApplication && !toUpdateMode) {
        TRY_ASSIGN(observed, restart(command, *transport, device, observed, target));
    }
    const bool isRunning = std::holds_alternative<contract::RuntimeStatus>(observed);
    const auto mode =
        isRunning ? updater::DeviceMode::Application : updater::DeviceMode::Bootloader;
    command.output.result(
        JsonLine("restarted").text("id", device.uniqueId()).text("mode", word(mode)),
        "restarted: " + device.uniqueId() + " is in its " + std::string(word(mode)));
    return {};
}

} // namespace cli
