#include "gui/diagnosis_text.h"

#include "gui/error_text.h"

#include <QCoreApplication>

namespace gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Diagnosis)
};

using contract::ImageFault;
using contract::JournalHealth;
using contract::Reason;
using contract::UpdateReason;
using updater::BusResident;
using updater::Repair;
using updater::SlotVerdict;
using updater::Verdict;

/// Of a device whose application runs, or that is not here at all.
HeadText awayText(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Runs:
        return {Words::tr("The application runs"),
                Words::tr("It has confirmed itself. Its slots can be looked at in update mode.")};
    case Verdict::RunsOnTrial:
        return {Words::tr("The application runs on trial"),
                Words::tr("It has not confirmed itself yet. If it does not, the device goes back "
                          "to the release before it.")};
    case Verdict::RunsUnidentified:
        return {Words::tr("The application cannot say what it is"),
                Words::tr("The bootloader has left it no hand-off record. Its slots can be looked "
                          "at in update mode.")};
    default:
        return {Words::tr("The device is not connected"),
                Words::tr("Plug it in again, on any port. No other device is taken instead.")};
    }
}

} // namespace

HeadText verdictText(Verdict verdict)
{
    switch (verdict) {
    case Verdict::NotConnected:
    case Verdict::Runs:
    case Verdict::RunsOnTrial:
    case Verdict::RunsUnidentified: return awayText(verdict);
    case Verdict::NotProvisioned:
        return {Words::tr("The board is not provisioned"),
                Words::tr("Option byte BCM4 is 1: the M4 would start by itself. An ST-LINK can "
                          "clear it, an update cannot.")};
    case Verdict::FaultRepeated:
        return {Words::tr("The bootloader has failed twice in a row"),
                Words::tr("It does no more than it must now. Save a report before you repair.")};
    case Verdict::UpdateUnfinished:
        return {Words::tr("An update was not finished"),
                Words::tr("It goes on where it stopped, with the same release file. What the other "
                          "slot holds is untouched.")};
    case Verdict::NoSoftware:
        return {Words::tr("No release can be started"),
                Words::tr("Neither slot holds a release that verifies. One has to be written.")};
    case Verdict::CopyFailed:
        return {Words::tr("The release could not be put in place"),
                Words::tr("It is linked for slot A only, and copying it there has failed.")};
    case Verdict::TrialFailed:
        return {Words::tr("The release has failed its trial"),
                Words::tr("It never confirmed itself, and there is no other one to go back to.")};
    case Verdict::UnhealthyStarts:
        return {Words::tr("The release starts, but it is not well"),
                Words::tr("Several starts in a row have ended before the application reported "
                          "that it is healthy.")};
    case Verdict::Reverted:
        return {Words::tr("The device went back to its older release"),
                Words::tr("The newer one has failed its trial. The older one can be started.")};
    case Verdict::WaitsOnRequest:
        return {Words::tr("Nothing is wrong"),
                Words::tr("The device waits in update mode because someone asked for it. It can "
                          "be started again.")};
    }
    return {};
}

HeadText repairText(Repair repair)
{
    switch (repair) {
    case Repair::Start:
        return {Words::tr("Start what is installed"),
                Words::tr("Restarts into the active slot. No firmware is written.")};
    case Repair::StartOther:
        return {Words::tr("Start the other slot"),
                Words::tr("Makes the other release the active one and starts it. Both stay on the "
                          "device.")};
    case Repair::FinishUpdate:
        return {Words::tr("Finish the update"),
                Words::tr("Sends what the device lacks of the opened release and starts it. The "
                          "active slot is not written.")};
    case Repair::WriteOtherSlot:
        return {Words::tr("Write the other slot"),
                Words::tr("Writes the opened release into the slot that is not active and starts "
                          "it there. The active slot is not written.")};
    case Repair::WriteBothSlots:
        return {Words::tr("Write both slots"),
                Words::tr("Writes the opened release into one slot, and into the other one only "
                          "when the first has started and confirmed itself.")};
    }
    return {};
}

QString residentText(BusResident resident)
{
    switch (resident) {
    case BusResident::Application: return Words::tr("Our device: its application runs");
    case BusResident::Bootloader: return Words::tr("Our device: in update mode");
    case BusResident::RomLoader: return Words::tr("STM32 in its ROM loader");
    case BusResident::Probe: return Words::tr("ST-LINK debug probe");
    case BusResident::Hub: return Words::tr("Hub");
    case BusResident::Other: return Words::tr("Another device");
    }
    return {};
}

