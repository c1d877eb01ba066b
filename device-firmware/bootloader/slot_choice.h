// Which slot a download overwrites, and which set stays meanwhile (R5). Pure.
#pragma once

#include "bootloader/set_verifier.h"
#include "contract/journal_word.h"

#include <optional>

namespace boot {

/// One slot as the choice sees it.
struct SlotCandidate {
    bool isValid = false; ///< verified in this power cycle
    contract::SlotState state = contract::SlotState::Empty;
    bool isStaged = false; ///< cannot run where it lies
};

struct SlotChoice {
    contract::Slot target = contract::Slot::A;
    bool hasStayingSet = false; ///< the other slot's set stays; without one R5 does not apply

    constexpr bool operator==(const SlotChoice&) const = default;
};

/// `unfinished`: the slot of an unfinished download, which is continued where nothing else decides.
SlotChoice chooseSlot(const std::array<SlotCandidate, 2>& candidates, std::uint8_t activeSlot,
                      std::optional<contract::Slot> unfinished);

/// The State to commit before the target's first erase: it is Partial, the staying set is active,
/// and the floor has risen to the staying set's level if that is confirmed.
contract::StatePayload stateBeforeErase(contract::StatePayload state, const SlotChoice& choice,
                                        std::uint8_t activeSlot, const SecurityLevel& staying);

constexpr SecurityLevel floorOf(const contract::StatePayload& state)
{
    return {state.floorKeyIndex, state.floorCounter};
}

} // namespace boot
