// What is wrong with a device and what can be done about it, for technicians: pure, from what the
// device itself reports. The front end turns the values into words.
#pragma once

#include "core/update/next_step.h"

#include <vector>

namespace updater {

enum class Verdict : std::uint8_t {
    NotConnected,
    Runs,        ///< its application, confirmed
    RunsOnTrial, ///< its application has not confirmed itself yet
    /// The application runs without a hand-off record and cannot tell its release.
    RunsUnidentified,
    NotProvisioned,   ///< option byte BCM4 is 1: the M4 would start by itself (boot.md, section 2)
    FaultRepeated,    ///< the bootloader itself has failed twice in a row
    UpdateUnfinished, ///< a download was begun; the older set may be startable
    NoSoftware,       ///< nothing that could be started
    CopyFailed,       ///< a release for slot A only could not be brought there
    TrialFailed,      ///< the newest set failed, and there is no other
    UnhealthyStarts,  ///< the set starts and does not report that it is well
    Reverted,         ///< a newer set failed its trial; the older one can be started
    WaitsOnRequest,   ///< all is well; someone asked for update mode
};

/// What a slot is worth.
enum class SlotVerdict : std::uint8_t {
    Empty,
    Unfinished, ///< a download into it was begun
    Untried,    ///< whole, and started next
    OnTrial,
    Good,  ///< whole, and has confirmed itself
    Waits, ///< whole, but linked for slot A: a backup copy, or still to be copied
    FailedTrial,
    Superseded, ///< it gave way to another release before it was confirmed
    Damaged,    ///< does not verify: m7Fault and m4Fault say where
};

SlotVerdict verdictOf(const contract::SlotStatus& slot);

enum class Repair : std::uint8_t {
    Start,          ///< what is installed; writes nothing but the journal
    StartOther,     ///< the other slot's set
    FinishUpdate,   ///< brings the release to the device as an update does
    WriteOtherSlot, ///< the release into the slot that is not active, and start it there
    WriteBothSlots, ///< then the same into the other one
};

struct RepairOffer {
    Repair repair = Repair::Start;
    bool needsRelease = false;     ///< and none is opened
    std::optional<Error> obstacle; ///< why this device will not take the opened release
};

struct Diagnosis {
    Verdict verdict = Verdict::NotConnected;
    std::vector<RepairOffer> offers; ///< safest first; empty where nothing needs to be done
};

/// `release`: of the file that is opened, if any. What an application tells is enough to see that
/// it runs; the slots can be judged in update mode only.
Diagnosis diagnose(const Observed& device, const std::optional<BundleFacts>& release);

} // namespace updater
