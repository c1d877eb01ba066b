// A board whose journal survives power cycles, for the tests of both sides of the journal.
#pragma once

#include "bootloader/journal.h"
#include "support/tiny_map.h"
#include "virtual/virtual_board.h"

#include <catch2/catch.hpp>

namespace journal_board {

using namespace contract;
using boot::Journal;
using boot::JournalView;
using test_support::smallMap;
using virtual_h755::Cell;
using virtual_h755::PowerLoss;
using virtual_h755::Tear;

inline constexpr SetId someSet{1, 2, 3, 4, 5, 6, 7, 8};
inline constexpr ByteArray<16> someHash{9, 8, 7};

struct JournalBoard {
    virtual_h755::SimulatedClock clock;
    virtual_h755::FlashModel flash{smallMap, clock};
    virtual_h755::VirtualBoard board{flash, clock};
    std::optional<Journal> journal;

    JournalBoard() { powerCycle(); }

    Journal& powerCycle()
    {
        flash.neverCutPower();
        board.reset(ResetCause::PowerOn);
        journal.emplace(board, smallMap);
        journal->replay();
        return *journal;
    }
    const JournalView& view() const { return journal->view(); }
    std::uint32_t addressOf(std::uint32_t word) const
    {
        return smallMap.journal.address + word * flashWordBytes;
    }
    void poke(std::uint32_t index, const JournalWord& word)
    {
        flash.poke(addressOf(index), encode(word));
    }
    JournalWord wordAt(std::uint32_t index) const
    {
        const auto bytes = flash.peek(addressOf(index), flashWordBytes);
        return decodeJournalWord(std::span<const std::uint8_t, flashWordBytes>{bytes}).value();
    }
};

inline StatePayload stateOf(SlotState a, SlotState b)
{
    StatePayload state;
    state.setState(Slot::A, a);
    state.setState(Slot::B, b);
    return state;
}

inline const StatePayload bOnTrial = stateOf(SlotState::Confirmed, SlotState::Ready);
inline const StatePayload bConfirmed = stateOf(SlotState::Confirmed, SlotState::Confirmed);
inline const StatePayload bPartial = stateOf(SlotState::Confirmed, SlotState::Partial);

inline bool begins(JournalBoard& board, const StatePayload& state)
{
    return board.journal->commit(state == bPartial ? 0 : 1, state);
}

} // namespace journal_board
