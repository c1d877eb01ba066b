// How update mode ends: asked for, after a complete download, or by itself.
#include "update_bench.h"

#include "bootloader/hand_off.h"

using namespace update_bench;
using vendor::RebootTarget;
using vendor::Request;

TEST_CASE("REBOOT restarts after the status stage", "[update-mode][reboot]")
{
    TwoSets bench;
    const auto reboot = [&](RebootTarget target) {
        return bench.vendorOut(Request::Reboot, static_cast<std::uint16_t>(target));
    };
    SECTION("normally")
    {
        REQUIRE(bench.mode->setup({vendor::deviceOut, 5, 0, 0, 0}).kind ==
                boot::SetupAnswer::Kind::Acknowledge);
        CHECK(bench.mode->restart() == Restart::No);
        bench.mode->completed();
        CHECK(bench.mode->restart() == Restart::Normal);
        CHECK(boot::takeRequest(bench.board) == H755_BOOT_REQUEST_NONE);
    }
    SECTION("into update mode")
    {
        REQUIRE(reboot(RebootTarget::UpdateMode));
        CHECK(bench.mode->restart() == Restart::UpdateMode);
        CHECK(boot::takeRequest(bench.board) == H755_BOOT_REQUEST_UPDATE);
    }
    SECTION("into the ROM loader only with a hand on the button")
    {
        CHECK_FALSE(reboot(RebootTarget::RomLoader));
        CHECK(bench.mode->restart() == Restart::No);
        bench.board.mutableFacts().isButtonHeld = true;
        REQUIRE(reboot(RebootTarget::RomLoader));
        CHECK(bench.mode->restart() == Restart::RomLoader);
        CHECK(boot::takeRequest(bench.board) == H755_BOOT_REQUEST_ROM);
    }
    SECTION("not elsewhere")
    {
        CHECK_FALSE(reboot(static_cast<RebootTarget>(3)));
    }
}

TEST_CASE("a restart waits for the flash", "[update-mode][reboot]")
{
    UpdateBench bench{FlashTiming::datasheet()};
    bench.install();
    bench.start();
    CHECK_FALSE(bench.sendOurs(newSet(), newSet().header.firstBodyBlock() + 1));
    REQUIRE(bench.flash.poll(0) == boot::FlashResult::Busy);
    REQUIRE(bench.vendorOut(Request::Reboot));
    CHECK(bench.mode->restart() == Restart::No);
    bench.run(1500);
    CHECK(bench.mode->restart() == Restart::Normal);
    CHECK(bench.flash.poll(0) != boot::FlashResult::Busy);
    CHECK(bench.flash.poll(1) != boot::FlashResult::Busy);
}

TEST_CASE("a complete download restarts the device", "[update-mode][restart]")
{
    TwoSets bench;
    const SignedSet& third = release({.version = {1, 2, 0, 0}, .counter = 3, .seed = 9});
    REQUIRE(bench.sendPlain(third.stream));
    SECTION("by itself after 2 s")
    {
        bench.run(1900);
        CHECK(bench.mode->restart() == Restart::No);
        bench.run(200);
    }
    SECTION("at a bus reset")
    {
        bench.mode->busReset();
    }
    SECTION("at DETACH")
    {
        REQUIRE(bench.out(0x21, 0, 1000, 0));
    }
    CHECK(bench.mode->restart() == Restart::Normal);
}

TEST_CASE("a second download right behind a complete one is not cut off", "[update-mode][restart]")
{
    TwoSets bench;
    const SignedSet& third = release({.version = {1, 2, 0, 0}, .counter = 3, .seed = 9});
    REQUIRE(bench.sendPlain(third.stream));
    const SignedSet& fourth = release({.version = {1, 3, 0, 0}, .counter = 3, .seed = 10});
    CHECK_FALSE(bench.sendOurs(fourth, fourth.header.firstBodyBlock() + 2));
    bench.mode->busReset();
    bench.run(3'000);
    CHECK(bench.mode->restart() == Restart::No);
    CHECK(bench.deviceStatus().activeSlot == 0); // the third is gone, what was confirmed stays
    REQUIRE(bench.sendOurs(fourth));
    CHECK(bench.holds(fourth, Slot::B));
    CHECK(bench.holds(newSet(), Slot::A));
}

TEST_CASE("a bus reset alone restarts nothing", "[update-mode][restart]")
{
    TwoSets bench;
    bench.mode->busReset();
    CHECK(bench.mode->restart() == Restart::No);
    CHECK(bench.state() == State::Idle);
}

TEST_CASE("a minute without USB traffic restarts into a valid set", "[update-mode][restart]")
{
    SECTION("whatever called for update mode")
    {
        TwoSets bench{GENERATE(UpdateReason::Requested, UpdateReason::DoubleReset,
                               UpdateReason::TrialFailed, UpdateReason::UnhealthyStarts)};
        REQUIRE(bench.status().state == State::Idle);
        bench.run(59'000);
        CHECK(bench.mode->restart() == Restart::No);
        REQUIRE(bench.status().state == State::Idle);
        bench.run(59'000);
        CHECK(bench.mode->restart() == Restart::No);
        bench.run(2'000);
        CHECK(bench.mode->restart() == Restart::Normal);
    }
    SECTION("but not with the button, nor to fail in the same copy again and again")
    {
        TwoSets bench{GENERATE(UpdateReason::Button, UpdateReason::CopyFailed)};
        bench.run(120'000);
        CHECK(bench.mode->restart() == Restart::No);
    }
    SECTION("nor after STAY")
    {
        TwoSets bench;
        REQUIRE(bench.vendorOut(Request::Stay));
        bench.run(120'000);
        CHECK(bench.mode->restart() == Restart::No);
    }
    SECTION("nor without a valid set")
    {
        UpdateBench bench;
        bench.start(UpdateReason::NoValidSet);
        bench.run(120'000);
        CHECK(bench.mode->restart() == Restart::No);
    }
}

TEST_CASE("the rescue window closes after 3 s unless an updater speaks", "[update-mode][restart]")
{
    TwoSets bench{UpdateReason::RescueWindow};
    const auto enumerate = [&] { return bench.in(0x80, 6, 0x0100, 0, 18).has_value(); };
    SECTION("enumeration extends it")
    {
        bench.start(UpdateReason::RescueWindow);
        bench.run(2'500);
        REQUIRE(enumerate());
        bench.run(2'500);
        CHECK(bench.mode->restart() == Restart::No);
        bench.run(600);
        CHECK(bench.mode->restart() == Restart::Normal);
    }
    SECTION("a DFU request keeps it open")
    {
        bench.start(UpdateReason::RescueWindow);
        REQUIRE(bench.status().state == State::Idle);
        bench.run(10'000);
        CHECK(bench.mode->restart() == Restart::No);
    }
}
