#include "journal_board.h"

using namespace journal_board;

namespace {

JournalWord confirmOf(std::uint32_t trialSequence, Slot slot = Slot::B)
{
    return {JournalType::Confirm, static_cast<std::uint8_t>(slot), trialSequence + 1,
            encode(ConfirmPayload{someSet, {}})};
}

} // namespace

TEST_CASE("a void word never ends the log", "[journal][R1]")
{
    JournalBoard board;
    REQUIRE(begins(board, bOnTrial));
    JournalWord damaged{JournalType::State, 0, 3, encode(bConfirmed)};
    SECTION("an ECC error")
    {
        board.flash.damage(board.addressOf(2), Cell::Bad);
    }
    SECTION("a wrong CRC")
    {
        auto bytes = encode(damaged);
        bytes[31] ^= 1;
        board.flash.poke(board.addressOf(2), bytes);
    }
    SECTION("a slot that does not exist")
    {
        damaged.set = 2;
        board.poke(2, damaged);
    }
    SECTION("a Trial of no slot")
    {
        board.poke(2, {JournalType::Trial, noSet, 3, {}});
    }
    SECTION("blank")
    {
    }
    board.poke(3, {JournalType::State, 0, 4, encode(bPartial)});
    board.powerCycle();
    CHECK(board.view().state == bPartial);
    CHECK(board.view().wordsUsed == 4);
    CHECK_FALSE(board.view().trial);
}

TEST_CASE("the log ends behind its last non-blank word, readable or not", "[journal][R1]")
{
    JournalBoard board;
    REQUIRE(begins(board, bOnTrial));
    board.flash.damage(board.addressOf(7), Cell::Bad);
    board.powerCycle();
    CHECK(board.view().wordsUsed == 8);
    REQUIRE(board.journal->commit(0, bPartial));
    CHECK(board.wordAt(8).type == JournalType::State);
}

TEST_CASE("a Trial behind the last State puts its slot on trial until the next State", "[journal]")
{
    JournalBoard board;
    REQUIRE(begins(board, bOnTrial));
    TrialPayload trial;
    trial.startNumber = 2;
    trial.lastReset = ResetCause::Watchdog;
    REQUIRE(board.journal->appendTrial(Slot::B, trial));
    board.powerCycle();
    CHECK(board.view().trial == Slot::B);
    CHECK(board.view().trialStart.startNumber == 2);
    CHECK(board.view().trialStart.lastReset == ResetCause::Watchdog);
    REQUIRE(board.journal->commit(0, bConfirmed));
    board.powerCycle();
    CHECK_FALSE(board.view().trial);
}

TEST_CASE("the ticket's word, programmed at its address, confirms the trial", "[journal]")
{
    JournalBoard board;
    REQUIRE(begins(board, bOnTrial));
    REQUIRE(board.journal->appendTrial(Slot::B, {}));
    const auto ticket = board.journal->ticket(Slot::B, someSet);
    REQUIRE(ticket);
    CHECK(ticket->address == board.addressOf(3));
    const std::uint32_t tries = GENERATE(0U, 1U, H755_TICKET_TRIES - 1U); // void words before it
    for (std::uint32_t word = 0; word < tries; ++word)
        board.flash.damage(ticket->address + word * flashWordBytes, Cell::Bad);
    board.flash.poke(ticket->address + tries * flashWordBytes, ticket->word);
    board.powerCycle();
    CHECK(board.view().trial == Slot::B);
    CHECK(board.view().isTrialConfirmed);
}

TEST_CASE("there is no ticket without a Trial of that slot at the end", "[journal]")
{
    JournalBoard board;
    REQUIRE(begins(board, bOnTrial));
    CHECK_FALSE(board.journal->ticket(Slot::B, someSet));
    REQUIRE(board.journal->appendTrial(Slot::B, {}));
    CHECK_FALSE(board.journal->ticket(Slot::A, someSet));
    REQUIRE(board.journal->commit(1, bPartial));
    CHECK_FALSE(board.journal->ticket(Slot::B, someSet));
}

TEST_CASE("there is no ticket without room for all its tries", "[journal]")
{
    JournalBoard board;
    REQUIRE(begins(board, bOnTrial));
    const std::uint32_t words = smallMap.journalWords();
    const std::uint32_t left = GENERATE(3U, 4U);
    // Two States and the Trial itself come first.
    board.poke(words - left - 4, {JournalType::State, 1, 3, encode(bOnTrial)});
    board.powerCycle();
    REQUIRE(board.journal->appendTrial(Slot::B, {}));
    REQUIRE(words - board.view().wordsUsed == left);
    CHECK(board.journal->ticket(Slot::B, someSet).has_value() == (left == 4));
}

