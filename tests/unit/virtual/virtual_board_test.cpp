#include "support/tiny_map.h"
#include "virtual/timed_crypto.h"
#include "virtual/virtual_board.h"

#include <catch2/catch.hpp>

using namespace virtual_h755;
using contract::ResetCause;
using test_support::tinyMap;

namespace {

struct Fixture {
    SimulatedClock clock;
    FlashModel flash{tinyMap, clock};
    VirtualBoard board{flash, clock};
};

} // namespace

TEST_CASE("backup registers survive a reset and are lost without VBAT", "[virtual][board]")
{
    Fixture fixture;
    fixture.board.setBackup(5, 0x1234);
    fixture.board.reset(ResetCause::Software);
    REQUIRE(fixture.board.backup(5) == 0x1234);
    fixture.board.loseBackup();
    REQUIRE(fixture.board.backup(5) == 0);
}

TEST_CASE("a reset reports its cause and the option bytes as found", "[virtual][board]")
{
    Fixture fixture;
    fixture.flash.optionBytes().bootCm4 = 1;
    fixture.board.reset(ResetCause::Pin);
    REQUIRE(fixture.board.facts().resetCause == ResetCause::Pin);
    REQUIRE(fixture.board.facts().optionBytes.bootCm4 == 1);
}

TEST_CASE("milliseconds count from the last reset", "[virtual][board]")
{
    Fixture fixture;
    fixture.clock.sleepUs(5'000);
    REQUIRE(fixture.board.nowMs() == 5);
    fixture.board.reset(ResetCause::Pin);
    REQUIRE(fixture.board.nowMs() == 0);
}

TEST_CASE("idle goes to the end of the next flash operation, at most one millisecond",
          "[virtual][board]")
{
    Fixture fixture;
    fixture.board.idle();
    REQUIRE(fixture.clock.nowUs() == 1000);
    contract::ByteArray<32> word{};
    fixture.flash.startProgram(tinyMap.journal.address, word);
    fixture.board.idle();
    REQUIRE(fixture.clock.nowUs() == 1100);
}

TEST_CASE("waiting for a bank ends when its operation has ended", "[virtual][board]")
{
    Fixture fixture;
    fixture.flash.startErase({0, 1});
    REQUIRE(boot::waitFor(fixture.board, 0) == boot::FlashResult::Done);
    REQUIRE(fixture.clock.nowUs() == 1'000'000);
}

TEST_CASE("a fed watchdog does not expire", "[virtual][board]")
{
    Fixture fixture;
    fixture.board.startWatchdog(1000);
    for (int i = 0; i < 5000; ++i)
        fixture.board.idle();
    REQUIRE_FALSE(fixture.board.isWatchdogExpired());
}

TEST_CASE("a watchdog that nobody feeds expires, and a reset stops it", "[virtual][board]")
{
    Fixture fixture;
    fixture.board.startWatchdog(1000);
    fixture.clock.sleepUs(1'000'000);
    REQUIRE_FALSE(fixture.board.isWatchdogExpired());
    fixture.clock.sleepUs(1);
    REQUIRE(fixture.board.isWatchdogExpired());
    REQUIRE_THROWS_AS(fixture.board.idle(), WatchdogExpired);
    fixture.board.reset(ResetCause::Watchdog);
    REQUIRE_FALSE(fixture.board.isWatchdogExpired());
}

TEST_CASE("starting a running watchdog only feeds it", "[virtual][board]")
{
    Fixture fixture;
    fixture.board.startWatchdog(1000);
    fixture.board.startWatchdog(60'000);
    fixture.clock.sleepUs(1'000'001);
    REQUIRE(fixture.board.isWatchdogExpired());
}

TEST_CASE("waiting without power throws", "[virtual][board]")
{
    Fixture fixture;
    fixture.flash.cutPower(Tear::Clean);
    REQUIRE_THROWS_AS(fixture.board.idle(), PowerLoss);
}

TEST_CASE("hashing and verifying cost the chip's time", "[virtual][board]")
{
    SimulatedClock clock;
    const TimedCrypto crypto{clock};
    boot::Sha256 hash;
    crypto.start(hash);
    const std::vector<std::uint8_t> mebibyte(1 << 20);
    for (std::size_t at = 0; at < mebibyte.size(); at += 32)
        crypto.update(hash, boot::ByteView{mebibyte}.subspan(at, 32));
    REQUIRE(clock.nowUs() == 151'388); // 38.5 instructions a byte, 3.75 ns each
    REQUIRE_FALSE(crypto.verify({}, {}, {}));
    REQUIRE(clock.nowUs() == 151'388 + 43'500);
}
