#include "start_board.h"

using namespace start_board;

namespace {

/// Release 1 runs from slot A; release 4, linked for slot A only, is staged in B and is next.
struct StagedBoard : RunningBoard {
    StagedBoard()
    {
        stage(release(4));
        commit(Slot::B, SlotState::Ready);
    }
    std::size_t operationsInSlotA(std::uint64_t since) const
    {
        const auto& history = flash.history();
        return static_cast<std::size_t>(
            std::count_if(history.begin() + static_cast<std::ptrdiff_t>(since), history.end(),
                          [&](const FlashOperation& operation) {
                              return tinyMap.slot(Core::M7, Slot::A).contains(operation.address) ||
                                     tinyMap.slot(Core::M4, Slot::A).contains(operation.address);
                          }));
    }
};

} // namespace

TEST_CASE("a staged set is copied to slot A and tried there", "[start_up][copy]")
{
    StagedBoard it;
    const StartResult result = it.start();
    CHECK(result.run == Slot::A);
    CHECK(result.isTrial);
    CHECK(it.holds(release(4), Slot::A));
    CHECK(it.holds(release(4), Slot::B));
    CHECK(it.stateOf(Slot::A) == SlotState::Ready);
    CHECK(it.stateOf(Slot::B) == SlotState::Ready);

    it.confirm();
    const std::uint64_t operations = it.flash.operations();
    CHECK(it.start().run == Slot::A);
    CHECK(it.stateOf(Slot::A) == SlotState::Confirmed);
    CHECK(it.operationsInSlotA(operations) == 0);
}

TEST_CASE("a copy cut at any operation is completed by the next start", "[start_up][copy]")
{
    StagedBoard whole;
    whole.start();
    const std::uint64_t before = StagedBoard{}.flash.operations();
    const Tear tear = GENERATE(Tear::TornBad, Tear::TornBlank);
    for (std::uint64_t cut = before + 1; cut <= whole.flash.operations(); ++cut) {
        CAPTURE(cut, static_cast<int>(tear));
        StagedBoard it;
        it.flash.cutPowerAt(cut, tear);
        REQUIRE_THROWS_AS(it.startUntilCut(ResetCause::PowerOn), PowerLoss);
        CHECK(it.holds(release(4), Slot::B));
        REQUIRE(it.start().run == Slot::A);
        CHECK(it.holds(release(4), Slot::A));
    }
}

TEST_CASE("slot A that is damaged later is repaired from the staged copy", "[start_up][copy][R6]")
{
    StagedBoard it;
    it.start();
    it.confirm();
    it.start();
    it.damage(GENERATE(Core::M7, Core::M4), Slot::A);
    const StartResult result = it.start();
    CHECK(result.run == Slot::A);
    CHECK(it.holds(release(4), Slot::A));
}

TEST_CASE("a staged copy that is damaged is not copied", "[start_up][copy][R5]")
{
    StagedBoard it;
    it.damage(Core::M4, Slot::B);
    const std::uint64_t operations = it.flash.operations();
    CHECK(it.start().run == Slot::A);
    CHECK(it.holds(release(1), Slot::A));
    CHECK(it.operationsInSlotA(operations) == 0);
}

TEST_CASE("a trial that crashes does not go back to its own copy", "[start_up][copy]")
{
    StagedBoard it;
    it.start();
    CHECK(it.start(ResetCause::Watchdog).run == Slot::A);
    const StartResult failed = it.start(ResetCause::Watchdog);
    CHECK(failed.reason == UpdateReason::TrialFailed);
}

TEST_CASE("slot A that cannot be written keeps the staged set and waits in update mode",
          "[start_up][copy]")
{
    StagedBoard it;
    it.flash.failIn(tinyMap.slot(Core::M4, Slot::A), 1000);
    const StartResult failed = it.start();
    CHECK_FALSE(failed.run);
    CHECK(failed.reason == UpdateReason::CopyFailed);
    CHECK(it.holds(release(4), Slot::B));
}

TEST_CASE("one failed erase does not end a copy", "[start_up][copy]")
{
    StagedBoard it;
    it.flash.failIn(tinyMap.slot(Core::M7, Slot::A), 1);
    CHECK(it.start().run == Slot::A);
    CHECK(it.holds(release(4), Slot::A));
}

TEST_CASE("words that are erased in a staged set are not programmed by its copy",
          "[start_up][copy][R8]")
{
    StagedBoard it;
    const std::uint32_t blank = it.addressOf(Core::M7, Slot::B) + 0x40; // the header's fill
    REQUIRE(it.flash.peek(blank, 32) == std::vector<std::uint8_t>(32, 0xFF));
    it.start();
    const auto& history = it.flash.history();
    CHECK(std::none_of(history.begin(), history.end(), [&](const FlashOperation& operation) {
        return operation.kind == FlashOperation::Kind::Program &&
               operation.address == it.addressOf(Core::M7, Slot::A) + 0x40;
    }));
}
