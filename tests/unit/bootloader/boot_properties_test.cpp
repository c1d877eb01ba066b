// What must hold for every combination of journal and slots, also for those that nobody thought of.
#include "bootloader/decide_boot.h"

#include <catch2/catch.hpp>

using namespace contract;
using boot::BootAction;
using boot::BootFacts;
using boot::JournalView;
using boot::KnownSet;
using boot::Validity;
using Kind = boot::BootAction::Kind;

namespace {

struct Combination {
    JournalView journal;
    std::array<KnownSet, 2> sets;
};

KnownSet setOfKind(std::size_t kind, Slot slot)
{
    KnownSet set;
    set.validity = kind == 0 ? Validity::Invalid : Validity::Valid;
    set.id = kind == 0 ? SetIdPrefix{} : SetIdPrefix{static_cast<std::uint8_t>(1 + index(slot))};
    set.flags = kind == 1 ? set_flags::confirmsItself : std::uint16_t{0};
    set.level = {0, kind == 3 ? 4U : 6U}; // around the floor
    return set;
}

/// Every active slot, both slots' states, both slots' contents, and starts around the limits.
template <typename Visit>
void forEachCombination(const Visit& visit)
{
    constexpr std::array<std::uint8_t, 6> starts{0x00, 0x01, 0x02, 0x70, 0x80, 0xFF};
    for (const std::uint8_t active : {std::uint8_t{0}, std::uint8_t{1}, noSet}) {
        for (unsigned bits = 0; bits < 8 * 8 * 16 * 6; ++bits) {
            Combination it;
            it.journal.isLost = false;
            it.journal.activeSlot = active;
            it.journal.state.setState(Slot::A, static_cast<SlotState>(bits % 8));
            it.journal.state.setState(Slot::B, static_cast<SlotState>(bits / 8 % 8));
            it.journal.state.starts = starts[bits / 1024];
            it.journal.state.setIds = {SetIdPrefix{1}, SetIdPrefix{2}};
            it.journal.state.floorCounter = 5;
            it.sets = {setOfKind(bits / 64 % 4, Slot::A), setOfKind(bits / 256 % 4, Slot::B)};
            visit(it);
        }
    }
}

BootAction decide(const JournalView& journal, const std::array<KnownSet, 2>& sets, BootFacts facts)
{
    for (int verifications = 0; verifications <= 2; ++verifications) {
        const BootAction action = decideBoot(journal, facts);
        if (action.kind != Kind::Verify) return action;
        facts.sets[index(action.slot)] = sets[index(action.slot)];
    }
    FAIL("more than two verifications");
    return {};
}

/// What the next start finds in the journal after `action`.
JournalView journalAfter(const BootAction& action)
{
    JournalView journal;
    journal.isLost = false;
    journal.activeSlot = action.activeSlot;
    journal.state = action.state;
    if (action.kind == Kind::RunTrial) journal.trial = action.slot;
    return journal;
}

} // namespace

TEST_CASE("only a valid set runs, and one that was verified at this start", "[decide_boot]")
{
    const bool canAppend = GENERATE(true, false);
    forEachCombination([canAppend](const Combination& it) {
        const BootAction action = decide(it.journal, it.sets, {.canAppend = canAppend});
        if (action.kind == Kind::UpdateMode) return;
        if (it.sets[index(action.slot)].validity != Validity::Valid) FAIL("an invalid set runs");
        if (canAppend && action.activeSlot != index(action.slot)) FAIL("another slot is active");
        if (!canAppend && action.kind == Kind::RunTrial) FAIL("a trial that nobody can count");
    });
    SUCCEED();
}

TEST_CASE("update mode instead of a valid set needs a used-up trial, a floor or a cut download",
          "[decide_boot]")
{
    forEachCombination([](const Combination& it) {
        const BootAction action = decide(it.journal, it.sets, {});
        if (action.kind != Kind::UpdateMode || action.reason == UpdateReason::TrialFailed) return;
        REQUIRE(action.reason == UpdateReason::NoValidSet);
        for (const Slot slot : contract::slots) {
            const KnownSet& set = it.sets[index(slot)];
            const bool isBelowFloor = set.level < boot::SecurityLevel{0, 5};
            const bool isCut = it.journal.state.state(slot) == SlotState::Partial; // R4
            if (set.validity == Validity::Valid && !isBelowFloor && !isCut)
                FAIL("a valid set is not used");
        }
    });
    SUCCEED();
}

TEST_CASE("the floor never falls", "[decide_boot][floor]")
{
    const UpdateReason stay = GENERATE(UpdateReason::None, UpdateReason::Button);
    forEachCombination([stay](const Combination& it) {
        const BootAction action = decide(it.journal, it.sets, {.stay = stay});
        if (action.state.floorCounter < 5) FAIL("the floor has fallen");
    });
    SUCCEED();
}

TEST_CASE("a reason to stay always leads to update mode", "[decide_boot][stay]")
{
    const bool isLost = GENERATE(false, true);
    const bool canAppend = GENERATE(false, true);
    forEachCombination([=](Combination it) {
        it.journal.isLost = isLost;
        const BootFacts facts{.stay = UpdateReason::Button, .canAppend = canAppend};
        if (decide(it.journal, it.sets, facts).reason != UpdateReason::Button) FAIL("it boots");
    });
    SUCCEED();
}

TEST_CASE("a decision that is acted on and asked again stays the same", "[decide_boot]")
{
    forEachCombination([](const Combination& it) {
        const BootAction first = decide(it.journal, it.sets, {});
        if (first.kind == Kind::RunTrial || first.reason == UpdateReason::TrialFailed) return;
        const BootAction again = decide(journalAfter(first), it.sets, {});
        if (again.kind != first.kind || again.slot != first.slot || again.state != first.state)
            FAIL("two equal starts differ");
    });
    SUCCEED();
}

TEST_CASE("firmware that crashes at every start ends in update mode or in a confirmed set",
          "[decide_boot][R6]")
{
    // boot.md R6, "never a reset loop": two starts for each of two sets. A confirmed set that
    // crashes is caught by the unhealthy starts (start_up).
    constexpr int mostTrialStarts = 4;
    forEachCombination([](const Combination& it) {
        JournalView journal = it.journal;
        int trialStarts = 0;
        while (true) {
            const BootAction action = decide(journal, it.sets, {.cause = ResetCause::Watchdog});
            if (action.kind != Kind::RunTrial) break;
            if (++trialStarts > mostTrialStarts) FAIL("a reset loop");
            journal = journalAfter(action);
        }
    });
    SUCCEED();
}

TEST_CASE("a trial that never confirms and is unplugged again and again ends too", "[decide_boot]")
{
    constexpr int mostTrialStarts = 16;
    forEachCombination([](const Combination& it) {
        JournalView journal = it.journal;
        int trialStarts = 0;
        while (true) {
            const BootAction action = decide(journal, it.sets, {.cause = ResetCause::PowerOn});
            if (action.kind != Kind::RunTrial) break;
            if (++trialStarts > mostTrialStarts) FAIL("a trial for ever");
            journal = journalAfter(action);
        }
    });
    SUCCEED();
}
