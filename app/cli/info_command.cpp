#include "cli/command.h"
#include "cli/words.h"
#include "core/bundle/text_forms.h"
#include "core/report/status_json.h"
#include "core/update/followed_device.h"
#include "core/update/staging.h"

namespace cli {
namespace {

using contract::DeviceStatus;
using contract::RuntimeStatus;
using contract::SlotStatus;
using updater::hasSet;
using updater::hexText;
using updater::slotName;
using updater::statusJson;
using updater::versionText;

/// A staged set is not shown as one that could run.
std::string stateText(const DeviceStatus& status, std::uint8_t number)
{
    const SlotStatus& slot = status.slotStatus[number];
    if (!hasSet(slot) || !updater::isStaged(slot)) return std::string(word(slot.state));
    return number == status.activeSlot ? "to be copied to slot A" : "backup copy";
}

std::string textOf(const DeviceStatus& status, std::uint8_t number)
{
    const SlotStatus& slot = status.slotStatus[number];
    std::string line = "slot " + slotName(number) + ": " + stateText(status, number);
    if (slot.reason != contract::Reason::None) line += " (" + std::string(word(slot.reason)) + ')';
    if (hasSet(slot)) {
        line += ", release " + versionText(slot.releaseVersion) + ", security counter " +
                std::to_string(slot.securityCounter) + ", set " + hexText(slot.setId);
    }
    if (slot.m7Fault != contract::ImageFault::None || slot.m4Fault != contract::ImageFault::None) {
        line += ", image faults M7 " + std::to_string(static_cast<unsigned>(slot.m7Fault)) +
                ", M4 " + std::to_string(static_cast<unsigned>(slot.m4Fault));
    }
    return line + '\n';
}

void show(Output& output, const std::string& id, const RuntimeStatus& status)
{
    output.result(statusJson(id, status),
                  "device " + id + ": application runs\nproduct " +
                      std::to_string(status.productId) + "\nrelease " +
                      versionText(status.releaseVersion) + " in slot " + slotName(status.slot) +
                      ", " + std::string(word(status.state)) + "\nM7 " +
                      versionText(status.coreVersions[0]) + ", M4 " +
                      versionText(status.coreVersions[1]) + "\nset " + hexText(status.setId));
}

std::string textOf(const std::string& id, const DeviceStatus& status)
{
    std::string text = "device " + id + ": bootloader " + versionText(status.bootloaderVersion) +
                       " waits (" + std::string(word(status.updateReason)) + ")\n";
    text += "product " + std::to_string(status.productId) + ", hardware revision " +
            std::to_string(status.hardwareRevision) + '\n';
    text += textOf(status, 0) + textOf(status, 1);
    text += "active slot: " + slotName(status.activeSlot) + '\n';
    if (updater::activeSet(status) != nullptr && !updater::canGoBack(status))
        text += "cannot go back by itself: no other release to run\n";
    if (status.downloadSlot != contract::noSet)
        text += "unfinished download into slot " + slotName(status.downloadSlot) + '\n';
    text += "security counter at least " + std::to_string(status.floorCounter) + ", key at least " +
            std::to_string(status.floorKeyIndex) + '\n';
    return text + "journal " + std::string(word(status.journalHealth)) + ", " +
           std::to_string(status.journalWordsUsed) + " words used";
}

} // namespace

Result<> info(const Command& command)
{
    TRY_ASSIGN(const auto transport, command.openTransport());
    TRY_ASSIGN(updater::FollowedDevice device,
               updater::FollowedDevice::choose(*transport, command.selector));
    TRY_ASSIGN(const updater::Observed observed, device.observe());
    if (const auto* running = std::get_if<RuntimeStatus>(&observed)) {
        show(command.output, device.uniqueId(), *running);
    } else if (const auto* waiting = std::get_if<DeviceStatus>(&observed)) {
        command.output.result(statusJson(device.uniqueId(), *waiting),
                              textOf(device.uniqueId(), *waiting));
    } else {
        return fail(updater::ErrorCode::ConnectionLost, device.uniqueId());
    }
    return {};
}

} // namespace cli
