#include "journal_board.h"

using namespace journal_board;

namespace {

/// A log with a history, compacted as far as the erase of its sector: the State is in slot B.
struct CarriedBoard : JournalBoard {
    CarriedBoard()
    {
        REQUIRE(journal->commit(1, bConfirmed));
        REQUIRE(journal->commit(0, bPartial));
        flash.startErase(smallMap.sectorAt(smallMap.slot(Core::M7, Slot::B).address));
        REQUIRE(boot::waitFor(board, 0) == boot::FlashResult::Done);
        REQUIRE(journal->carry(Slot::B, 0, carried));
    }
    std::uint32_t copyAddress(std::uint32_t copy) const
    {
        return smallMap.slot(Core::M7, Slot::B).address + carriedStateOffset +
               copy * flashWordBytes;
    }
    const StatePayload carried = [] {
        StatePayload state = bPartial;
        state.floorCounter = 7;
        return state;
    }();
};

} // namespace

TEST_CASE("a torn erase that leaves only the first words of the log does not bring them back",
          "[journal][R9]")
{
    CarriedBoard board;
    for (const std::uint32_t word : {2U, 3U})
        board.flash.poke(board.addressOf(word), std::vector<std::uint8_t>(flashWordBytes, 0xFF));
    SECTION("with both copies")
    {
    }
    SECTION("with the second copy only")
    {
        board.flash.damage(board.copyAddress(0), Cell::Bad);
    }
    board.powerCycle();
    CHECK(board.view().isSuperseded);
    CHECK_FALSE(board.view().isLost);
    CHECK(board.view().state == board.carried);
    CHECK(board.view().activeSlot == 0);
    CHECK(board.journal->needsCompaction());
}

TEST_CASE("a log that is lost in its compaction is known from the slot", "[journal][R9]")
{
    CarriedBoard board;
    board.flash.poke(board.addressOf(0), std::vector<std::uint8_t>(4 * flashWordBytes, 0xFF));
    board.powerCycle();
    CHECK(board.view().isSuperseded);
    CHECK(board.view().state == board.carried);
}

TEST_CASE("a log that was rebuilt is newer than what a slot still holds", "[journal][R9]")
{
    CarriedBoard board;
    REQUIRE(board.journal->eraseAndRebuild(0, board.carried));
    StatePayload later = board.carried;
    later.reason = Reason::CheckFailed;
    REQUIRE(board.journal->commit(0, later));
    board.powerCycle();
    CHECK_FALSE(board.view().isSuperseded);
    CHECK(board.view().state == later);
}

TEST_CASE("only a State can be carried", "[journal][R9]")
{
    CarriedBoard board;
    const JournalWord word{JournalType::Confirm, 1, 1000, {}};
    board.flash.poke(board.copyAddress(0), encode(word));
    board.flash.poke(board.copyAddress(1), encode(word));
    board.powerCycle();
    CHECK_FALSE(board.view().isSuperseded);
}
