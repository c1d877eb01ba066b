#include "core/recovery/recovery_words.h"

#include <array>

namespace updater {

std::string_view word(Verdict verdict)
{
    switch (verdict) {
    case Verdict::NotConnected: return "not-connected";
    case Verdict::Runs: return "runs";
    case Verdict::RunsOnTrial: return "runs-on-trial";
    case Verdict::RunsUnidentified: return "runs-unidentified";
    case Verdict::NotProvisioned: return "not-provisioned";
    case Verdict::FaultRepeated: return "fault-repeated";
    case Verdict::UpdateUnfinished: return "update-unfinished";
    case Verdict::NoSoftware: return "no-software";
    case Verdict::CopyFailed: return "copy-failed";
    case Verdict::TrialFailed: return "trial-failed";
    case Verdict::UnhealthyStarts: return "unhealthy-starts";
    case Verdict::Reverted: return "reverted";
    case Verdict::WaitsOnRequest: return "waits-on-request";
    }
    return "unknown";
}

std::string_view sentence(Verdict verdict)
{
    switch (verdict) {
    case Verdict::NotConnected: return "The device is not on the bus.";
    case Verdict::Runs: return "The application runs and has confirmed itself.";
    case Verdict::RunsOnTrial:
        return "A new release runs on trial: it has not confirmed itself yet.";
    case Verdict::RunsUnidentified: return "An application runs and cannot tell its release.";
    case Verdict::NotProvisioned:
        return "Option byte BCM4 is 1: the unit was not set up completely at the factory. That "
               "takes "
               "an ST-LINK.";
    case Verdict::FaultRepeated:
        return "The bootloader itself has failed twice in a row and runs in its smallest form.";
    case Verdict::UpdateUnfinished: return "An update was begun and not finished.";
    case Verdict::NoSoftware: return "Neither slot holds a release that can be started.";
    case Verdict::CopyFailed:
        return "A release could not be copied to slot A, where it has to run.";
    case Verdict::TrialFailed: return "The release failed in its trial, and there is no other.";
    case Verdict::UnhealthyStarts:
        return "The release starts and does not report that it is well: five times in a row.";
    case Verdict::Reverted:
        return "A newer release failed in its trial; the one before it can be started.";
    case Verdict::WaitsOnRequest: return "All is well: update mode was asked for.";
    }
    return "unknown";
}

std::string_view word(SlotVerdict verdict)
{
    switch (verdict) {
    case SlotVerdict::Empty: return "empty";
    case SlotVerdict::Unfinished: return "unfinished";
    case SlotVerdict::Untried: return "untried";
    case SlotVerdict::OnTrial: return "on-trial";
    case SlotVerdict::Good: return "good";
    case SlotVerdict::Waits: return "waits";
    case SlotVerdict::FailedTrial: return "failed-trial";
    case SlotVerdict::Superseded: return "superseded";
    case SlotVerdict::Damaged: return "damaged";
    }
    return "unknown";
}

std::string_view word(Repair repair)
{
    switch (repair) {
    case Repair::Start: return "start";
    case Repair::StartOther: return "start-other";
    case Repair::FinishUpdate: return "finish";
    case Repair::WriteOtherSlot: return "write-other";
    case Repair::WriteBothSlots: return "write-both";
    }
    return "unknown";
}

std::string_view sentence(Repair repair)
{
    switch (repair) {
    case Repair::Start: return "starts what is installed; writes no release";
    case Repair::StartOther: return "starts the other slot's release; writes no release";
    case Repair::FinishUpdate: return "installs the file; the release in place stays until then";
    case Repair::WriteOtherSlot: return "writes the file into the other slot and starts it there";
    case Repair::WriteBothSlots: return "writes the file into both slots, one after the other";
    }
    return "unknown";
}

Result<Repair> repairNamed(std::string_view name)
{
    constexpr std::array repairs{Repair::Start, Repair::StartOther, Repair::FinishUpdate,
                                 Repair::WriteOtherSlot, Repair::WriteBothSlots};
    for (const Repair repair : repairs)
        if (word(repair) == name) return repair;
    return fail(ErrorCode::BadArguments, "no repair: " + std::string(name));
}

std::string_view word(BusResident resident)
{
    switch (resident) {
    case BusResident::Application: return "application";
    case BusResident::Bootloader: return "bootloader";
    case BusResident::RomLoader: return "rom-loader";
    case BusResident::Probe: return "st-link";
    case BusResident::Hub: return "hub";
    case BusResident::Other: return "other";
    }
    return "unknown";
}

} // namespace updater
