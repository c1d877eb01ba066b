#include "bootloader/decide_boot.h"

#include <algorithm>

namespace boot {

using namespace contract;

namespace {

using Kind = BootAction::Kind;

/// The decision in the making: what the journal will say, and what is known of the sets.
struct Draft {
    const BootFacts& facts;
    std::uint8_t activeSlot = noSet;
    StatePayload state;
    bool rebuildsJournal = false;

    const KnownSet& set(Slot slot) const { return facts.sets[index(slot)]; }
    bool isUnknown(Slot slot) const { return set(slot).validity == Validity::Unknown; }
    SecurityLevel floor() const { return {state.floorKeyIndex, state.floorCounter}; }
    void setFloor(const SecurityLevel& level)
    {
        state.floorKeyIndex = static_cast<std::uint8_t>(level.keyIndex);
        state.floorCounter = level.counter;
    }
    BootAction action(Kind kind, Slot slot, UpdateReason reason = UpdateReason::None) const
    {
        return {kind, slot, reason, activeSlot, state, rebuildsJournal};
    }
    BootAction verify(Slot slot) const { return action(Kind::Verify, slot); }
    BootAction updateMode(UpdateReason reason) const
    {
        return action(Kind::UpdateMode, Slot::A, reason);
    }
};

bool isOnTrial(SlotState state)
{
    return state == SlotState::Ready || state == SlotState::Trial;
}

/// True if the State claims that the slot holds the set which it names.
bool claimsSet(SlotState state)
{
    return isOnTrial(state) || state == SlotState::Confirmed || state == SlotState::Reverted;
}

/// A set that the journal knows may run even below the floor: an update never outlaws its fallback.
/// One that only lies there must keep the floor like a download. What an unfinished download has
/// left does not run: a word that a cut has torn may read well today and not tomorrow (R4). Only a
/// journal that takes no words may have failed to say that the download was completed (R2).
bool mayRun(const Draft& draft, Slot slot)
{
    const KnownSet& set = draft.set(slot);
    const SlotState state = draft.state.state(slot);
    const bool isFinished = state != SlotState::Partial || !draft.facts.canAppend;
    return set.validity == Validity::Valid && isFinished &&
           (claimsSet(state) || set.level >= draft.floor());
}

void markInvalid(Draft& draft, Slot slot)
{
    if (!claimsSet(draft.state.state(slot))) return;
    draft.state.setState(slot, SlotState::Invalid);
    draft.state.reason = Reason::Rotted;
}

/// Nothing may run. That an unfinished download is the reason is noted, so that a journal that
/// takes no words shows itself.
BootAction runNone(Draft draft)
{
    for (const Slot slot : slots) {
        const bool isUnfinished = draft.set(slot).validity == Validity::Valid &&
                                  draft.state.state(slot) == SlotState::Partial;
        if (isUnfinished) draft.state.reason = Reason::Unfinished;
    }
    return draft.updateMode(UpdateReason::NoValidSet);
}

void markConfirmed(StatePayload& state, Slot slot)
{
    state.setState(slot, SlotState::Confirmed);
    state.starts = 0;
}

/// Boots a valid set according to its state (boot.md, Power-on 6 and 8).
BootAction runSet(Draft draft, Slot slot)
{
    const KnownSet& set = draft.set(slot);
    draft.activeSlot = static_cast<std::uint8_t>(slot);
    draft.state.setIds[index(slot)] = set.id;
    const SlotState state = draft.state.state(slot);
    if (state != SlotState::Confirmed && (set.flags & set_flags::confirmsItself) != 0) {
        if (!isOnTrial(state)) draft.state.setState(slot, SlotState::Ready);
        return draft.action(Kind::RunTrial, slot);
    }
    if (state != SlotState::Confirmed) markConfirmed(draft.state, slot);
    const bool raisesFloor = (set.flags & set_flags::raiseFloorAtConfirm) != 0;
    if (raisesFloor && set.level > draft.floor()) draft.setFloor(set.level);
    return draft.action(Kind::Run, slot);
}

BootAction startSet(const Draft& draft, Slot slot);

/// A set staged in B runs from A: copied there unless A holds it already. B, verified in this power
/// cycle, is the set that stays (R5), so the journal names it until A is complete; a cut copy is
/// begun anew.
BootAction copySet(Draft draft)
{
    if (draft.isUnknown(Slot::A)) return draft.verify(Slot::A);
    const KnownSet& staged = draft.set(Slot::B);
    const KnownSet& target = draft.set(Slot::A);
    const bool isWhole = draft.facts.hasCopied || draft.state.state(Slot::A) != SlotState::Partial;
    if (isWhole && target.validity == Validity::Valid && target.id == staged.id)
        return startSet(draft, Slot::A);
    if (draft.facts.hasCopied) return draft.updateMode(UpdateReason::CopyFailed);
    draft.activeSlot = static_cast<std::uint8_t>(Slot::B);
    draft.state.setState(Slot::B, SlotState::Ready);
    draft.state.setState(Slot::A, SlotState::Partial);
    draft.state.setIds = {SetIdPrefix{}, staged.id};
    return draft.action(Kind::Copy, Slot::B);
}

/// Boots a set that may run; without a journal nothing can be tried (R2).
BootAction startSet(const Draft& draft, Slot slot)
{
    if (draft.set(slot).isStaged) return copySet(draft);
    return draft.facts.canAppend ? runSet(draft, slot) : draft.action(Kind::Run, slot);
}

/// R6: the active set, or else the other one.
BootAction runActive(Draft draft, Slot active)
{
    if (draft.isUnknown(active)) return draft.verify(active);
    if (mayRun(draft, active)) return startSet(draft, active);
    const Slot fallback = other(active);
    if (draft.isUnknown(fallback)) return draft.verify(fallback);
    markInvalid(draft, active);
    draft.state.starts = 0;
    if (mayRun(draft, fallback)) return startSet(draft, fallback);
    markInvalid(draft, fallback);
    return runNone(draft);
}

bool isTrialUsedUp(const StatePayload& state, Slot active)
{
    return isOnTrial(state.state(active)) &&
           (state.crashStarts() >= crashStartLimit || state.powerOffStarts() >= powerOffStartLimit);
}

/// A staged copy of the set that is tried is its backup, and nothing to go back to.
bool isBackup(const Draft& draft, Slot slot)
{
    return draft.set(slot).isStaged && draft.set(slot).id == draft.state.setIds[index(other(slot))];
}

/// Back to the fallback. Never to a set that was itself reverted: two sets that take turns would be
/// a reset loop. Without a fallback the trial's starts begin again, after a stay in update mode.
BootAction revert(Draft draft, Slot active)
{
    const Slot fallback = other(active);
    const bool isAllowed = draft.state.state(fallback) != SlotState::Reverted;
    if (isAllowed && draft.isUnknown(fallback)) return draft.verify(fallback);
    const bool hasCrashed = draft.state.crashStarts() >= crashStartLimit;
    draft.state.starts = 0;
    if (!isAllowed || !mayRun(draft, fallback) || isBackup(draft, fallback))
        return draft.updateMode(UpdateReason::TrialFailed);
    draft.state.setState(active, SlotState::Reverted);
    draft.state.reason = hasCrashed ? Reason::Watchdog : Reason::PowerOff;
    return startSet(draft, fallback);
}

/// R2: nothing can be written, so nothing can be tried: the last confirmed set, or else any valid
/// one.
BootAction runReadOnly(const Draft& draft, Slot active)
{
    const bool isOther = draft.state.state(active) != SlotState::Confirmed &&
                         draft.state.state(other(active)) == SlotState::Confirmed;
    const Slot first = isOther ? other(active) : active;
    for (const Slot slot : {first, other(first)}) {
        if (draft.isUnknown(slot)) return draft.verify(slot);
        if (mayRun(draft, slot) && !draft.set(slot).isStaged) return startSet(draft, slot);
    }
    return mayRun(draft, Slot::B) ? copySet(draft) : draft.updateMode(UpdateReason::NoValidSet);
}

/// The order of R9. Both sets are verified; nothing if none may run. A staged set is copied over no
/// valid one.
std::optional<Slot> bestSet(const Draft& draft)
{
    const auto rank = [&](Slot slot) {
        return std::pair{draft.set(slot).level, draft.set(slot).releaseVersion};
    };
    const bool a = mayRun(draft, Slot::A);
    const bool b = mayRun(draft, Slot::B);
    const bool isOrdered = a && b && !draft.set(Slot::B).isStaged;
    if (isOrdered) return rank(Slot::B) > rank(Slot::A) ? Slot::B : Slot::A;
    if (a || b) return a ? Slot::A : Slot::B;
    return std::nullopt;
}

/// What a lost journal would say of a slot, going by what it holds.
SlotState foundState(const KnownSet& set)
{
    if (set.validity == Validity::Valid)
        return set.isStaged ? SlotState::Ready : SlotState::Confirmed;
    return set.isBlank ? SlotState::Empty : SlotState::Invalid;
}

/// R9: the floor is that of the lowest valid set.
SecurityLevel lowestLevel(const Draft& draft)
{
    std::optional<SecurityLevel> lowest;
    for (const KnownSet& set : draft.facts.sets) {
        if (set.validity == Validity::Valid)
            lowest = std::min(lowest.value_or(set.level), set.level);
    }
    return lowest.value_or(SecurityLevel{});
}

/// R9: a new journal from what both slots hold. The best set runs as a trial if it can confirm
/// itself, the other one is its fallback.
BootAction rebuild(Draft draft, bool keepsFloor)
{
    for (const Slot slot : slots) {
        if (draft.isUnknown(slot)) return draft.verify(slot);
    }
    const SecurityLevel floor = keepsFloor ? draft.floor() : lowestLevel(draft);
    draft.rebuildsJournal = true;
    draft.activeSlot = noSet;
    draft.state = {};
    draft.state.reason = Reason::JournalLost;
    draft.setFloor(floor);
    for (const Slot slot : slots) {
        draft.state.setState(slot, foundState(draft.set(slot)));
        draft.state.setIds[index(slot)] = draft.set(slot).id;
    }
    const std::optional<Slot> best = bestSet(draft);
    if (best) {
        draft.activeSlot = static_cast<std::uint8_t>(*best);
        draft.state.setState(*best, SlotState::Ready);
    }
    if (draft.facts.stay != UpdateReason::None) return draft.updateMode(draft.facts.stay);
    if (!best) return draft.updateMode(UpdateReason::NoValidSet);
    return startSet(draft, *best);
}

/// No slot is active, but the log is good: nothing was ever installed, or somebody wrote the slots.
BootAction runBest(const Draft& draft)
{
    for (const Slot slot : slots) {
        if (draft.isUnknown(slot)) return draft.verify(slot);
    }
    const std::optional<Slot> best = bestSet(draft);
    return best ? startSet(draft, *best) : runNone(draft);
}

/// R9: a slot holds another set than the log names, and no download explains it.
bool namesAnotherSet(const JournalView& journal, const Draft& draft)
{
    return std::any_of(slots.begin(), slots.end(), [&](Slot slot) {
        const bool isDownload = journal.download && journal.download->slot == slot;
        return !isDownload && draft.set(slot).validity == Validity::Valid &&
               claimsSet(journal.state.state(slot)) &&
               journal.state.setIds[index(slot)] != draft.set(slot).id;
    });
}

bool isCrash(ResetCause cause)
{
    return cause == ResetCause::Watchdog || cause == ResetCause::Software ||
           cause == ResetCause::Fault;
}

void countStart(StatePayload& state, ResetCause cause)
{
    constexpr std::uint8_t most = 0xF;
    std::uint8_t crashes = state.crashStarts();
    std::uint8_t powerOffs = state.powerOffStarts();
    std::uint8_t& counted = isCrash(cause) ? crashes : powerOffs;
    counted = std::min<std::uint8_t>(most, static_cast<std::uint8_t>(counted + 1));
    state.starts = static_cast<std::uint8_t>(crashes | powerOffs << 4);
}

} // namespace

KnownSet knownSet(const SetContents& contents)
{
    return {contents.isValid() ? Validity::Valid : Validity::Invalid,
            contents.isBlank,
            contents.isStaged,
            prefix<6>(contents.setId),
            contents.flags,
            contents.level(),
            contents.releaseVersion};
}

StatePayload settledState(const JournalView& journal, ResetCause cause)
{
    StatePayload state = journal.state;
    const bool isOpen =
        journal.trial && static_cast<std::uint8_t>(*journal.trial) == journal.activeSlot;
    if (!isOpen) return state;
    if (journal.isTrialConfirmed) {
        markConfirmed(state, *journal.trial);
        state.reason = Reason::None;
    } else {
        state.setState(*journal.trial, SlotState::Trial);
        countStart(state, cause);
    }
    return state;
}

BootAction decideBoot(const JournalView& journal, const BootFacts& facts)
{
    Draft draft{facts, journal.activeSlot, settledState(journal, facts.cause),
                journal.isSuperseded};
    if (journal.isLost) return rebuild(draft, false);
    if (facts.canAppend && namesAnotherSet(journal, draft)) return rebuild(draft, true);
    if (facts.stay != UpdateReason::None) return draft.updateMode(facts.stay);
    if (journal.activeSlot == noSet) return runBest(draft);
    const Slot active = slots[journal.activeSlot];
    if (!facts.canAppend) return runReadOnly(draft, active);
    if (isTrialUsedUp(draft.state, active)) return revert(draft, active);
    return runActive(draft, active);
}

} // namespace boot
