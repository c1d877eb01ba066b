#include "gui/inspector_table.h"

#include "core/bundle/text_forms.h"
#include "core/report/chip_words.h"
#include "core/report/device_words.h"
#include "core/report/journal_entries.h"
#include "core/report/status_json.h"
#include "gui/bus_snapshot.h"

#include <QCoreApplication>
#include <algorithm>

namespace gui {
namespace {

using contract::DeviceStatus;
using contract::RuntimeStatus;
using contract::SlotStatus;
using updater::hexNumber;
using updater::hexText;
using updater::versionText;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Inspector)
};

QString text(std::string_view words)
{
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

/// Adds rows to one part of the table.
class Part {
public:
    Part(InspectorRows& rows, QString name) : m_rows(rows), m_name(std::move(name)) {}

    Part& add(const QString& name, std::string_view value)
    {
        m_rows.push_back({m_name, name, text(value), false});
        return *this;
    }
    Part& add(const QString& name, std::uint64_t value) { return add(name, std::to_string(value)); }
    Part& addCode(const QString& name, std::string_view value)
    {
        m_rows.push_back({m_name, name, text(value), true});
        return *this;
    }

private:
    InspectorRows& m_rows;
    QString m_name;
};

void addConnection(InspectorRows& rows, const updater::UsbDevice& device)
{
    Part(rows, Words::tr("Connection"))
        .addCode(Words::tr("Serial number"), device.serial)
        .add(Words::tr("USB port"), device.portPath)
        .addCode(Words::tr("USB ids"),
                 hexNumber(device.vendorId, 4) + ", " + hexNumber(device.productId, 4))
        .add(Words::tr("Version told to USB"), updater::versionOfBcd(device.bcdDevice))
        .add(Words::tr("Mode"), updater::word(device.mode));
}

void addApplication(InspectorRows& rows, const RuntimeStatus& status)
{
    Part(rows, Words::tr("Application"))
        .add(Words::tr("Product"), status.productId)
        .add(Words::tr("Slot"), updater::slotName(status.slot))
        .add(Words::tr("State"), updater::word(status.state))
        .add(Words::tr("Release"), versionText(status.releaseVersion))
        .add(Words::tr("M7 version"), versionText(status.coreVersions[0]))
        .add(Words::tr("M4 version"), versionText(status.coreVersions[1]))
        .addCode(Words::tr("Set id"), hexText(status.setId));
}

void addDevice(InspectorRows& rows, const DeviceStatus& status)
{
    Part(rows, Words::tr("Device"))
        .add(Words::tr("Product"), status.productId)
        .add(Words::tr("Hardware revision"), status.hardwareRevision)
        .add(Words::tr("Bootloader"), versionText(status.bootloaderVersion))
        .addCode(Words::tr("Unique id"), hexText(status.uniqueId))
        .addCode(Words::tr("Silicon revision"),
                 updater::siliconRevisionText(status.siliconRevision))
        .addCode(Words::tr("ROM version"), updater::romVersionText(status.romVersion));
    Part(rows, Words::tr("Start"))
        .add(Words::tr("Why in update mode"), updater::word(status.updateReason))
        .add(Words::tr("Reset cause"), updater::word(status.resetCause))
        .add(Words::tr("Active slot"), updater::slotName(status.activeSlot))
        .add(Words::tr("Trial starts ended by a crash"), status.trialCrashStarts)
        .add(Words::tr("Trial starts ended by power-off"), status.trialPowerOffStarts);
}

void addSlot(InspectorRows& rows, const SlotStatus& slot, std::uint8_t number)
{
    Part part(rows, Words::tr("Slot %1").arg(text(updater::slotName(number))));
    part.add(Words::tr("State"), updater::word(slot.state))
        .add(Words::tr("Reason"), updater::word(slot.reason))
        .add(Words::tr("Verified since power-on"), slot.isVerified != 0 ? "yes" : "no")
        .add(Words::tr("M7 fault"), updater::word(slot.m7Fault))
        .add(Words::tr("M4 fault"), updater::word(slot.m4Fault));
    if (!updater::hasSet(slot)) return; // the rest means nothing
    part.add(Words::tr("Release"), versionText(slot.releaseVersion))
        .add(Words::tr("M7 version"), versionText(slot.coreVersions[0]))
        .add(Words::tr("M4 version"), versionText(slot.coreVersions[1]))
        .addCode(Words::tr("Set id"), hexText(slot.setId))
        .add(Words::tr("Security counter"), slot.securityCounter)
        .add(Words::tr("Key index"), slot.keyIndex)
        .addCode(Words::tr("Flags"), updater::setFlagsText(slot.flags));
}

void addUpdates(InspectorRows& rows, const DeviceStatus& status)
{
    Part part(rows, Words::tr("Updates"));
    part.add(Words::tr("Lowest security counter"), status.floorCounter)
        .add(Words::tr("Lowest key index"), status.floorKeyIndex)
        .add(Words::tr("Last refusal"), updater::word(status.streamFault))
        .add(Words::tr("Unfinished download into slot"), updater::slotName(status.downloadSlot));
    if (status.downloadSlot != contract::noSet)
        part.addCode(Words::tr("Unfinished download"), hexText(status.downloadHash));
}

void addFlash(InspectorRows& rows, const DeviceStatus& status)
{
    Part(rows, Words::tr("Flash since power-on"))
        .add(Words::tr("Erased sectors"), status.flashErases)
        .add(Words::tr("Programmed words"), status.flashPrograms)
        .add(Words::tr("Corrected ECC errors"), status.correctedEccErrors);
    const contract::OptionBytes& bytes = status.optionBytes;
    Part(rows, Words::tr("Option bytes"))
        .addCode(Words::tr("Read protection (RDP)"),
                 updater::readProtectionText(bytes.readProtection))
        .addCode(Words::tr("Write protection, bank 1"),
                 updater::writeProtectionText(bytes.writeProtectionBank1))
        .addCode(Words::tr("Write protection, bank 2"),
                 updater::writeProtectionText(bytes.writeProtectionBank2))
        .addCode(Words::tr("M4 starts by itself (BCM4)"), updater::bootCm4Text(bytes.bootCm4));
}

void addLastFault(InspectorRows& rows, const contract::FaultRecord& fault)
{
    Part part(rows, Words::tr("Last fault"));
    part.add(Words::tr("Consecutive faults"), fault.count);
    if (fault.count == 0) return;
    part.addCode(Words::tr("Fault status (CFSR)"), updater::faultStatusText(fault.faultStatus))
        .addCode(Words::tr("Address"), hexNumber(fault.address, 8))
        .addCode(Words::tr("ECC error at"), hexNumber(fault.eccAddress, 8));
}

void addJournal(InspectorRows& rows, const DeviceStatus& status)
{
    Part(rows, Words::tr("Journal"))
        .add(Words::tr("Health"), updater::word(status.journalHealth))
        .add(Words::tr("Words used"), std::to_string(status.journalWordsUsed) + " / " +
                                          std::to_string(contract::h755FlashMap.journalWords()));
}

void addStatus(InspectorRows& rows, const DeviceStatus& status)
{
    addDevice(rows, status);
    addSlot(rows, status.slotStatus[0], 0);
    addSlot(rows, status.slotStatus[1], 1);
    addUpdates(rows, status);
    addFlash(rows, status);
    addLastFault(rows, status.lastFault);
    addJournal(rows, status);
}

} // namespace

