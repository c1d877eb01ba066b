#include "cli/command.h"
#include "cli/words.h"
#include "core/recovery/restart.h"

namespace cli {

using contract::vendor::RebootTarget;

Result<> reboot(const Command& command, bool toUpdateMode)
{
    TRY_ASSIGN(const auto transport, command.openTransport());
    TRY_ASSIGN(updater::FollowedDevice device,
               updater::FollowedDevice::choose(*transport, command.selector));
    const RebootTarget target = toUpdateMode ? RebootTarget::UpdateMode : RebootTarget::Normal;
    TRY_ASSIGN(const updater::Observed observed,
               updater::restart(*transport, device, target, command.timeoutMs, command.stop));
    const bool isRunning = std::holds_alternative<contract::RuntimeStatus>(observed);
    const auto mode =
        isRunning ? updater::DeviceMode::Application : updater::DeviceMode::Bootloader;
    command.output.result(
        JsonLine("restarted").text("id", device.uniqueId()).text("mode", word(mode)),
        "restarted: " + device.uniqueId() + " is in its " + std::string(word(mode)));
    return {};
}

} // namespace cli
