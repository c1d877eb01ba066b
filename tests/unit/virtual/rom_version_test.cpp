// What differs between the ROM loader's versions: the erase of bank 2, and CLRSTATUS.
#include "rom_host.h"

using namespace rom_host;

TEST_CASE("V9.2 waits for every erase", "[virtual][rom]")
{
    Rig rig(rom92);
    const std::uint64_t beforeUs = rig.clock.nowUs();
    REQUIRE(rig.erase(bank2) == Rig::ready);
    CHECK(rig.clock.nowUs() - beforeUs >= eraseUs);
    CHECK(rig.download(0, {0x41}) == Rig::ready);
    CHECK(rig.flash.operations() == 17);
}

TEST_CASE("V9.0 stays busy after an erase in bank 2, until two CLRSTATUS", "[virtual][rom]")
{
    Rig rig(rom90);
    REQUIRE(rig.erase(bank1) == Rig::ready);
    CHECK(rig.erase(bank2).state == State::DownloadBusy);
    rig.clock.sleepUs(10 * eraseUs);
    CHECK(rig.status() == Answer{Status::Ok, State::DownloadBusy});
    CHECK_FALSE(rig.send(Request::Abort));
    REQUIRE(rig.send(Request::ClearStatus));
    CHECK(rig.status() == Answer{Status::ErrUnknown, State::Error});
    REQUIRE(rig.send(Request::ClearStatus));
    CHECK(rig.status() == Answer{Status::Ok, State::Idle});
    rig.program(bank2, pattern(1024));
    CHECK((rig.upload(bank2, 1024) == pattern(1024)));
}

TEST_CASE("V9.0 wedges however fast the flash is, but not over a protected sector",
          "[virtual][rom]")
{
    SimulatedClock clock;
    FlashModel flash(contract::h755FlashMap, clock, FlashTiming::instant());
    flash.optionBytes().writeProtectionBank2 = 0xFE;
    const RomOptions options{.behaviour = rom90};
    const boot::BoardFacts facts;
    RomMemory memory(flash, clock, options, facts);
    CHECK(memory.eraseSectorOf(bank2) == RomResult::Done);
    CHECK(memory.eraseSectorOf(bank2 + 0x20000) == RomResult::Wedged);
}

TEST_CASE("V9.1 reports an erase in bank 2 too early, and what is programmed then is lost",
          "[virtual][rom]")
{
    Rig rig(rom91);
    rig.flash.poke(bank2, pattern(64));
    const std::uint64_t beforeUs = rig.clock.nowUs();
    REQUIRE(rig.erase(bank2) == Rig::ready);
    CHECK(rig.clock.nowUs() - beforeUs < eraseUs / 10);
    rig.program(bank2, pattern(1024)); // reports success
    rig.clock.sleepUs(eraseUs);
    CHECK(rig.holds(bank2, Bytes(1024, 0xFF)));
    rig.program(bank2, pattern(1024)); // "then program without erase worked"
    CHECK((rig.upload(bank2, 1024) == pattern(1024)));
}

TEST_CASE("V9.1 stands still for good if bank 2 is touched while it is erased", "[virtual][rom]")
{
    Rig rig(rom91);
    REQUIRE(rig.erase(bank2) == Rig::ready);
    SECTION("by another erase")
    {
        REQUIRE(rig.send(Request::Download, 0, command(0x41, bank2 + 0x20000)));
        (void)rig.ask(Request::GetStatus, 0, 6);
    }
    SECTION("by an upload")
    {
        (void)rig.upload(bank2, 32);
    }
    SECTION("by a mass erase")
    {
        rig.clock.sleepUs(eraseUs);
        REQUIRE(rig.send(Request::Download, 0, {0x41}));
        (void)rig.ask(Request::GetStatus, 0, 6);
    }
    CHECK_FALSE(rig.loader.isRunning());
}

TEST_CASE("V9.1 works on bank 1 while bank 2 is erased", "[virtual][rom]")
{
    Rig rig(rom91);
    REQUIRE(rig.erase(bank2) == Rig::ready);
    REQUIRE(rig.erase(bank1) == Rig::ready);
    rig.program(bank1, pattern(64));
    CHECK((rig.upload(bank1, 64) == pattern(64)));
    CHECK(rig.loader.isRunning());
}

TEST_CASE("a stray CLRSTATUS is stalled by V9.2 and taken by the others", "[virtual][rom]")
{
    Rig strict(rom92);
    CHECK_FALSE(strict.send(Request::ClearStatus));
    CHECK(strict.status() == Answer{Status::ErrStalledPacket, State::Error});
    Rig mild(GENERATE(rom90, rom91));
    REQUIRE(mild.setAddress(bank1) == Rig::ready);
    CHECK(mild.send(Request::ClearStatus));
    CHECK(mild.status() == Answer{Status::Ok, State::Idle});
}

TEST_CASE("a power cut during the ROM loader's erase tears the sector", "[virtual][rom]")
{
    Rig rig(rom92);
    rig.flash.cutPowerAt(2, Tear::TornBad);
    REQUIRE(rig.erase(bank1) == Rig::ready);
    REQUIRE(rig.send(Request::Download, 0, command(0x41, bank1 + 0x20000)));
    CHECK_THROWS_AS(rig.status(), PowerLoss);
    rig.flash.powerOn();
    const auto words = contract::h755FlashMap.sectorBytes / contract::flashWordBytes;
    std::size_t bad = 0;
    for (std::uint32_t word = 0; word < words; ++word)
        bad += rig.flash.cellAt(bank1 + 0x20000 + 32 * word) == Cell::Bad ? 1 : 0;
    CHECK(bad > 0);
}
