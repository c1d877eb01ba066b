#include "boot_decision.h"

using namespace boot_decision;

namespace {

enum class Then : std::uint8_t { RunActive, TryActive, RunOther, TryOther, Update };

Then outcomeOf(const BootAction& action, Slot active)
{
    if (action.kind == Kind::UpdateMode) return Then::Update;
    const bool isTrial = action.kind == Kind::RunTrial;
    if (action.slot == active) return isTrial ? Then::TryActive : Then::RunActive;
    return isTrial ? Then::TryOther : Then::RunOther;
}

} // namespace

// docs/boot-design.md shows this table.
TEST_CASE("decideBoot's truth table", "[decide_boot][R6]")
{
    struct Row {
        // What the journal says (state and starts), and what really lies in the slots
        S activeState;
        std::uint8_t starts;
        Set activeSet;
        S otherState;
        Set otherSet;
        // What follows: the action, and what the journal says then
        Then then;
        Update updateReason;
        S activeAfter;
        S otherAfter;
        Why why;
        int verifications;
    };
    // clang-format off
    const auto row = GENERATE(values<Row>({
        // A confirmed set runs; the other slot does not even get verified.
        {S::Confirmed, 0,            Set::Good,  S::Confirmed, Set::Good,  Then::RunActive, Update::None,        S::Confirmed, S::Confirmed, Why::None,     1},
        {S::Confirmed, 0,            Set::Plain, S::Partial,   Set::Bad,   Then::RunActive, Update::None,        S::Confirmed, S::Partial,   Why::None,     1},
        // A new set that can confirm itself runs as a trial, one that cannot is confirmed at once.
        {S::Ready,     0,            Set::Good,  S::Confirmed, Set::Good,  Then::TryActive, Update::None,        S::Ready,     S::Confirmed, Why::None,     1},
        {S::Ready,     0,            Set::Plain, S::Confirmed, Set::Good,  Then::RunActive, Update::None,        S::Confirmed, S::Confirmed, Why::None,     1},
        {S::Trial,     crashes(1),   Set::Good,  S::Confirmed, Set::Good,  Then::TryActive, Update::None,        S::Trial,     S::Confirmed, Why::None,     1},
        {S::Trial,     powerOffs(7), Set::Good,  S::Confirmed, Set::Good,  Then::TryActive, Update::None,        S::Trial,     S::Confirmed, Why::None,     1},
        // A used-up trial gives way to a valid set that was not itself reverted.
        {S::Trial,     crashes(2),   Set::Good,  S::Confirmed, Set::Good,  Then::RunOther,  Update::None,        S::Reverted,  S::Confirmed, Why::Watchdog, 1},
        {S::Trial,     powerOffs(8), Set::Good,  S::Confirmed, Set::Plain, Then::RunOther,  Update::None,        S::Reverted,  S::Confirmed, Why::PowerOff, 1},
        {S::Trial,     crashes(2),   Set::Bad,   S::Confirmed, Set::Good,  Then::RunOther,  Update::None,        S::Reverted,  S::Confirmed, Why::Watchdog, 1},
        {S::Trial,     crashes(2),   Set::Good,  S::Trial,     Set::Good,  Then::TryOther,  Update::None,        S::Reverted,  S::Trial,     Why::Watchdog, 1},
        {S::Trial,     crashes(2),   Set::Good,  S::Ready,     Set::Plain, Then::RunOther,  Update::None,        S::Reverted,  S::Confirmed, Why::Watchdog, 1},
        {S::Trial,     crashes(2),   Set::Good,  S::Confirmed, Set::Bad,   Then::Update,    Update::TrialFailed, S::Trial,     S::Confirmed, Why::None,     1},
        {S::Trial,     crashes(2),   Set::Good,  S::Empty,     Set::Bad,   Then::Update,    Update::TrialFailed, S::Trial,     S::Empty,     Why::None,     1},
        {S::Trial,     powerOffs(8), Set::Good,  S::Partial,   Set::Bad,   Then::Update,    Update::TrialFailed, S::Trial,     S::Partial,   Why::None,     1},
        {S::Trial,     crashes(2),   Set::Good,  S::Reverted,  Set::Good,  Then::Update,    Update::TrialFailed, S::Trial,     S::Reverted,  Why::None,     0},
        // A rotten set gives way to the other one, as a trial unless that was confirmed.
        {S::Confirmed, 0,            Set::Bad,   S::Confirmed, Set::Good,  Then::RunOther,  Update::None,        S::Invalid,   S::Confirmed, Why::Rotted,   2},
        {S::Ready,     0,            Set::Bad,   S::Confirmed, Set::Good,  Then::RunOther,  Update::None,        S::Invalid,   S::Confirmed, Why::Rotted,   2},
        {S::Trial,     crashes(1),   Set::Bad,   S::Confirmed, Set::Plain, Then::RunOther,  Update::None,        S::Invalid,   S::Confirmed, Why::Rotted,   2},
        {S::Confirmed, 0,            Set::Bad,   S::Reverted,  Set::Good,  Then::TryOther,  Update::None,        S::Invalid,   S::Ready,     Why::Rotted,   2},
        {S::Confirmed, 0,            Set::Bad,   S::Reverted,  Set::Plain, Then::RunOther,  Update::None,        S::Invalid,   S::Confirmed, Why::Rotted,   2},
        {S::Confirmed, 0,            Set::Bad,   S::Checking,  Set::Good,  Then::TryOther,  Update::None,        S::Invalid,   S::Ready,     Why::Rotted,   2},
        {S::Confirmed, 0,            Set::Bad,   S::Invalid,   Set::Good,  Then::TryOther,  Update::None,        S::Invalid,   S::Ready,     Why::Rotted,   2},
        // It was only unreadable for a day: it has to prove itself again.
        {S::Invalid,   0,            Set::Good,  S::Invalid,   Set::Bad,   Then::TryActive, Update::None,        S::Ready,     S::Invalid,   Why::None,     1},
        // No valid set: update mode. What a download has begun stays begun.
        {S::Confirmed, 0,            Set::Bad,   S::Confirmed, Set::Bad,   Then::Update,    Update::NoValidSet,  S::Invalid,   S::Invalid,   Why::Rotted,   2},
        {S::Confirmed, 0,            Set::Bad,   S::Partial,   Set::Bad,   Then::Update,    Update::NoValidSet,  S::Invalid,   S::Partial,   Why::Rotted,   2},
        // What a cut download has left may read well today: it was never read back (R4).
        {S::Confirmed, 0,            Set::Bad,   S::Partial,   Set::Good,  Then::Update,    Update::NoValidSet,  S::Invalid,   S::Partial,   Why::Unfinished, 2},
        {S::Trial,     crashes(1),   Set::Bad,   S::Empty,     Set::Bad,   Then::Update,    Update::NoValidSet,  S::Invalid,   S::Empty,     Why::Rotted,   2},
        {S::Invalid,   0,            Set::Bad,   S::Checking,  Set::Bad,   Then::Update,    Update::NoValidSet,  S::Invalid,   S::Checking,  Why::None,     2},
    }));
    // clang-format on
    const Slot active = GENERATE(Slot::A, Slot::B);
    CAPTURE(static_cast<int>(row.activeState), static_cast<int>(row.starts),
            static_cast<int>(row.activeSet), static_cast<int>(row.otherState),
            static_cast<int>(row.otherSet));

    const JournalView journal = journalOf(active, row.activeState, row.otherState, row.starts);
    const auto [action, verifications] =
        decide(journal, setsOf(active, row.activeSet, row.otherSet));
    CHECK(outcomeOf(action, active) == row.then);
    CHECK(action.reason == row.updateReason);
    CHECK(action.state.state(active) == row.activeAfter);
    CHECK(action.state.state(other(active)) == row.otherAfter);
    CHECK(action.state.reason == row.why);
    CHECK(verifications == row.verifications);
    const bool isActiveKept = row.then == Then::RunActive || row.then == Then::TryActive;
    CHECK(action.state.starts == (isActiveKept && row.then == Then::TryActive ? row.starts : 0));
    CHECK_FALSE(action.rebuildsJournal);
}

