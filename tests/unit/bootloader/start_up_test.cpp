#include "start_board.h"

using namespace start_board;

TEST_CASE("a blank board enters update mode with a new journal and erases nothing else",
          "[start_up][R9]")
{
    StartBoard it;
    const StartResult result = it.start();
    CHECK_FALSE(result.run);
    CHECK(result.reason == UpdateReason::NoValidSet);
    for (const FlashOperation& operation : it.flash.history())
        CHECK(tinyMap.journal.contains(operation.address));
    CHECK_FALSE(it.journal->view().isLost);
    CHECK(it.journal->view().activeSlot == noSet);

    const std::uint64_t operations = it.flash.operations();
    it.start();
    CHECK(it.flash.operations() == operations);
}

TEST_CASE("a confirmed set runs, and the start writes nothing", "[start_up][R3]")
{
    RunningBoard it;
    const std::uint64_t operations = it.flash.operations();
    const StartResult result = it.start();
    CHECK(result.run == Slot::A);
    CHECK_FALSE(result.isTrial);
    CHECK(result.startM4);
    CHECK(result.m7Vectors == it.addressOf(Core::M7, Slot::A) + 0x400);
    CHECK(result.m4Vectors == it.addressOf(Core::M4, Slot::A) + 0x400);
    CHECK(it.flash.operations() == operations);
    CHECK(it.handedState() == SlotState::Confirmed);
    CHECK_FALSE(it.hasTicket());
    CHECK_FALSE(it.isWatchdogRunning());
    CHECK(it.board.backup(H755_BACKUP_M4_VECTORS) == result.m4Vectors);
    CHECK(it.board.backup(H755_BACKUP_LAST_RESET) == 2); // power-on
}

TEST_CASE("a new set runs as a trial: counted, with ticket, watchdog and hand-off record",
          "[start_up]")
{
    UpdatedBoard it;
    const StartResult result = it.start(ResetCause::Software);
    CHECK(result.run == Slot::B);
    CHECK(result.isTrial);
    CHECK(it.journal->view().trial == Slot::B);
    CHECK(it.journal->view().trialStart.startNumber == 1);
    CHECK(it.journal->view().trialStart.lastReset == ResetCause::Software);
    CHECK(it.handedState() == SlotState::Trial);
    CHECK(it.hasTicket());
    CHECK(it.isWatchdogRunning());
}

TEST_CASE("a confirmed trial is sealed by two States at the next start and stays", "[start_up][R3]")
{
    UpdatedBoard it;
    it.start();
    it.confirm();
    const std::uint32_t words = it.journal->view().wordsUsed + 1;
    const StartResult result = it.start(ResetCause::Watchdog);
    CHECK(result.run == Slot::B);
    CHECK_FALSE(result.isTrial);
    CHECK(it.stateOf(Slot::B) == SlotState::Confirmed);
    CHECK(it.stateOf(Slot::A) == SlotState::Confirmed);
    CHECK(it.journal->view().wordsUsed == words + 2);
    it.start();
    CHECK(it.journal->view().wordsUsed == words + 2);
}

TEST_CASE("a trial that crashes twice is reverted", "[start_up]")
{
    UpdatedBoard it;
    const auto crash = GENERATE(ResetCause::Watchdog, ResetCause::Software, ResetCause::Fault);
    CHECK(it.start().run == Slot::B);
    const StartResult second = it.start(crash);
    CHECK(second.run == Slot::B);
    CHECK(it.journal->view().trialStart.startNumber == 2);
    const StartResult third = it.start(crash);
    CHECK(third.run == Slot::A);
    CHECK_FALSE(third.isTrial);
    CHECK(it.stateOf(Slot::B) == SlotState::Reverted);
    CHECK(it.journal->view().state.reason == Reason::Watchdog);
    CHECK(it.start(crash).run == Slot::A);
}

TEST_CASE("a trial that is unplugged eight times is reverted", "[start_up]")
{
    UpdatedBoard it;
    for (int start = 0; start < 8; ++start)
        CHECK(it.start(ResetCause::PowerOn).run == Slot::B);
    CHECK(it.start(ResetCause::PowerOn).run == Slot::A);
    CHECK(it.journal->view().state.reason == Reason::PowerOff);
}

TEST_CASE("without another set a failed trial waits in update mode, then gets another chance",
          "[start_up][R6]")
{
    UpdatedBoard it;
    it.damage(Core::M4, Slot::A);
    it.start();
    it.start(ResetCause::Watchdog);
    const StartResult failed = it.start(ResetCause::Watchdog);
    CHECK_FALSE(failed.run);
    CHECK(failed.reason == UpdateReason::TrialFailed);
    CHECK(it.start(ResetCause::Software).run == Slot::B); // update mode restarts after 60 s
}

