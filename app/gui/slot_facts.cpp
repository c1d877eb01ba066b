#include "gui/slot_facts.h"

#include "core/bundle/text_forms.h"
#include "core/report/device_words.h"
#include "gui/diagnosis_text.h"

#include <QCoreApplication>
#include <functional>

namespace gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SlotFacts)
};

using contract::DeviceStatus;
using contract::RuntimeStatus;
using contract::SlotStatus;
using updater::SlotVerdict;

QString versionOf(const contract::Version& version)
{
    return QString::fromStdString(updater::versionText(version));
}

/// Where a set is, or was.
bool hasSet(const SlotStatus& slot)
{
    const SlotVerdict verdict = updater::verdictOf(slot);
    return verdict != SlotVerdict::Empty && verdict != SlotVerdict::Unfinished &&
           slot.releaseVersion != contract::Version{};
}

const QString& dash()
{
    static const QString text = QStringLiteral("–");
    return text;
}

QString releaseOf(const SlotStatus& slot)
{
    return hasSet(slot) ? versionOf(slot.releaseVersion) : dash();
}

QString reasonOf(const SlotStatus& slot)
{
    const QString reason = slotReasonText(slot.reason);
    return reason.isEmpty() ? dash() : reason;
}

/// One core: its version, or why its image is not taken.
QString coreOf(const SlotStatus& slot, std::size_t core)
{
    const contract::ImageFault fault = core == 0 ? slot.m7Fault : slot.m4Fault;
    if (updater::verdictOf(slot) == SlotVerdict::Empty) return dash();
    if (fault != contract::ImageFault::None) return imageFaultText(fault);
    if (slot.isVerified == 0) return dash();
    return QStringLiteral("%1, %2").arg(versionOf(slot.coreVersions[core]), imageFaultText(fault));
}

QStringList rowOf(const QString& name, const DeviceStatus& device,
                  const std::function<QString(const SlotStatus&)>& cell)
{
    return {name, cell(device.slotStatus[0]), cell(device.slotStatus[1])};
}

QString faultOf(const contract::FaultRecord& fault)
{
    if (fault.count == 0) return Words::tr("none");
    return Words::tr("%1 in a row, CFSR 0x%2 at 0x%3")
        .arg(fault.count)
        .arg(fault.faultStatus, 8, 16, QLatin1Char('0'))
        .arg(fault.address, 8, 16, QLatin1Char('0'));
}

} // namespace

QStringList slotNames()
{
    const QString name = Words::tr("Slot %1");
    return {name.arg(QLatin1Char('A')), name.arg(QLatin1Char('B'))};
}

QString slotSummary(const SlotStatus& slot)
{
    const QString verdict = slotVerdictText(updater::verdictOf(slot));
    return hasSet(slot) ? QStringLiteral("%1: %2").arg(versionOf(slot.releaseVersion), verdict)
                        : verdict;
}

std::vector<QStringList> slotFacts(const DeviceStatus& device)
{
    return {
        rowOf(Words::tr("Holds"), device,
              [](const SlotStatus& slot) { return slotVerdictText(updater::verdictOf(slot)); }),
        rowOf(Words::tr("Release"), device, &releaseOf),
        rowOf(Words::tr("Why"), device, &reasonOf),
        rowOf(Words::tr("M7 image"), device,
              [](const SlotStatus& slot) { return coreOf(slot, 0); }),
        rowOf(Words::tr("M4 image"), device,
              [](const SlotStatus& slot) { return coreOf(slot, 1); }),
        rowOf(Words::tr("Security counter"), device,
              [](const SlotStatus& slot) {
                  return hasSet(slot) ? QString::number(slot.securityCounter) : dash();
              }),
    };
}

std::vector<QStringList> deviceFacts(const DeviceStatus& device)
{
    const bool hasActive = device.activeSlot < device.slotStatus.size();
    return {
        {Words::tr("In update mode because"), updateReasonText(device.updateReason)},
        {Words::tr("Active slot"), hasActive ? slotNames()[device.activeSlot] : Words::tr("none")},
        {Words::tr("Trial starts used up"), Words::tr("%1 by crashes, %2 by switching off")
                                                .arg(device.trialCrashStarts)
                                                .arg(device.trialPowerOffStarts)},
        {Words::tr("Floor"), Words::tr("security counter %1, key %2")
                                 .arg(device.floorCounter)
                                 .arg(device.floorKeyIndex)},
        {Words::tr("Journal"), Words::tr("%1, %2 words used")
                                   .arg(journalText(device.journalHealth))
                                   .arg(device.journalWordsUsed)},
        {Words::tr("Faults of the bootloader"), faultOf(device.lastFault)},
        {Words::tr("Bootloader"), versionOf(device.bootloaderVersion)},
    };
}

std::vector<QStringList> applicationFacts(const RuntimeStatus& application)
{
    const bool isKnown = application.slot < slotNames().size();
    if (!isKnown) return {};
    const bool isConfirmed = application.state == contract::SlotState::Confirmed;
    return {
        {Words::tr("Release"), versionOf(application.releaseVersion)},
        {Words::tr("Runs from"), slotNames()[application.slot]},
        {Words::tr("State"), isConfirmed ? Words::tr("confirmed") : Words::tr("on trial")},
        {Words::tr("M7 image"), versionOf(application.coreVersions[0])},
        {Words::tr("M4 image"), versionOf(application.coreVersions[1])},
    };
}

} // namespace gui
