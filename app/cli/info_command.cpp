#include "cli/command.h"
#include "cli/words.h"
#include "core/bundle/text_forms.h"
#include "core/update/followed_device.h"
#include "core/update/staging.h"

namespace cli {
namespace {

using contract::DeviceStatus;
using contract::RuntimeStatus;
using contract::SlotStatus;
using updater::hexText;
using updater::versionText;

std::string slotName(std::uint8_t slot)
{
    return slot == 0 ? "A" : slot == 1 ? "B" : "none";
}

bool hasSet(const SlotStatus& slot)
{
    return updater::isStartable(slot) || slot.state == contract::SlotState::Reverted;
}

JsonLine jsonOf(const SlotStatus& slot, std::uint8_t number)
{
    JsonLine line;
    line.text("slot", slotName(number))
        .text("state", word(slot.state))
        .text("reason", word(slot.reason))
        .number("m7Fault", static_cast<unsigned>(slot.m7Fault))
        .number("m4Fault", static_cast<unsigned>(slot.m4Fault));
    if (hasSet(slot)) {
        line.text("setId", hexText(slot.setId))
            .text("version", versionText(slot.releaseVersion))
            .text("m7Version", versionText(slot.coreVersions[0]))
            .text("m4Version", versionText(slot.coreVersions[1]))
            .number("securityCounter", slot.securityCounter)
            .number("keyIndex", slot.keyIndex)
            .flag("verified", slot.isVerified != 0)
            .flag("runnable", !updater::isStaged(slot));
    }
    return line;
}

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
    JsonLine json("info");
    json.text("id", id)
        .text("mode", "application")
        .number("product", status.productId)
        .text("state", word(status.state))
        .text("slot", slotName(status.slot))
        .text("setId", hexText(status.setId))
        .text("version", versionText(status.releaseVersion))
        .text("m7Version", versionText(status.coreVersions[0]))
        .text("m4Version", versionText(status.coreVersions[1]));
    output.result(json, "device " + id + ": application runs\nproduct " +
                            std::to_string(status.productId) + "\nrelease " +
                            versionText(status.releaseVersion) + " in slot " +
                            slotName(status.slot) + ", " + std::string(word(status.state)) +
                            "\nM7 " + versionText(status.coreVersions[0]) + ", M4 " +
                            versionText(status.coreVersions[1]) + "\nset " + hexText(status.setId));
}

JsonLine jsonOf(const std::string& id, const DeviceStatus& status)
{
    const std::array<JsonLine, 2> slots{jsonOf(status.slotStatus[0], 0),
                                        jsonOf(status.slotStatus[1], 1)};
    JsonLine json("info");
    json.text("id", id)
        .text("mode", "bootloader")
        .text("updateReason", word(status.updateReason))
        .text("bootloader", versionText(status.bootloaderVersion))
        .number("product", status.productId)
        .number("hardwareRevision", status.hardwareRevision)
        .number("siliconRevision", status.siliconRevision)
        .number("romVersion", status.romVersion)
        .text("resetCause", word(status.resetCause))
        .text("activeSlot", slotName(status.activeSlot))
        .number("floorCounter", status.floorCounter)
        .number("floorKeyIndex", status.floorKeyIndex)
        .text("journal", word(status.journalHealth))
        .number("journalWordsUsed", status.journalWordsUsed)
        .number("readProtection", status.optionBytes.readProtection)
        .number("writeProtectionBank1", status.optionBytes.writeProtectionBank1)
        .number("writeProtectionBank2", status.optionBytes.writeProtectionBank2)
        .number("bootCm4", status.optionBytes.bootCm4)
        .number("faults", status.lastFault.count)
        .number("correctedEccErrors", status.correctedEccErrors)
        .number("flashErases", status.flashErases)
        .number("flashPrograms", status.flashPrograms)
        .text("downloadSlot", slotName(status.downloadSlot))
        .flag("canGoBack", updater::canGoBack(status))
        .objects("slots", slots);
    return json;
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
        command.output.result(jsonOf(device.uniqueId(), *waiting),
                              textOf(device.uniqueId(), *waiting));
    } else {
        return fail(updater::ErrorCode::ConnectionLost, device.uniqueId());
    }
    return {};
}

} // namespace cli