TEST_CASE("a set without boot-client is confirmed before it runs", "[start_up]")
{
    UpdatedBoard it{release(3)};
    const StartResult result = it.start();
    CHECK(result.run == Slot::B);
    CHECK_FALSE(result.isTrial);
    CHECK(it.stateOf(Slot::B) == SlotState::Confirmed);
    CHECK(it.handedState() == SlotState::Confirmed);
    CHECK_FALSE(it.hasTicket());
    CHECK_FALSE(it.isWatchdogRunning());
    CHECK(it.start(ResetCause::Watchdog).run == Slot::B);
}

TEST_CASE("an application that starts the M4 itself is left to it", "[start_up]")
{
    const std::uint16_t flags = set_flags::applicationStartsM4;
    UpdatedBoard it{
        test_support::makeRelease(tinyMap, {.version = {4}, .counter = 2, .flags = flags})};
    CHECK_FALSE(it.start().startM4);
}

TEST_CASE("a rotten set gives way to the other one", "[start_up][R6]")
{
    UpdatedBoard it;
    it.start();
    it.confirm();
    it.start();
    it.damage(GENERATE(Core::M7, Core::M4), Slot::B);
    CHECK(it.start().run == Slot::A);
    CHECK(it.stateOf(Slot::B) == SlotState::Invalid);
    CHECK(it.journal->view().state.reason == Reason::Rotted);
}

TEST_CASE("two half-rotten sets never make one", "[start_up][R6]")
{
    UpdatedBoard it;
    const Core core = GENERATE(Core::M7, Core::M4);
    it.damage(core, Slot::A);
    it.damage(core == Core::M7 ? Core::M4 : Core::M7, Slot::B);
    for (int start = 0; start < 3; ++start) {
        const StartResult result = it.start();
        CHECK_FALSE(result.run);
        CHECK(result.reason == UpdateReason::NoValidSet);
    }
}

TEST_CASE("cores of different releases in one slot do not run", "[start_up]")
{
    RunningBoard it;
    const auto& m4 = release(2).images[index(Core::M4)][index(Slot::A)];
    it.flash.poke(it.addressOf(Core::M4, Slot::A), m4);
    CHECK(it.start().reason == UpdateReason::NoValidSet);
}

TEST_CASE("after a lost journal the best set runs on trial, the other one stays its fallback",
          "[start_up][R9]")
{
    UpdatedBoard it;
    for (std::uint32_t word = 0; word < 2; ++word)
        it.flash.damage(tinyMap.journal.address + word * flashWordBytes, Cell::Bad);
    const std::size_t before = it.flash.history().size();
    const StartResult result = it.start();
    CHECK(result.run == Slot::B);
    CHECK(result.isTrial);
    CHECK(it.journal->view().state.floorCounter == 1);
    CHECK(it.journal->view().state.reason == Reason::JournalLost);
    for (std::size_t i = before; i < it.flash.history().size(); ++i)
        CHECK(tinyMap.journal.contains(it.flash.history()[i].address));
    it.start(ResetCause::Watchdog);
    CHECK(it.start(ResetCause::Watchdog).run == Slot::A);
}

TEST_CASE("sets that somebody put there past the journal are taken as found", "[start_up][R9]")
{
    RunningBoard it;
    it.install(release(2), Slot::A); // as through the ROM loader
    CHECK(it.start().run == Slot::A);
    CHECK(it.journal->view().trial == Slot::A);
    CHECK(it.journal->view().state.setIds[0] == prefix<6>(release(2).header.setId));
}

TEST_CASE("the floor rises with a confirmed set that asks for it", "[start_up][floor]")
{
    const std::uint16_t flags = set_flags::confirmsItself | set_flags::raiseFloorAtConfirm;
    UpdatedBoard it{test_support::makeRelease(
        tinyMap, {.version = {4}, .counter = 9, .flags = flags, .keyIndex = 1})};
    it.start();
    CHECK(it.journal->view().state.floorCounter == 0);
    it.confirm();
    it.start();
    CHECK(it.journal->view().state.floorCounter == 9);
    CHECK(it.journal->view().state.floorKeyIndex == 1);
    it.damage(Core::M7, Slot::B);
    CHECK(it.start().run == Slot::A); // a fallback is never outlawed
}