TEST_CASE("the start that a reset has ended is counted by its cause", "[decide_boot]")
{
    struct Row {
        ResetCause cause;
        std::uint8_t starts;
    };
    const auto row = GENERATE(values<Row>({
        {ResetCause::Watchdog, crashes(1)},
        {ResetCause::Fault, crashes(1)},
        {ResetCause::Software, crashes(1)},
        {ResetCause::PowerOn, powerOffs(1)},
        {ResetCause::Pin, powerOffs(1)},
        {ResetCause::Unknown, powerOffs(1)},
    }));
    JournalView journal = journalOf(Slot::B, S::Ready, S::Confirmed);
    CHECK(settledState(journal, row.cause) == journal.state); // nothing was tried
    journal.trial = Slot::B;
    const StatePayload settled = settledState(journal, row.cause);
    CHECK(settled.starts == row.starts);
    CHECK(settled.state(Slot::B) == S::Trial);
    CHECK(settled.state(Slot::A) == S::Confirmed);
}

TEST_CASE("counted starts stop at fifteen", "[decide_boot]")
{
    JournalView journal = journalOf(Slot::A, S::Trial, S::Empty, powerOffs(15));
    journal.trial = Slot::A;
    CHECK(settledState(journal, ResetCause::PowerOn).starts == powerOffs(15));
    CHECK(settledState(journal, ResetCause::Watchdog).starts == (powerOffs(15) | crashes(1)));
}