TEST_CASE("a Confirm counts only as the first valid word behind its own Trial", "[journal]")
{
    JournalBoard board;
    REQUIRE(begins(board, bOnTrial));
    REQUIRE(board.journal->appendTrial(Slot::B, {}));
    const std::uint32_t sequence = board.view().trialSequence;
    SECTION("another sequence")
    {
        board.poke(3, confirmOf(sequence + 1));
    }
    SECTION("another slot")
    {
        board.poke(3, confirmOf(sequence, Slot::A));
    }
    SECTION("a valid word in between")
    {
        board.poke(3, {JournalType::SectorDone, 1, sequence + 1, {}});
        board.poke(4, confirmOf(sequence));
    }
    SECTION("an earlier Trial's, late")
    {
        board.powerCycle();
        REQUIRE(board.journal->appendTrial(Slot::B, {}));
        board.poke(6, confirmOf(sequence));
    }
    SECTION("behind a State")
    {
        board.poke(3, {JournalType::State, 1, sequence + 1, encode(bOnTrial)});
        board.poke(4, confirmOf(sequence));
    }
    board.powerCycle();
    CHECK_FALSE(board.view().isTrialConfirmed);
}

TEST_CASE("a stale Confirm that becomes readable later is outlived by the States behind it",
          "[journal][R3]")
{
    JournalBoard board;
    REQUIRE(begins(board, bOnTrial));
    REQUIRE(board.journal->appendTrial(Slot::B, {}));
    const auto ticket = board.journal->ticket(Slot::B, someSet);
    board.flash.poke(ticket->address, ticket->word);
    board.flash.damage(ticket->address, Cell::Bad);
    board.powerCycle();
    REQUIRE(board.journal->commit(1, bOnTrial));
    board.flash.damage(ticket->address, Cell::Programmed); // a better day
    board.powerCycle();
    CHECK_FALSE(board.view().isTrialConfirmed);
    CHECK_FALSE(board.view().trial);
}

TEST_CASE("finished sectors belong to the last DownloadBegin", "[journal]")
{
    JournalBoard board;
    REQUIRE(begins(board, bPartial));
    REQUIRE(board.journal->appendDownloadBegin(Slot::B, {1}));
    REQUIRE(board.journal->appendSectorDone(Slot::B, {Core::M4, 2, {1}}));
    REQUIRE(board.journal->appendDownloadBegin(Slot::B, {2}));
    REQUIRE(board.journal->appendSectorDone(Slot::B, {Core::M7, 0, {3}}));
    REQUIRE(board.journal->appendSectorDone(Slot::B, {Core::M7, 1, {4}}));
    REQUIRE(board.journal->appendSectorDone(Slot::B, {Core::M7, 0, {5}})); // written again
    REQUIRE(board.journal->appendSectorDone(Slot::A, {Core::M7, 2, {6}})); // not this download's
    board.powerCycle();
    REQUIRE(board.view().download);
    const boot::Download& download = *board.view().download;
    CHECK(download.slot == Slot::B);
    CHECK(download.headerHash == ByteArray<16>{2});
    REQUIRE(download.finishedCount == 2);
    CHECK(download.finished[0].core == Core::M7);
    CHECK(download.finished[0].sectorOfSlot == 0);
    CHECK(download.finished[0].digest == ByteArray<16>{5});
    CHECK(download.finished[1].digest == ByteArray<16>{4});
}

TEST_CASE("sectors that no slot has are ignored", "[journal]")
{
    JournalBoard board;
    REQUIRE(begins(board, bPartial));
    REQUIRE(board.journal->appendDownloadBegin(Slot::B, someHash));
    REQUIRE(board.journal->appendSectorDone(Slot::B, {Core::M7, 3, {}}));
    REQUIRE(board.journal->appendSectorDone(Slot::B, {static_cast<Core>(2), 0, {}}));
    CHECK(board.view().download->finishedCount == 0);
}

TEST_CASE("every sector of both slots can be finished", "[journal]")
{
    JournalBoard board;
    REQUIRE(begins(board, bPartial));
    REQUIRE(board.journal->appendDownloadBegin(Slot::B, someHash));
    for (const Core core : cores) {
        for (std::uint8_t sector = 0; sector < smallMap.slotSectors(core); ++sector)
            REQUIRE(board.journal->appendSectorDone(Slot::B, {core, sector, {}}));
    }
    CHECK(board.view().download->finishedCount == 7);
}

TEST_CASE("a download ends once its set was tried or marked, not by another State",
          "[journal][R12]")
{
    JournalBoard board;
    REQUIRE(begins(board, bPartial));
    REQUIRE(board.journal->appendDownloadBegin(Slot::B, someHash));
    bool isAlive = true;
    SECTION("Partial, Checking and Ready keep it")
    {
        const auto state = GENERATE(SlotState::Partial, SlotState::Checking, SlotState::Ready);
        REQUIRE(board.journal->commit(0, stateOf(SlotState::Confirmed, state)));
    }
    SECTION("a Trial of its slot ends it")
    {
        REQUIRE(board.journal->appendTrial(Slot::B, {}));
        isAlive = false;
    }
    SECTION("a Trial of the other slot does not")
    {
        REQUIRE(board.journal->appendTrial(Slot::A, {}));
    }
    SECTION("a State that ends it")
    {
        const auto state = GENERATE(SlotState::Invalid, SlotState::Confirmed, SlotState::Trial,
                                    SlotState::Reverted);
        REQUIRE(board.journal->commit(0, stateOf(SlotState::Confirmed, state)));
        isAlive = false;
    }
    SECTION("the same of the other slot does not")
    {
        REQUIRE(board.journal->commit(0, stateOf(SlotState::Invalid, SlotState::Partial)));
    }
    board.powerCycle();
    CHECK(board.view().download.has_value() == isAlive);
}