QString slotVerdictText(SlotVerdict verdict)
{
    switch (verdict) {
    case SlotVerdict::Empty: return Words::tr("Empty");
    case SlotVerdict::Unfinished: return Words::tr("A download was begun");
    case SlotVerdict::Untried: return Words::tr("Whole, starts next");
    case SlotVerdict::OnTrial: return Words::tr("Whole, on trial");
    case SlotVerdict::Good: return Words::tr("Whole and confirmed");
    case SlotVerdict::Waits: return Words::tr("Whole, but linked for slot A");
    case SlotVerdict::FailedTrial: return Words::tr("Has failed its trial");
    case SlotVerdict::Superseded: return Words::tr("Gave way before it was confirmed");
    case SlotVerdict::Damaged: return Words::tr("Damaged");
    }
    return {};
}

QString imageFaultText(ImageFault fault)
{
    switch (fault) {
    case ImageFault::None: return Words::tr("verified");
    case ImageFault::Unreadable: return Words::tr("flash cannot be read (double-bit error)");
    case ImageFault::Magic: return Words::tr("no image header");
    case ImageFault::HeaderSize: return Words::tr("wrong size of the header");
    case ImageFault::LoadAddress: return Words::tr("linked for another slot");
    case ImageFault::Flags: return Words::tr("unknown image flags");
    case ImageFault::Padding: return Words::tr("wrong fill behind the header");
    case ImageFault::Size: return Words::tr("does not fit into the slot");
    case ImageFault::TlvArea: return Words::tr("trailer lengths contradict each other");
    case ImageFault::TlvUnknown: return Words::tr("unknown trailer entry");
    case ImageFault::TlvDuplicate: return Words::tr("trailer entry appears twice");
    case ImageFault::TlvMisplaced: return Words::tr("trailer entry in the wrong area");
    case ImageFault::TlvLength: return Words::tr("trailer entry of the wrong length");
    case ImageFault::TlvMissing: return Words::tr("trailer entry is missing");
    case ImageFault::SetFlags: return Words::tr("unknown release flags");
    case ImageFault::Hash: return Words::tr("hash does not match");
    case ImageFault::Key: return Words::tr("signed with an unknown key");
    case ImageFault::Signature: return Words::tr("signature does not match");
    case ImageFault::Product: return Words::tr("for another product");
    case ImageFault::SetMismatch:
        return Words::tr("belongs to another release than the other core");
    case ImageFault::Companion: return Words::tr("does not match the other core's image");
    case ImageFault::Counter: return Words::tr("older than the device accepts");
    case ImageFault::VectorTable: return Words::tr("implausible vector table");
    }
    return {};
}

QString updateReasonText(UpdateReason reason)
{
    switch (reason) {
    case UpdateReason::None: return Words::tr("no reason given");
    case UpdateReason::Requested: return Words::tr("asked by the application or the computer");
    case UpdateReason::Button: return Words::tr("the button was held at the start");
    case UpdateReason::DoubleReset: return Words::tr("it was reset twice in a row");
    case UpdateReason::UnhealthyStarts: return Words::tr("starts without a report of health");
    case UpdateReason::RescueWindow: return Words::tr("rescue window after the start");
    case UpdateReason::NoValidSet: return Words::tr("no slot can be started");
    case UpdateReason::TrialFailed: return Words::tr("the trial failed, without another release");
    case UpdateReason::BootCm4Set: return Words::tr("option byte BCM4 is 1");
    case UpdateReason::FaultRepeated: return Words::tr("two faults of the bootloader in a row");
    case UpdateReason::CopyFailed: return Words::tr("copying into slot A failed");
    }
    return {};
}

QString journalText(JournalHealth health)
{
    switch (health) {
    case JournalHealth::Good: return Words::tr("good");
    case JournalHealth::Rebuilt: return Words::tr("was lost and has been rebuilt");
    case JournalHealth::ReadOnly: return Words::tr("can only be read");
    }
    return {};
}

QString slotReasonText(Reason reason)
{
    switch (reason) {
    case Reason::None: return {};
    case Reason::Watchdog: return Words::tr("crashed or hung too often during its trial");
    case Reason::PowerOff: return Words::tr("switched off too often during its trial");
    case Reason::Superseded: return Words::tr("another download began during its trial");
    case Reason::Selected: return Words::tr("selected by the computer");
    case Reason::CheckFailed: return Words::tr("the check after the download failed");
    case Reason::Rotted: return Words::tr("it was whole once and no longer verifies");
    case Reason::JournalLost: return Words::tr("the journal was rebuilt");
    case Reason::Unfinished: return Words::tr("left behind by a download that was cut");
    }
    return {};
}

QString obstacleText(const updater::RepairOffer& offer)
{
    if (offer.needsRelease) return Words::tr("Open a release file first.");
    if (!offer.obstacle) return {};
    return Words::tr("The device refuses the opened file: %1 (%2)")
        .arg(gui::errorText(offer.obstacle->code).title, codeText(offer.obstacle->code));
}

} // namespace gui
