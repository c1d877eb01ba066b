#include "boot_decision.h"

using namespace boot_decision;

namespace {

/// A set that lies in slot B and is linked for slot A. `id` tells releases apart.
KnownSet staged(SetIdPrefix id = idOf(Slot::B))
{
    KnownSet set = known(Set::Good, Slot::B);
    set.isStaged = true;
    set.id = id;
    return set;
}

std::array<KnownSet, 2> sets(Set inA, const KnownSet& inB)
{
    return {known(inA, Slot::A), inB};
}

/// Slot A runs what is staged in B as well.
JournalView journalWithBackup(S stateOfA, std::uint8_t starts = 0)
{
    JournalView journal = journalOf(Slot::A, stateOfA, S::Ready, starts);
    journal.state.setIds[index(Slot::B)] = idOf(Slot::A);
    return journal;
}

} // namespace

TEST_CASE("a staged set that is to run next is copied over what slot A holds",
          "[decide_boot][copy]")
{
    const Set inA = GENERATE(Set::Good, Set::Plain, Set::Bad);
    const JournalView journal = journalOf(Slot::B, S::Ready, S::Confirmed);
    const auto [action, verifications] = decide(journal, sets(inA, staged()));
    CHECK(action.kind == Kind::Copy);
    CHECK(verifications == 2); // B, which stays, first of all (R5)
    // Until A is complete the journal names B.
    CHECK(action.activeSlot == index(Slot::B));
    CHECK(action.state.state(Slot::B) == S::Ready);
    CHECK(action.state.state(Slot::A) == S::Partial);
    CHECK(action.state.setIds[index(Slot::A)] == SetIdPrefix{});
    CHECK(action.state.setIds[index(Slot::B)] == idOf(Slot::B));
}

TEST_CASE("slot A that holds the staged set already is run, and nothing is copied",
          "[decide_boot][copy]")
{
    const S inA = GENERATE(S::Invalid, S::Empty, S::Ready);
    JournalView journal = journalOf(Slot::B, S::Ready, inA);
    journal.state.setIds[index(Slot::B)] = idOf(Slot::A);
    const BootAction action = decide(journal, sets(Set::Good, staged(idOf(Slot::A)))).action;
    CHECK(action.kind == Kind::RunTrial);
    CHECK(action.slot == Slot::A);
    CHECK(action.activeSlot == index(Slot::A));
    CHECK(action.state.state(Slot::A) == S::Ready);
}

TEST_CASE("a copy that was cut is redone even if slot A reads well", "[decide_boot][copy][R4]")
{
    JournalView journal = journalOf(Slot::B, S::Ready, S::Partial);
    journal.state.setIds[index(Slot::B)] = idOf(Slot::A);
    const std::array<KnownSet, 2> found = sets(Set::Good, staged(idOf(Slot::A)));
    CHECK(decide(journal, found).action.kind == Kind::Copy);
    CHECK(decide(journal, found, {.hasCopied = true}).action.kind == Kind::RunTrial);
}

TEST_CASE("a confirmed set with its backup in B runs, and B is not even verified",
          "[decide_boot][copy]")
{
    const JournalView journal = journalWithBackup(S::Confirmed);
    const auto [action, verifications] = decide(journal, sets(Set::Good, staged(idOf(Slot::A))));
    CHECK(action.kind == Kind::Run);
    CHECK(verifications == 1);
}

TEST_CASE("a damaged set is repaired from its backup", "[decide_boot][copy][R6]")
{
    const JournalView journal = journalWithBackup(S::Confirmed);
    const BootAction action = decide(journal, sets(Set::Bad, staged(idOf(Slot::A)))).action;
    CHECK(action.kind == Kind::Copy);
    CHECK(action.state.reason == Why::Rotted);
}

TEST_CASE("a trial does not go back to its own backup", "[decide_boot][copy]")
{
    const JournalView journal = journalWithBackup(S::Trial, crashes(2));
    const BootAction action = decide(journal, sets(Set::Good, staged(idOf(Slot::A)))).action;
    CHECK(action.kind == Kind::UpdateMode);
    CHECK(action.reason == Update::TrialFailed);
    CHECK(action.state.state(Slot::A) == S::Trial);
}

TEST_CASE("a trial goes back to another release that is staged", "[decide_boot][copy]")
{
    const JournalView journal = journalOf(Slot::A, S::Trial, S::Ready, crashes(2));
    const BootAction action = decide(journal, sets(Set::Good, staged())).action;
    CHECK(action.kind == Kind::Copy);
    CHECK(action.activeSlot == index(Slot::B));
}

TEST_CASE("a lost journal copies a staged set over no valid one", "[decide_boot][copy][R9]")
{
    JournalView journal;
    KnownSet newer = staged();
    newer.level = {1, 9};
    const BootAction valid = decide(journal, sets(Set::Good, newer)).action;
    CHECK(valid.kind == Kind::RunTrial);
    CHECK(valid.slot == Slot::A);
    CHECK(valid.rebuildsJournal);
    CHECK(valid.state.state(Slot::B) == S::Ready);
    const BootAction invalid = decide(journal, sets(Set::Bad, newer)).action;
    CHECK(invalid.kind == Kind::Copy);
    CHECK(invalid.rebuildsJournal);
}

TEST_CASE("a copy that fails ends in update mode", "[decide_boot][copy]")
{
    const JournalView journal = journalOf(Slot::B, S::Ready, S::Partial);
    const BootAction action = decide(journal, sets(Set::Bad, staged()), {.hasCopied = true}).action;
    CHECK(action.kind == Kind::UpdateMode);
    CHECK(action.reason == Update::CopyFailed);
    CHECK(action.activeSlot == index(Slot::B));
}

TEST_CASE("without a journal to write, a staged set is copied only if nothing else is valid",
          "[decide_boot][copy][R2]")
{
    const BootFacts readOnly{.canAppend = false};
    const JournalView journal = journalOf(Slot::B, S::Ready, S::Confirmed);
    const BootAction old = decide(journal, sets(Set::Good, staged()), readOnly).action;
    CHECK(old.kind == Kind::Run);
    CHECK(old.slot == Slot::A);
    const BootAction copied = decide(journal, sets(Set::Bad, staged()), readOnly).action;
    CHECK(copied.kind == Kind::Copy);
}

TEST_CASE("a rotten staged set leaves what slot A holds", "[decide_boot][copy][R6]")
{
    const JournalView journal = journalOf(Slot::B, S::Ready, S::Confirmed);
    KnownSet rotten = known(Set::Bad, Slot::B);
    const BootAction action = decide(journal, sets(Set::Good, rotten)).action;
    CHECK(action.kind == Kind::Run);
    CHECK(action.slot == Slot::A);
    CHECK(action.state.state(Slot::B) == S::Invalid);
}