TEST_CASE("a journal that takes nothing lets the last confirmed set run", "[start_up][R2]")
{
    UpdatedBoard it;
    SECTION("write-protected")
    {
        it.flash.optionBytes().writeProtectionBank1 = 0x7E;
        CHECK(it.start().run == Slot::A);
        CHECK(it.journal->isReadOnly());
    }
    SECTION("worn")
    {
        it.flash.failIn(tinyMap.journal, 1000);
        CHECK(it.start().run == Slot::A);
    }
    SECTION("with no confirmed set, any valid one, which is not reported as confirmed")
    {
        it.damage(Core::M7, Slot::A);
        it.flash.failIn(tinyMap.journal, 1000);
        const StartResult result = it.start();
        CHECK(result.run == Slot::B);
        CHECK_FALSE(result.isTrial);
        CHECK(it.handedState() == SlotState::Ready);
    }
    CHECK_FALSE(it.hasTicket());
}

TEST_CASE("firmware that was installed without a journal runs although the log calls it unfinished",
          "[start_up][R2]")
{
    StartBoard it;
    it.install(release(1), Slot::A);
    it.commit(Slot::A, SlotState::Partial);
    SECTION("if the journal takes no words")
    {
        it.flash.failIn(tinyMap.journal, 1000);
        CHECK(it.start().run == Slot::A);
        CHECK(it.start().run == Slot::A);
    }
    SECTION("but not if it does: then a cut has ended the download")
    {
        CHECK(it.start().reason == UpdateReason::NoValidSet);
        CHECK(it.journal->view().state.reason == Reason::Unfinished);
        const std::uint32_t words = it.journal->view().wordsUsed;
        CHECK(it.start().reason == UpdateReason::NoValidSet);
        CHECK(it.journal->view().wordsUsed == words);
    }
}

TEST_CASE("without a journal, a set that nobody has confirmed runs under the watchdog",
          "[start_up][R2]")
{
    UpdatedBoard it;
    it.flash.failIn(tinyMap.journal, 1000);
    SECTION("which a hang must not outlast")
    {
        it.damage(Core::M7, Slot::A);
        REQUIRE(it.start().run == Slot::B);
        CHECK(it.isWatchdogRunning());
    }
    SECTION("unlike a confirmed one")
    {
        REQUIRE(it.start().run == Slot::A);
        CHECK_FALSE(it.isWatchdogRunning());
    }
}

TEST_CASE("a lost journal that cannot be erased lets the best set run", "[start_up][R2][R9]")
{
    UpdatedBoard it;
    for (std::uint32_t word = 0; word < 2; ++word)
        it.flash.damage(tinyMap.journal.address + word * flashWordBytes, Cell::Bad);
    it.flash.optionBytes().writeProtectionBank1 = 0x7E;
    const StartResult result = it.start();
    CHECK(result.run == Slot::B);
    CHECK_FALSE(result.isTrial);
    CHECK(it.handedState() == SlotState::Ready);
}

TEST_CASE("a start that is cut at any flash operation is made up for by the next one",
          "[start_up][power-loss]")
{
    enum class Story { LostJournal, FirstTrial, Crashed, Reverting, Confirmed, Rotten };
    const auto story = GENERATE(Story::LostJournal, Story::FirstTrial, Story::Crashed,
                                Story::Reverting, Story::Confirmed, Story::Rotten);
    const auto tear =
        GENERATE(Tear::Clean, Tear::TornGood, Tear::TornBlank, Tear::TornBad, Tear::TornFlaky);
    ResetCause cause = ResetCause::PowerOn;
    Slot expected = Slot::B;
    UpdatedBoard it;
    switch (story) {
    case Story::LostJournal:
        it.flash.damage(tinyMap.journal.address, Cell::Bad);
        it.flash.damage(tinyMap.journal.address + flashWordBytes, Cell::Bad);
        break;
    case Story::FirstTrial: break;
    case Story::Reverting:
        it.start();
        cause = ResetCause::Watchdog;
        it.start(cause);
        expected = Slot::A;
        break;
    case Story::Crashed:
        it.start();
        cause = ResetCause::Watchdog;
        break;
    case Story::Confirmed:
        it.start();
        it.confirm();
        break;
    case Story::Rotten:
        it.damage(Core::M4, Slot::B);
        expected = Slot::A;
        break;
    }
    const virtual_h755::FlashContents before = it.flash.snapshot();
    bool isCut = true;
    for (std::uint64_t cut = 1; isCut; ++cut) {
        CAPTURE(static_cast<int>(story), static_cast<int>(tear), cut);
        it.flash.restore(before);
        it.flash.setSeed(cut);
        it.flash.cutPowerAt(it.flash.operations() + cut, tear);
        try {
            it.startUntilCut(cause);
            isCut = false;
            REQUIRE(cut > 2); // the story does write
        } catch (const PowerLoss&) {
        }
        CHECK(it.start(ResetCause::PowerOn).run == expected);
    }
}