TEST_CASE("a pending Confirm is sealed and ends the trial", "[decide_boot]")
{
    JournalView journal = journalOf(Slot::B, S::Trial, S::Confirmed, crashes(1));
    journal.state.reason = Why::JournalLost;
    journal.trial = Slot::B;
    journal.isTrialConfirmed = true;
    const auto [action, verifications] =
        decide(journal, setsOf(Slot::B, Set::Good, Set::Good), {.cause = ResetCause::Watchdog});
    CHECK(action.kind == Kind::Run);
    CHECK(action.slot == Slot::B);
    CHECK(action.state.state(Slot::B) == S::Confirmed);
    CHECK(action.state.starts == 0);
    CHECK(action.state.reason == Why::None);
}

TEST_CASE("a Trial of a slot that is not active counts for nothing", "[decide_boot]")
{
    JournalView journal = journalOf(Slot::A, S::Confirmed, S::Ready);
    journal.trial = Slot::B;
    journal.isTrialConfirmed = GENERATE(false, true);
    CHECK(settledState(journal, ResetCause::Watchdog) == journal.state);
}

TEST_CASE("the floor rises at Confirm if the set says so, and never falls", "[decide_boot][floor]")
{
    const bool raises = GENERATE(false, true);
    const S state = GENERATE(S::Confirmed, S::Ready);
    const boot::SecurityLevel level =
        GENERATE(values<boot::SecurityLevel>({{0, 6}, {1, 0}, {0, 4}}));
    std::array<KnownSet, 2> sets = setsOf(Slot::A, Set::Plain, Set::Bad);
    sets[0].level = level;
    if (raises) sets[0].flags |= set_flags::raiseFloorAtConfirm;
    const BootAction action = decide(journalOf(Slot::A, state, S::Empty), sets).action;
    CHECK(action.kind == Kind::Run);
    const boot::SecurityLevel floor{action.state.floorKeyIndex, action.state.floorCounter};
    CHECK(floor ==
          (raises && level > boot::SecurityLevel{0, 5} ? level : boot::SecurityLevel{0, 5}));
}

