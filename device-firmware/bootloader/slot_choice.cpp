#include "bootloader/slot_choice.h"

namespace boot {

using namespace contract;

namespace {

constexpr int untried = 2;

/// How much a set deserves to stay: confirmed before untried before one that is only staged or
/// happens to be valid. What an unfinished download has left deserves nothing (R4).
int rankOf(const SlotCandidate& candidate)
{
    if (!candidate.isValid || candidate.state == SlotState::Partial) return 0;
    if (candidate.isStaged) return 1;
    switch (candidate.state) {
    case SlotState::Confirmed: return 3;
    case SlotState::Ready:
    case SlotState::Trial: return untried;
    case SlotState::Empty:
    case SlotState::Partial:
    case SlotState::Checking:
    case SlotState::Reverted:
    case SlotState::Invalid: break;
    }
    return 1;
}

} // namespace

SlotChoice chooseSlot(const std::array<SlotCandidate, 2>& candidates, std::uint8_t activeSlot,
                      std::optional<Slot> unfinished)
{
    const int a = rankOf(candidates[0]);
    const int b = rankOf(candidates[1]);
    if (a == 0 && b == 0) return {unfinished.value_or(Slot::A), false};
    if (a != b) return {a > b ? Slot::B : Slot::A, true};
    const Slot active = activeSlot == static_cast<std::uint8_t>(Slot::B) ? Slot::B : Slot::A;
    return {a == untried ? active : other(active), true};
}

StatePayload stateBeforeErase(StatePayload state, const SlotChoice& choice, std::uint8_t activeSlot,
                              const SecurityLevel& staying)
{
    const Slot stays = other(choice.target);
    const bool isSuperseded =
        choice.hasStayingSet && activeSlot == static_cast<std::uint8_t>(choice.target);
    if (isSuperseded) {
        state.reason = Reason::Superseded;
        state.starts = 0;
    }
    const bool raisesFloor = choice.hasStayingSet && state.state(stays) == SlotState::Confirmed &&
                             staying > floorOf(state);
    if (raisesFloor) {
        state.floorKeyIndex = static_cast<std::uint8_t>(staying.keyIndex);
        state.floorCounter = staying.counter;
    }
    state.setState(choice.target, SlotState::Partial);
    state.setIds[index(choice.target)] = {};
    return state;
}

} // namespace boot
