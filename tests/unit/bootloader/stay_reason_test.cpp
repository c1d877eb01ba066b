// boot.md, Power-on 3: why a start ends in update mode although there is a set to run.
#include "start_board.h"

using namespace start_board;

TEST_CASE("each reason to stay leads to update mode under its own name", "[start_up][stay]")
{
    RunningBoard it;
    UpdateReason reason = UpdateReason::None;
    ResetCause cause = ResetCause::PowerOn;
    SECTION("the application's request")
    {
        it.board.setBackup(H755_BACKUP_REQUEST, H755_BOOT_REQUEST_UPDATE);
        reason = UpdateReason::Requested;
    }
    SECTION("a request for the ROM loader that the board's main has not granted")
    {
        it.board.setBackup(H755_BACKUP_REQUEST, H755_BOOT_REQUEST_ROM);
        reason = UpdateReason::Requested;
    }
    SECTION("the button")
    {
        it.board.mutableFacts().isButtonHeld = true;
        reason = UpdateReason::Button;
    }
    SECTION("reset pressed twice")
    {
        CHECK(it.start(ResetCause::Pin).run == Slot::A);
        cause = ResetCause::Pin;
        reason = UpdateReason::DoubleReset;
    }
    SECTION("BCM4 = 1")
    {
        it.flash.optionBytes().bootCm4 = 1;
        reason = UpdateReason::BootCm4Set;
    }
    SECTION("two faults in a row")
    {
        setFaultRecord(it.board, {2, 0x8200, 0, 0});
        reason = UpdateReason::FaultRepeated;
    }
    SECTION("none")
    {
    }
    const StartResult result = it.start(cause);
    CHECK(result.reason == reason);
    CHECK(result.run.has_value() == (reason == UpdateReason::None));
}

TEST_CASE("the stronger reason is named", "[start_up][stay]")
{
    RunningBoard it;
    it.board.setBackup(H755_BACKUP_REQUEST, H755_BOOT_REQUEST_UPDATE);
    it.board.mutableFacts().isButtonHeld = true;
    CHECK(it.start().reason == UpdateReason::Button);
    it.board.mutableFacts().isButtonHeld = false;
    CHECK(it.start().run == Slot::A); // the request was taken, too
}

TEST_CASE("reset pressed twice with healthy firmware in between is no double reset",
          "[start_up][stay]")
{
    RunningBoard it;
    it.start(ResetCause::Pin);
    SECTION("boot-client's healthy")
    {
        setStartCounter(it.board, {});
    }
    SECTION("another reset")
    {
        it.start(ResetCause::PowerOn);
    }
    CHECK(it.start(ResetCause::Pin).run == Slot::A);
}

TEST_CASE("firmware without boot-client could never clear the taps, so they do not count",
          "[start_up][stay]")
{
    UpdatedBoard it{release(3)};
    for (int start = 0; start < 4; ++start)
        CHECK(it.start(ResetCause::Pin).run == Slot::B);
}

TEST_CASE("five starts that boot-client never called healthy lead to update mode once",
          "[start_up][stay]")
{
    RunningBoard it;
    for (int start = 0; start < 5; ++start)
        CHECK(it.start(ResetCause::Watchdog).run == Slot::A);
    CHECK(it.start(ResetCause::Watchdog).reason == UpdateReason::UnhealthyStarts);
    CHECK(it.start(ResetCause::Software).run == Slot::A);
}

TEST_CASE("a healthy start begins the count again", "[start_up][stay]")
{
    RunningBoard it;
    for (int start = 0; start < 12; ++start) {
        CHECK(it.start(ResetCause::PowerOn).run == Slot::A);
        if (start % 4 == 3) setStartCounter(it.board, {});
    }
}

TEST_CASE("firmware without boot-client is never unhealthy", "[start_up][stay]")
{
    UpdatedBoard it{release(3)};
    for (int start = 0; start < 8; ++start)
        CHECK(it.start(ResetCause::Watchdog).run == Slot::B);
}

TEST_CASE("a trial has limits of its own", "[start_up][stay]")
{
    UpdatedBoard it;
    for (int start = 0; start < 7; ++start)
        CHECK(it.start(ResetCause::PowerOn).run == Slot::B); // more than five, fewer than eight
}

TEST_CASE("one fault is forgotten once a set runs", "[start_up][stay]")
{
    RunningBoard it;
    setFaultRecord(it.board, {1, 0x8200, 0, 0});
    CHECK(it.start(ResetCause::Software).run == Slot::A);
    CHECK(faultRecord(it.board).count == 0);
}

