#include "bootloader/slot_choice.h"

#include <catch2/catch.hpp>

using namespace boot;
using contract::noSet;
using contract::Slot;
using contract::SlotState;

namespace {

constexpr SlotCandidate gone{};
constexpr SlotCandidate confirmed{true, SlotState::Confirmed};
constexpr SlotCandidate onTrial{true, SlotState::Trial};
constexpr SlotCandidate ready{true, SlotState::Ready};
constexpr SlotCandidate reverted{true, SlotState::Reverted};
constexpr SlotCandidate rotted{false, SlotState::Confirmed};
constexpr SlotCandidate unfinished{true, SlotState::Partial};
constexpr SlotCandidate staged{true, SlotState::Ready, true};
constexpr std::uint8_t a = 0;
constexpr std::uint8_t b = 1;

} // namespace

TEST_CASE("a download goes where nothing valuable is lost", "[slot-choice][R5]")
{
    struct Row {
        const char* what;
        SlotCandidate a, b;
        std::uint8_t active;
        SlotChoice expected;
    };
    const Row row = GENERATE(
        Row{"the inactive slot", confirmed, confirmed, a, {Slot::B, true}},
        Row{"the inactive slot", confirmed, confirmed, b, {Slot::A, true}},
        Row{"the empty slot", confirmed, gone, a, {Slot::B, true}},
        Row{"the empty slot", gone, confirmed, b, {Slot::A, true}},
        Row{"a trial gives way to the confirmed set", confirmed, onTrial, b, {Slot::B, true}},
        Row{"an untried set likewise", ready, confirmed, a, {Slot::A, true}},
        Row{"a trial stays if it is all there is", onTrial, gone, a, {Slot::B, true}},
        Row{"what may be torn is no set that stays", unfinished, gone, noSet, {Slot::A, false}},
        Row{"what may be torn gives way to a reverted set",
            unfinished,
            reverted,
            b,
            {Slot::A, true}},
        Row{"a trial stays if the other was reverted", onTrial, reverted, a, {Slot::B, true}},
        Row{"of two untried sets the active one goes", ready, ready, b, {Slot::B, true}},
        Row{"a rotted active set goes", rotted, confirmed, a, {Slot::A, true}},
        Row{"a reverted set stays if it is all there is", gone, reverted, b, {Slot::A, true}},
        Row{"a staged set gives way to one that runs", confirmed, staged, b, {Slot::B, true}},
        Row{"a staged set gives way to a trial", onTrial, staged, a, {Slot::B, true}},
        Row{"a staged set stays if it is all there is", gone, staged, b, {Slot::A, true}},
        Row{"nothing valid: A", gone, gone, noSet, {Slot::A, false}},
        Row{"nothing valid: A, whatever the journal says", rotted, rotted, b, {Slot::A, false}});
    CAPTURE(row.what);
    CHECK(chooseSlot({row.a, row.b}, row.active, std::nullopt) == row.expected);
}

TEST_CASE("an unfinished download is continued where no valid set decides", "[slot-choice][R5]")
{
    CHECK(chooseSlot({gone, gone}, noSet, Slot::B) == SlotChoice{Slot::B, false});
    CHECK(chooseSlot({gone, confirmed}, b, Slot::B) == SlotChoice{Slot::A, true});
}

TEST_CASE("before the erase the journal names the set that stays", "[slot-choice][R5]")
{
    contract::StatePayload state;
    state.setState(Slot::A, SlotState::Confirmed);
    state.setState(Slot::B, SlotState::Trial);
    state.setIds = {contract::SetIdPrefix{1}, contract::SetIdPrefix{2}};
    state.starts = 0x11;
    state.floorCounter = 2;

    SECTION("an overwritten trial is superseded")
    {
        const auto next = stateBeforeErase(state, {Slot::B, true}, b, {0, 3});
        CHECK(next.state(Slot::A) == SlotState::Confirmed);
        CHECK(next.state(Slot::B) == SlotState::Partial);
        CHECK(next.setIds[0] == contract::SetIdPrefix{1});
        CHECK(next.setIds[1] == contract::SetIdPrefix{});
        CHECK(next.reason == contract::Reason::Superseded);
        CHECK(next.starts == 0);
    }
    SECTION("the floor rises to the confirmed set that stays")
    {
        CHECK(floorOf(stateBeforeErase(state, {Slot::B, true}, a, {1, 1})) == SecurityLevel{1, 1});
        CHECK(floorOf(stateBeforeErase(state, {Slot::B, true}, a, {0, 1})) == SecurityLevel{0, 2});
    }
    SECTION("a trial that stays does not raise it")
    {
        CHECK(floorOf(stateBeforeErase(state, {Slot::A, true}, b, {0, 9})) == SecurityLevel{0, 2});
    }
    SECTION("nor does a slot without a set")
    {
        CHECK(floorOf(stateBeforeErase(state, {Slot::B, false}, a, {0, 9})) == SecurityLevel{0, 2});
    }
}
