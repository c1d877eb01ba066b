// The dialogue that all versions of the ROM loader share.
#include "rom_host.h"

using namespace rom_host;

TEST_CASE("the ROM loader says how its flash is laid out", "[virtual][rom]")
{
    Rig rig;
    const auto text = [&](std::uint8_t index) {
        const boot::SetupAnswer answer =
            rig.loader.setup({0x80, 6, static_cast<std::uint16_t>(0x0300 | index), 0x0409, 255});
        std::string letters;
        for (std::size_t i = 2; i < answer.data.size(); i += 2)
            letters += static_cast<char>(answer.data[i]);
        return letters;
    };
    CHECK(text(3) == "200364500000");
    CHECK(text(4) == "@Internal Flash   /0x08000000/16*128Kg");
    CHECK(text(5) == "@Option Bytes   /0x5200201C/01*128 e");
}

TEST_CASE("the ROM loader's Get lists its commands", "[virtual][rom]")
{
    Rig rig;
    CHECK(rig.ask(Request::Upload, 0, 4) == Bytes{0x00, 0x21, 0x41, 0x92});
}

TEST_CASE("nothing happens before GETSTATUS asks, and that takes as long as the erase",
          "[virtual][rom]")
{
    Rig rig;
    REQUIRE(rig.send(Request::Download, 0, command(0x41, bank1)));
    CHECK(rig.flash.operations() == 0);
    const std::uint64_t beforeUs = rig.clock.nowUs();
    CHECK(rig.status() == Answer{Status::Ok, State::DownloadBusy});
    CHECK(rig.clock.nowUs() - beforeUs >= 900'000); // T-DFU
    CHECK(rig.flash.operations() == 1);
    CHECK(rig.status() == Rig::ready);
}

TEST_CASE("what the ROM loader programs is in the flash, in both banks", "[virtual][rom]")
{
    Rig rig;
    const std::uint32_t address = GENERATE(bank1 + 0x20000, bank2 + 0x40000);
    const Bytes data = pattern(1024);
    REQUIRE(rig.erase(address) == Rig::ready);
    rig.program(address, data);
    CHECK(rig.holds(address, data));
    CHECK((rig.upload(address, 1024) == data));
}

TEST_CASE("a block's place counts in lengths of that very block", "[virtual][rom]")
{
    Rig rig;
    REQUIRE(rig.erase(bank1) == Rig::ready);
    REQUIRE(rig.setAddress(bank1) == Rig::ready);
    REQUIRE(rig.download(3, pattern(1024)) == Rig::ready);
    CHECK(rig.holds(bank1 + 1024, pattern(1024)));
    REQUIRE(rig.download(6, pattern(64, 9)) == Rig::ready); // a short block, meant for 4096
    CHECK(rig.holds(bank1 + 4 * 64, pattern(64, 9)));
}

TEST_CASE("an address that does not exist is errTARGET", "[virtual][rom]")
{
    Rig rig;
    const Answer wrong{Status::ErrTarget, State::Error};
    SECTION("as pointer")
    {
        CHECK(rig.setAddress(0x0820'0000) == wrong);
    }
    SECTION("to erase")
    {
        CHECK(rig.erase(0x1FF0'0000) == wrong);
    }
    SECTION("to program")
    {
        REQUIRE(rig.setAddress(rom::versionAddress) == Rig::ready);
        CHECK(rig.download(2, pattern(32)) == wrong);
    }
    SECTION("in a smaller chip")
    {
        Rig small(rom92, {.chip = h723Chip});
        CHECK(small.setAddress(bank2) == wrong);
    }
}

TEST_CASE("the ROM loader stalls what does not fit its state", "[virtual][rom]")
{
    Rig rig;
    SECTION("an upload in the middle of a download")
    {
        REQUIRE(rig.setAddress(bank1) == Rig::ready);
        CHECK(rig.ask(Request::Upload, 2, 32).empty());
    }
    SECTION("a block that is too long")
    {
        CHECK_FALSE(rig.send(Request::Download, 2, Bytes(2048)));
    }
    SECTION("a block that is too short")
    {
        CHECK_FALSE(rig.send(Request::Download, 2, Bytes(1)));
    }
    SECTION("an unknown command")
    {
        CHECK_FALSE(rig.send(Request::Download, 0, Bytes{0x55}));
    }
    SECTION("half an address")
    {
        CHECK_FALSE(rig.send(Request::Download, 0, Bytes{0x21, 0, 0}));
    }
    SECTION("a long command")
    {
        CHECK_FALSE(rig.send(Request::Download, 0, Bytes(6, 0x41)));
    }
    CHECK(rig.status() == Answer{Status::ErrStalledPacket, State::Error});
    REQUIRE(rig.send(Request::ClearStatus));
    CHECK(rig.status() == Answer{Status::Ok, State::Idle});
}

TEST_CASE("a request to another interface changes nothing", "[virtual][rom]")
{
    Rig rig;
    CHECK(rig.loader.setup({0xA1, 1, 0, 1, 0}).kind == boot::SetupAnswer::Kind::Stall);
    CHECK(rig.loader.setup({0x21, 3, 0, 0, 6}).kind == boot::SetupAnswer::Kind::Stall);
    CHECK(rig.status() == Answer{Status::Ok, State::Idle});
}

TEST_CASE("while it is busy the ROM loader takes nothing but GETSTATUS", "[virtual][rom]")
{
    Rig rig;
    REQUIRE(rig.send(Request::Download, 0, command(0x41, bank1)));
    REQUIRE(rig.status().state == State::DownloadBusy);
    CHECK_FALSE(rig.send(Request::Abort));
    CHECK_FALSE(rig.send(Request::Download, 2, pattern(32)));
    CHECK_FALSE(rig.send(Request::ClearStatus));
    CHECK(rig.status() == Rig::ready);
}

TEST_CASE("a write-protected sector reports success and stays what it is", "[virtual][rom]")
{
    Rig rig;
    rig.flash.poke(bank1, pattern(64));
    rig.flash.optionBytes().writeProtectionBank1 = 0xFE;
    CHECK(rig.erase(bank1) == Rig::ready);
    rig.program(bank1, pattern(64, 100));
    CHECK(rig.holds(bank1, pattern(64)));
    CHECK(rig.flash.operations() == 0);
    CHECK(rig.download(0, {0x41}) == Rig::ready); // nor is anything else mass-erased then
    CHECK(rig.flash.operations() == 0);
}

TEST_CASE("with read protection only Get and Read-Unprotect work", "[virtual][rom]")
{
    Rig rig;
    rig.flash.poke(bank1, pattern(64));
    rig.flash.optionBytes() = {.writeProtectionBank1 = 0xFE, .readProtection = 0x55};
    CHECK(rig.ask(Request::Upload, 0, 4).size() == 4);
    CHECK(rig.ask(Request::Upload, 2, 64).empty());
    const Answer refused{Status::ErrVendor, State::Error};
    CHECK(rig.status() == refused);
    REQUIRE(rig.send(Request::ClearStatus));
    const Bytes asked = GENERATE(command(0x21, bank1), command(0x41, bank1), Bytes{0x41});
    CHECK(rig.download(0, asked) == refused);
    REQUIRE(rig.send(Request::ClearStatus));
    CHECK(rig.holds(bank1, pattern(64)));

    REQUIRE(rig.send(Request::Download, 0, {0x92}));
    rig.status();
    REQUIRE(rig.loader.exit());
    CHECK_FALSE(rig.loader.exit()->vectors);
    CHECK(rig.flash.optionBytes() == contract::OptionBytes{.bootCm4 = 1});
    CHECK(rig.holds(bank1, Bytes(64, 0xFF)));
}

TEST_CASE("the system memory tells version and unique id, unless it is hidden", "[virtual][rom]")
{
    Rig open(rom91);
    CHECK(open.upload(rom::versionAddress, 2) == Bytes{0x91, 0});
    CHECK(open.upload(rom::uniqueIdAddress, 12) == Bytes{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    CHECK(open.upload(rom::flashSizeAddress, 2) == Bytes{0x00, 0x08});
    Rig hidden(rom91, {.refusesSystemMemory = true});
    CHECK(hidden.setAddress(rom::versionAddress) == Answer{Status::ErrTarget, State::Error});
}

TEST_CASE("the option bytes' window shows both protections, and takes nothing", "[virtual][rom]")
{
    Rig rig;
    rig.flash.optionBytes().writeProtectionBank1 = 0xFE;
    REQUIRE(rig.loader.setup({1, 11, 1, 0, 0}).kind == boot::SetupAnswer::Kind::Acknowledge);
    const Bytes window = rig.upload(rom::optionAddress, 128);
    REQUIRE(window.size() == 128);
    CHECK(window[1] == 0xAA);
    CHECK(window[0x38 - 0x1C] == 0xFE);
    REQUIRE(rig.send(Request::Abort));
    CHECK(rig.download(2, window).state == State::Error);
}

TEST_CASE("a torn word stops the ROM loader for good", "[virtual][rom]")
{
    Rig rig;
    rig.flash.damage(bank1 + 512, Cell::Bad);
    (void)rig.upload(bank1, 1024);
    CHECK_FALSE(rig.loader.isRunning());
}

TEST_CASE("programming twice without an erase ruins the word", "[virtual][rom]")
{
    Rig rig;
    REQUIRE(rig.erase(bank1) == Rig::ready);
    rig.program(bank1, pattern(32));
    rig.program(bank1, pattern(32));
    const Cell cell = rig.flash.cellAt(bank1);
    CHECK((cell == Cell::Bad || cell == Cell::Flaky));
    rig.program(bank1 + 32, Bytes(32, 0xFF)); // reads blank, but is virgin no more
    CHECK(rig.flash.cellAt(bank1 + 32) == Cell::WeakBlank);
}

TEST_CASE("LEAVE is told once, then the ROM loader is gone", "[virtual][rom]")
{
    Rig rig;
    REQUIRE(rig.setAddress(bank1 + 0x20000) == Rig::ready);
    REQUIRE(rig.send(Request::Download, 2));
    CHECK_FALSE(rig.loader.exit());
    CHECK(rig.status() == Answer{Status::Ok, State::Manifest});
    REQUIRE(rig.loader.exit());
    CHECK(rig.loader.exit()->vectors == bank1 + 0x20000);
}