TEST_CASE("a trial does not raise the floor before it is confirmed", "[decide_boot][floor]")
{
    std::array<KnownSet, 2> sets = setsOf(Slot::A, Set::Good, Set::Bad);
    sets[0].level = {0, 6};
    sets[0].flags |= set_flags::raiseFloorAtConfirm;
    const BootAction action = decide(journalOf(Slot::A, S::Ready, S::Confirmed), sets).action;
    CHECK(action.kind == Kind::RunTrial);
    CHECK(action.state.floorCounter == 5);
}

TEST_CASE("below the floor, only a set that the journal knows still runs", "[decide_boot][floor]")
{
    struct Row {
        S otherState;
        bool runs;
    };
    const auto row = GENERATE(values<Row>({{S::Confirmed, true},
                                           {S::Reverted, true},
                                           {S::Partial, false},
                                           {S::Checking, false},
                                           {S::Invalid, false},
                                           {S::Empty, false}}));
    std::array<KnownSet, 2> sets = setsOf(Slot::A, Set::Bad, Set::Good);
    sets[1].level = {0, 4};
    const BootAction action = decide(journalOf(Slot::A, S::Confirmed, row.otherState), sets).action;
    CHECK((action.kind != Kind::UpdateMode) == row.runs);
    CHECK(action.state.floorCounter == 5);
}

TEST_CASE("with no active slot in a good log, a set that lies there is tried", "[decide_boot]")
{
    JournalView journal = journalOf(Slot::A, S::Empty, S::Empty);
    journal.activeSlot = noSet;
    const BootAction none = decide(journal, setsOf(Slot::A, Set::Bad, Set::Bad)).action;
    CHECK(none.reason == Update::NoValidSet);
    CHECK(none.state == journal.state); // nothing to write
    const BootAction some = decide(journal, setsOf(Slot::A, Set::Bad, Set::Good)).action;
    CHECK(some.kind == Kind::RunTrial);
    CHECK(some.slot == Slot::B);
    CHECK(some.state.state(Slot::B) == S::Ready);
}

TEST_CASE("a reason to stay wins over any set, and the last start is still accounted for",
          "[decide_boot]")
{
    JournalView journal = journalOf(Slot::B, S::Ready, S::Confirmed);
    journal.trial = Slot::B;
    const auto [action, verifications] =
        decide(journal, setsOf(Slot::B, Set::Good, Set::Good),
               {.cause = ResetCause::Software, .stay = Update::Button});
    CHECK(action.kind == Kind::UpdateMode);
    CHECK(action.reason == Update::Button);
    CHECK(verifications == 0);
    CHECK(action.state.starts == crashes(1));
}

TEST_CASE("without a journal to write, the last confirmed set runs, or any valid one",
          "[decide_boot][R2]")
{
    struct Row {
        S activeState;
        Set activeSet;
        S otherState;
        Set otherSet;
        Then then;
    };
    const auto row = GENERATE(values<Row>({
        {S::Confirmed, Set::Good, S::Confirmed, Set::Good, Then::RunActive},
        {S::Ready, Set::Good, S::Confirmed, Set::Good, Then::RunOther},
        {S::Trial, Set::Good, S::Confirmed, Set::Plain, Then::RunOther},
        {S::Trial, Set::Good, S::Confirmed, Set::Bad, Then::RunActive},
        {S::Ready, Set::Good, S::Partial, Set::Bad, Then::RunActive},
        {S::Confirmed, Set::Bad, S::Reverted, Set::Good, Then::RunOther},
        {S::Confirmed, Set::Bad, S::Confirmed, Set::Bad, Then::Update},
    }));
    const Slot active = GENERATE(Slot::A, Slot::B);
    const JournalView journal = journalOf(active, row.activeState, row.otherState, crashes(2));
    const BootAction action =
        decide(journal, setsOf(active, row.activeSet, row.otherSet), {.canAppend = false}).action;
    CHECK(outcomeOf(action, active) == row.then);
    CHECK(action.state == journal.state);
}
