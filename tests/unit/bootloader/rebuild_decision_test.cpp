// boot.md R9: what is decided without the journal, or against it.
#include "boot_decision.h"

using namespace boot_decision;

TEST_CASE("after a lost journal the best set runs, the other one is its fallback",
          "[decide_boot][R9]")
{
    struct Row {
        boot::SecurityLevel a;
        Version versionA;
        boot::SecurityLevel b;
        Version versionB;
        Slot best;
    };
    const auto row = GENERATE(values<Row>({
        {{0, 5}, {9}, {0, 6}, {1}, Slot::B},       // counter before version
        {{1, 0}, {1}, {0, 6}, {9}, Slot::A},       // key index before counter
        {{0, 5}, {1, 0}, {0, 5}, {1, 1}, Slot::B}, // then the version
        {{0, 5}, {1}, {0, 5}, {1}, Slot::A},       // then slot A
    }));
    const Set kind = GENERATE(Set::Good, Set::Plain);
    std::array<KnownSet, 2> sets{known(kind, Slot::A, row.a), known(kind, Slot::B, row.b)};
    sets[0].releaseVersion = row.versionA;
    sets[1].releaseVersion = row.versionB;

    const auto [action, verifications] = decide(JournalView{}, sets);
    CHECK(verifications == 2);
    CHECK(action.rebuildsJournal);
    CHECK(action.slot == row.best);
    CHECK(action.activeSlot == index(row.best));
    CHECK(action.kind == (kind == Set::Good ? Kind::RunTrial : Kind::Run));
    CHECK(action.state.state(row.best) == (kind == Set::Good ? S::Ready : S::Confirmed));
    CHECK(action.state.state(other(row.best)) == S::Confirmed);
    CHECK(action.state.setIds == std::array{idOf(Slot::A), idOf(Slot::B)});
    CHECK(action.state.reason == Why::JournalLost);
    const boot::SecurityLevel floor{action.state.floorKeyIndex, action.state.floorCounter};
    CHECK(floor == std::min(row.a, row.b));
}

TEST_CASE("after a lost journal a single valid set runs and sets the floor", "[decide_boot][R9]")
{
    const Slot valid = GENERATE(Slot::A, Slot::B);
    std::array<KnownSet, 2> sets = setsOf(valid, Set::Good, Set::Bad);
    const bool isBlank = GENERATE(false, true);
    sets[index(other(valid))].isBlank = isBlank;
    const BootAction action = decide(JournalView{}, sets).action;
    CHECK(action.kind == Kind::RunTrial);
    CHECK(action.slot == valid);
    CHECK(action.state.state(other(valid)) == (isBlank ? S::Empty : S::Invalid));
    CHECK(action.state.floorCounter == 5);
}

TEST_CASE("a lost journal without a valid set is rebuilt too, and update mode entered",
          "[decide_boot][R9]")
{
    const BootAction action = decide(JournalView{}, setsOf(Slot::A, Set::Bad, Set::Bad)).action;
    CHECK(action.kind == Kind::UpdateMode);
    CHECK(action.reason == Update::NoValidSet);
    CHECK(action.rebuildsJournal);
    CHECK(action.activeSlot == noSet);
    CHECK(action.state.floorCounter == 0);
}

TEST_CASE("a log that names another set than its slot holds is rebuilt with its floor",
          "[decide_boot][R9]")
{
    JournalView journal = journalOf(Slot::A, S::Confirmed, S::Confirmed);
    journal.state.floorCounter = 77;
    journal.state.setIds[0] = {0x11};
    const auto [action, verifications] = decide(journal, setsOf(Slot::A, Set::Good, Set::Good));
    CHECK(verifications == 2);
    CHECK(action.rebuildsJournal);
    CHECK(action.kind == Kind::RunTrial);
    CHECK(action.state.floorCounter == 77);
    CHECK(action.state.setIds[0] == idOf(Slot::A));
}

TEST_CASE("another set than the log names is no surprise in a slot that is being written",
          "[decide_boot][R9]")
{
    JournalView journal = journalOf(Slot::A, S::Confirmed, S::Confirmed);
    journal.state.setIds[1] = {0x11};
    const std::array<KnownSet, 2> sets = setsOf(Slot::A, Set::Bad, Set::Good);
    SECTION("with a download")
    {
        journal.download.emplace();
        journal.download->slot = Slot::B;
        CHECK_FALSE(decide(journal, sets).action.rebuildsJournal);
    }
    SECTION("with a state that claims no set")
    {
        journal.state.setState(Slot::B, S::Partial);
        CHECK_FALSE(decide(journal, sets).action.rebuildsJournal);
    }
    SECTION("a download into the other slot explains nothing")
    {
        journal.download.emplace();
        journal.download->slot = Slot::A;
        CHECK(decide(journal, sets).action.rebuildsJournal);
    }
}

TEST_CASE("a reason to stay does not keep a lost journal from being rebuilt", "[decide_boot][R9]")
{
    const BootAction action =
        decide(JournalView{}, setsOf(Slot::B, Set::Good, Set::Bad), {.stay = Update::Requested})
            .action;
    CHECK(action.reason == Update::Requested);
    CHECK(action.rebuildsJournal);
    CHECK(action.activeSlot == 1);
    CHECK(action.state.state(Slot::B) == S::Ready);
}

TEST_CASE("a lost journal that cannot be rebuilt does not keep the best set from running",
          "[decide_boot][R2][R9]")
{
    const BootAction action =
        decide(JournalView{}, setsOf(Slot::B, Set::Good, Set::Good), {.canAppend = false}).action;
    CHECK(action.kind == Kind::Run);
    CHECK(action.slot == Slot::A);
    CHECK(action.state.state(Slot::A) == S::Ready); // it is not reported as confirmed
}

TEST_CASE("a superseded log is rebuilt from the State that superseded it", "[decide_boot][R9]")
{
    JournalView journal = journalOf(Slot::A, S::Confirmed, S::Partial);
    journal.isSuperseded = true;
    const Update stay = GENERATE(Update::None, Update::Button);
    const BootAction action =
        decide(journal, setsOf(Slot::A, Set::Good, Set::Bad), {.stay = stay}).action;
    CHECK(action.rebuildsJournal);
    CHECK(action.activeSlot == index(Slot::A));
    CHECK(action.state == journal.state);
    CHECK(action.kind == (stay == Update::None ? Kind::Run : Kind::UpdateMode));
}
