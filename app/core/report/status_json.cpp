#include "core/report/status_json.h"

#include "core/bundle/text_forms.h"
#include "core/report/device_words.h"
#include "core/update/staging.h"

namespace updater {

using contract::DeviceStatus;
using contract::RuntimeStatus;
using contract::SlotStatus;

namespace {

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
            .flag("runnable", !isStaged(slot));
    }
    return line;
}

} // namespace

bool hasSet(const SlotStatus& slot)
{
    return isStartable(slot) || slot.state == contract::SlotState::Reverted;
}

JsonLine statusJson(std::string_view id, const RuntimeStatus& status)
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
    return json;
}

JsonLine statusJson(std::string_view id, const DeviceStatus& status)
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
        .flag("canGoBack", canGoBack(status))
        .objects("slots", slots);
    return json;
}

} // namespace updater