InspectorRows rowsOf(const BusSnapshot& bus)
{
    InspectorRows rows;
    const auto device = std::ranges::find(bus.devices, bus.chosenId, &updater::UsbDevice::serial);
    if (device == bus.devices.end() || bus.chosenId.empty()) return rows;
    addConnection(rows, *device);
    if (const auto* application = std::get_if<RuntimeStatus>(&bus.chosen))
        addApplication(rows, *application);
    if (const auto* bootloader = std::get_if<DeviceStatus>(&bus.chosen))
        addStatus(rows, *bootloader);
    return rows;
}

InspectorRows journalRows(std::span<const std::uint8_t> sector)
{
    InspectorRows rows;
    for (const updater::JournalEntry& entry : updater::journalEntries(sector)) {
        // Nobody but a person can read a word that counts for nothing.
        const bool isVoid = entry.fields.empty();
        const std::string raw = isVoid ? ": " + hexText(entry.raw) : std::string();
        rows.push_back({Words::tr("Journal"), Words::tr("Word %1").arg(entry.word),
                        text(updater::journalText(entry) + raw), true});
    }
    return rows;
}

QString textOf(const InspectorRows& rows)
{
    QString lines;
    for (const InspectorRow& row : rows)
        lines += row.part + QLatin1Char('\t') + row.name + QLatin1Char('\t') + row.value +
                 QLatin1Char('\n');
    return lines;
}

} // namespace gui
