#include "journal_board.h"

using namespace journal_board;

TEST_CASE("a blank journal is lost and blank", "[journal][R9]")
{
    JournalBoard board;
    CHECK(board.view().isLost);
    CHECK(board.view().isBlank);
    CHECK(board.view().wordsUsed == 0);
    CHECK(board.journal->needsCompaction());
}

TEST_CASE("a committed State is there after a power cycle, twice in a row", "[journal][R3]")
{
    JournalBoard board;
    StatePayload state = bOnTrial;
    state.floorCounter = 7;
    state.setIds[1] = {1, 2, 3, 4, 5, 6};
    REQUIRE(board.journal->commit(1, state));
    const JournalView written = board.view();
    board.powerCycle();
    CHECK(board.view().state == state);
    CHECK(board.view().activeSlot == 1);
    CHECK_FALSE(board.view().isLost);
    CHECK(board.view().wordsUsed == 2);
    CHECK(board.wordAt(0).payload == board.wordAt(1).payload);
    CHECK(written.state == board.view().state);
    CHECK(written.wordsUsed == board.view().wordsUsed);
}

TEST_CASE("a State that the log already ends with, twice, is not appended", "[journal][R3]")
{
    JournalBoard board;
    REQUIRE(begins(board, bOnTrial));
    board.powerCycle();
    REQUIRE(begins(board, bOnTrial));
    CHECK(board.view().wordsUsed == 2);
}

TEST_CASE("a State that the log ends with only once is appended twice", "[journal][R3]")
{
    JournalBoard board;
    board.poke(0, {JournalType::State, 1, 1, encode(bOnTrial)});
    board.powerCycle();
    REQUIRE(begins(board, bOnTrial));
    CHECK(board.view().wordsUsed == 3);
}

TEST_CASE("two equal States with a void word behind them are not the end", "[journal][R1][R3]")
{
    JournalBoard board;
    REQUIRE(begins(board, bOnTrial));
    board.flash.damage(board.addressOf(2), Cell::Bad);
    board.powerCycle();
    REQUIRE(begins(board, bOnTrial));
    CHECK(board.view().wordsUsed == 5);
}

TEST_CASE("the first append of a power cycle is preceded by the current State twice",
          "[journal][R3]")
{
    JournalBoard board;
    REQUIRE(begins(board, bOnTrial));
    board.powerCycle();
    REQUIRE(board.journal->appendTrial(Slot::B, {}));
    REQUIRE(board.journal->appendDownloadBegin(Slot::A, someHash));
    CHECK(board.view().wordsUsed == 6);
    CHECK(board.wordAt(2).type == JournalType::State);
    CHECK(board.wordAt(3).type == JournalType::State);
    CHECK(board.wordAt(4).type == JournalType::Trial);
    CHECK(board.wordAt(5).type == JournalType::DownloadBegin);
}

TEST_CASE("a word that does not read back gives way to the next one", "[journal][R2]")
{
    JournalBoard board;
    REQUIRE(begins(board, bOnTrial));
    SECTION("a worn cell")
    {
        board.flash.failIn(smallMap.journal, 3);
    }
    SECTION("a weak one")
    {
        for (std::uint32_t word = 2; word < 5; ++word)
            board.flash.damage(board.addressOf(word), Cell::WeakBlank);
    }
    REQUIRE(board.journal->commit(0, bPartial));
    board.powerCycle();
    CHECK(board.view().state == bPartial);
}

TEST_CASE("a journal where nothing can be appended says so and asks for compaction",
          "[journal][R2]")
{
    JournalBoard board;
    REQUIRE(begins(board, bOnTrial));
    board.flash.failIn(smallMap.journal, 1000);
    const std::uint64_t before = board.flash.operations();
    CHECK_FALSE(board.journal->commit(0, bPartial));
    CHECK(board.flash.operations() - before <= 8);
    CHECK(board.journal->needsCompaction());
    CHECK_FALSE(board.journal->isReadOnly());
}

TEST_CASE("a write-protected journal is read-only at once", "[journal][R2]")
{
    JournalBoard board;
    REQUIRE(begins(board, bOnTrial));
    board.flash.optionBytes().writeProtectionBank1 = 0x7E; // sectors 0 and 7
    board.powerCycle();
    CHECK_FALSE(board.journal->appendTrial(Slot::B, {}));
    CHECK(board.journal->isReadOnly());
    CHECK(board.view().wordsUsed == 2);
    CHECK_FALSE(board.journal->eraseAndRebuild(1, bOnTrial));
}