TEST_CASE("minimal update mode touches neither sets nor journal, and the next start is a real one",
          "[start_up][stay]")
{
    UpdatedBoard it;
    it.flash.damage(tinyMap.journal.address, Cell::Bad);
    it.flash.damage(tinyMap.journal.address + flashWordBytes, Cell::Bad);
    setFaultRecord(it.board, {2, 0x8200, 0x24, 0x1234});
    const std::uint64_t operations = it.flash.operations();
    CHECK(it.start(ResetCause::Software).reason == UpdateReason::FaultRepeated);
    CHECK(it.flash.operations() == operations);
    CHECK(it.journal->view().wordsUsed == 0); // not even read
    CHECK(faultRecord(it.board) == FaultRecord{1, 0x8200, 0x24, 0x1234});
    CHECK(it.start(ResetCause::Software).run == Slot::B);
}

TEST_CASE("every start takes ticket and hand-off record away, also into update mode",
          "[start_up][stay]")
{
    UpdatedBoard it;
    it.start();
    REQUIRE(it.hasTicket());
    it.board.mutableFacts().isButtonHeld = true;
    it.start(ResetCause::Software);
    CHECK_FALSE(it.hasTicket());
    CHECK(it.board.backup(H755_BACKUP_HAND_OFF_MAGIC) == 0);
}

TEST_CASE("a trial's end counts also when the next start stays in update mode", "[start_up][stay]")
{
    UpdatedBoard it;
    it.start();
    it.board.setBackup(H755_BACKUP_REQUEST, H755_BOOT_REQUEST_UPDATE);
    it.start(ResetCause::Software);
    CHECK(it.journal->view().state.crashStarts() == 1);
    CHECK(it.stateOf(Slot::B) == SlotState::Trial);
    it.start(ResetCause::Software);
    CHECK(it.journal->view().state.crashStarts() == 1); // once
}

TEST_CASE("a lost journal is rebuilt also when the start stays in update mode", "[start_up][stay]")
{
    UpdatedBoard it;
    it.flash.damage(tinyMap.journal.address, Cell::Bad);
    it.flash.damage(tinyMap.journal.address + flashWordBytes, Cell::Bad);
    it.board.mutableFacts().isButtonHeld = true;
    CHECK(it.start().reason == UpdateReason::Button);
    CHECK_FALSE(it.journal->view().isLost);
    CHECK(it.journal->view().activeSlot == 1);
}

TEST_CASE("the rescue window opens once after a power-on on a cable", "[start_up][stay]")
{
    RunningBoard it;
    it.board.mutableFacts().wantsRescueWindow = true;
    CHECK(it.start().reason == UpdateReason::RescueWindow);
    CHECK(it.start(ResetCause::Software).run == Slot::A); // the window has closed
    CHECK(it.start(ResetCause::Watchdog).run == Slot::A);
    CHECK(it.start(ResetCause::Pin).run == Slot::A);
    it.board.mutableFacts().hasBusPower = false;
    CHECK(it.start().run == Slot::A);
}

TEST_CASE("without a button and without boot-client the rescue window always opens",
          "[start_up][stay]")
{
    UpdatedBoard it{release(3)};
    it.board.mutableFacts().hasButton = false;
    CHECK(it.start().reason == UpdateReason::RescueWindow);
    CHECK(it.start(ResetCause::Software).run == Slot::B);
}

TEST_CASE("a device that boot-client can send to update mode needs no rescue window",
          "[start_up][stay]")
{
    RunningBoard it;
    it.board.mutableFacts().hasButton = false;
    CHECK(it.start().run == Slot::A);
}

TEST_CASE("the rescue window uses up no start of a trial", "[start_up][stay]")
{
    UpdatedBoard it;
    it.board.mutableFacts().wantsRescueWindow = true;
    for (int start = 0; start < 8; ++start) {
        CHECK(it.start().reason == UpdateReason::RescueWindow);
        CHECK_FALSE(it.hasTicket());
        const StartResult behind = it.start(ResetCause::Software);
        CHECK(behind.run == Slot::B);
        CHECK(behind.isTrial);
    }
    // Each of the eight has ended by power-off, none by the restart behind the window.
    CHECK(it.start().reason == UpdateReason::RescueWindow);
    CHECK(it.start(ResetCause::Software).run == Slot::A);
    CHECK(it.journal->view().state.reason == Reason::PowerOff);
}