TEST_CASE("a full journal takes nothing more and stays readable", "[journal][R2]")
{
    JournalBoard board;
    REQUIRE(begins(board, bOnTrial));
    const std::uint32_t last = smallMap.journalWords() - 1;
    board.poke(last, {JournalType::State, 1, 3, encode(bOnTrial)});
    board.powerCycle();
    CHECK_FALSE(board.journal->commit(0, bPartial));
    CHECK(board.view().state == bOnTrial);
}

TEST_CASE("a log without a State in its first two words is lost", "[journal][R9]")
{
    JournalBoard board;
    const JournalWord state{JournalType::State, 1, 1, encode(bOnTrial)};
    SECTION("State in the first word only")
    {
        board.poke(0, state);
        board.powerCycle();
        CHECK_FALSE(board.view().isLost);
    }
    SECTION("State in the second word only")
    {
        board.poke(1, state);
        board.powerCycle();
        CHECK_FALSE(board.view().isLost);
    }
    SECTION("State in the third word only: nothing is appended to such a log")
    {
        board.poke(2, state);
        board.powerCycle();
        CHECK(board.view().isLost);
        CHECK_FALSE(board.view().isBlank);
        CHECK_FALSE(board.journal->commit(1, bOnTrial));
        CHECK_FALSE(board.journal->appendTrial(Slot::B, {}));
    }
}

TEST_CASE("compaction is due when fewer than 256 words are left", "[journal][R9]")
{
    JournalBoard board;
    board.poke(0, {JournalType::State, 1, 1, encode(bOnTrial)});
    const std::uint32_t used = smallMap.journalWords() - 256;
    board.poke(used - 1, {JournalType::State, 1, 2, encode(bOnTrial)});
    board.powerCycle();
    CHECK_FALSE(board.journal->needsCompaction());
    board.poke(used, {JournalType::State, 1, 3, encode(bOnTrial)});
    board.powerCycle();
    CHECK(board.journal->needsCompaction());
}

TEST_CASE("a rebuilt journal holds just the new State", "[journal][R9]")
{
    JournalBoard board;
    board.poke(40, {JournalType::Trial, 1, 7, {}});
    board.powerCycle();
    REQUIRE(board.journal->eraseAndRebuild(0, bConfirmed));
    board.powerCycle();
    CHECK_FALSE(board.view().isLost);
    CHECK(board.view().wordsUsed == 2);
    CHECK(board.view().activeSlot == 0);
    CHECK(board.view().state == bConfirmed);
    CHECK_FALSE(board.view().trial);
}

TEST_CASE("a rebuild that does not reach the first two words leaves the journal read-only",
          "[journal][R9]")
{
    JournalBoard board;
    board.flash.failIn({smallMap.journal.address, 2 * flashWordBytes}, 3); // the erase, two words
    CHECK_FALSE(board.journal->eraseAndRebuild(0, bConfirmed));
    CHECK(board.journal->isReadOnly());
    board.flash.failIn({smallMap.journal.address + flashWordBytes, flashWordBytes}, 1);
    CHECK_FALSE(board.journal->eraseAndRebuild(0, bConfirmed));
    CHECK(board.journal->isReadOnly());
}

TEST_CASE("a cut commit leaves the old State or the new one, and the next append settles which",
          "[journal][power-loss][R3]")
{
    const auto tear =
        GENERATE(Tear::Clean, Tear::TornGood, Tear::TornBlank, Tear::TornBad, Tear::TornFlaky);
    const std::uint64_t operation = GENERATE(1U, 2U);
    const std::uint32_t daysUntilAppend = GENERATE(0U, 3U);
    const std::uint64_t seed = GENERATE(range(1U, 20U));
    const auto isOldOrNew = [](const StatePayload& state) {
        return state == bOnTrial || state == bPartial;
    };
    JournalBoard board;
    board.flash.setSeed(seed);
    REQUIRE(begins(board, bOnTrial));
    board.flash.cutPowerAt(board.flash.operations() + operation, tear);
    CHECK_THROWS_AS(board.journal->commit(0, bPartial), PowerLoss);
    board.powerCycle();
    for (std::uint32_t day = 0; day < daysUntilAppend; ++day, board.powerCycle())
        CHECK(isOldOrNew(board.view().state));

    const StatePayload found = board.view().state;
    CHECK(isOldOrNew(found));
    REQUIRE(board.journal->appendDownloadBegin(Slot::B, someHash));
    for (int day = 0; day < 5; ++day) {
        board.powerCycle();
        CHECK(board.view().state == found);
        CHECK(board.view().activeSlot == (found == bPartial ? 0 : 1));
    }
}
