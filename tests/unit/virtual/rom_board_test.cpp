// Which of its programs a whole board starts: ROM loader, bootloader, or nothing that answers.
#include "virtual/identity_from_branding.h"
#include "virtual/virtual_device.h"

#include <catch2/catch.hpp>

using namespace virtual_h755;
using contract::ResetCause;
using Bytes = std::vector<std::uint8_t>;
using Kind = ControlOutcome::Kind;

namespace {

constexpr std::uint32_t sector0 = 0x0800'0000;
const Bytes goodVectors{0x00, 0x80, 0x00, 0x20, 0xB1, 0x00, 0x00, 0x08};
const Bytes stackAtEnd{0x00, 0x00, 0x02, 0x20, 0xB1, 0x00, 0x00, 0x08};

DeviceOptions fromFactory(const RomBehaviour& behaviour)
{
    DeviceOptions options;
    options.rom.behaviour = behaviour;
    options.isBoot0High = true;
    options.needsBootloader = true;
    return options;
}

struct Rig {
    SimulatedClock clock;
    VirtualDevice device;

    explicit Rig(const RomBehaviour& behaviour = rom92)
        : device(contract::h755FlashMap, brandedIdentity(), clock, fromFactory(behaviour))
    {
    }
    void settle() { device.run(200'000); }
    void start()
    {
        device.powerOn();
        settle();
    }
    void reset()
    {
        device.reset(ResetCause::Pin);
        settle();
    }
    void setBoot0(bool isHigh) { device.options().isBoot0High = isHigh; }
    ControlOutcome send(std::uint8_t request, std::uint16_t value, Bytes data)
    {
        return device.control({0x21, request, value, 0, static_cast<std::uint16_t>(data.size())},
                              data);
    }
    ControlOutcome status()
    {
        Bytes bytes(6);
        return device.control({0xA1, 3, 0, 0, 6}, bytes);
    }
    /// Sets the pointer, asks to leave; the board then does what it does.
    void leave(std::uint32_t address)
    {
        const auto at = [&](unsigned shift) { return static_cast<std::uint8_t>(address >> shift); };
        REQUIRE(send(1, 0, {0x21, at(0), at(8), at(16), at(24)}).kind == Kind::Done);
        status();
        status();
        REQUIRE(send(1, 2, {}).kind == Kind::Done);
        REQUIRE(status().kind == Kind::Done);
        REQUIRE_FALSE(device.isAttached());
        settle();
    }
};

} // namespace

TEST_CASE("BOOT0 held at power-on starts the ROM loader, released the bootloader", "[virtual][rom]")
{
    Rig rig;
    rig.device.flash().poke(sector0, goodVectors);
    rig.start();
    CHECK(rig.device.mode() == Mode::RomLoader);
    CHECK(rig.device.isAttached());
    rig.setBoot0(false);
    rig.reset();
    CHECK(rig.device.mode() == Mode::Bootloader);
    CHECK(rig.device.isAttached());
    CHECK(rig.device.generation() == 2);
}

TEST_CASE("BOOT0 held at a reset only is too late", "[virtual][rom]")
{
    Rig rig;
    rig.setBoot0(false);
    rig.start();
    rig.setBoot0(true);
    rig.reset();
    CHECK(rig.device.mode() == Mode::LockedUp);
    rig.device.powerOff();
    rig.start();
    CHECK(rig.device.mode() == Mode::RomLoader);
}

TEST_CASE("without a bootloader in sector 0 the board is not seen on the bus", "[virtual][rom]")
{
    Rig rig;
    rig.setBoot0(false);
    SECTION("empty")
    {
    }
    SECTION("vectors into nowhere")
    {
        rig.device.flash().poke(sector0, Bytes{0, 0, 0, 0, 0xB1, 0, 0, 8});
    }
    SECTION("a torn word in it")
    {
        rig.device.flash().poke(sector0, goodVectors);
        rig.device.flash().damage(sector0 + 0x1000, Cell::Bad);
    }
    SECTION("another image than its own")
    {
        rig.device.options().bootloaderImage = stackAtEnd;
        rig.device.flash().poke(sector0, goodVectors);
    }
    rig.start();
    CHECK(rig.device.mode() == Mode::LockedUp);
    CHECK_FALSE(rig.device.isAttached());
    CHECK(rig.device.isSettled());
}

TEST_CASE("exactly its image in sector 0 makes the bootloader run", "[virtual][rom]")
{
    Rig rig;
    rig.setBoot0(false);
    rig.device.options().bootloaderImage = goodVectors;
    rig.device.flash().poke(sector0, goodVectors);
    rig.start();
    CHECK(rig.device.mode() == Mode::Bootloader);
}

TEST_CASE("V9.0 appears only after one more reset", "[virtual][rom]")
{
    Rig rig(rom90);
    rig.start();
    CHECK(rig.device.mode() == Mode::RomLoader);
    CHECK_FALSE(rig.device.isAttached());
    rig.reset();
    CHECK(rig.device.isAttached());
}

TEST_CASE("V9.0 locks the supply until the next power-on", "[virtual][rom]")
{
    Rig rig(GENERATE(rom90, rom91, rom92));
    const bool isOld = rig.device.options().rom.behaviour.version == 0x90;
    rig.device.flash().poke(sector0, goodVectors);
    rig.start();
    rig.reset();
    rig.setBoot0(false);
    rig.leave(sector0);
    CHECK(rig.device.mode() == Mode::Bootloader);
    CHECK(rig.device.isSupplyLocked() == isOld);
    rig.reset();
    CHECK(rig.device.isSupplyLocked() == isOld);
    rig.device.powerOff();
    rig.start();
    CHECK_FALSE(rig.device.isSupplyLocked());
}

TEST_CASE("LEAVE jumps whatever BOOT0 says, the next reset is back in the ROM loader",
          "[virtual][rom]")
{
    Rig rig;
    rig.device.flash().poke(sector0, goodVectors);
    rig.start();
    rig.leave(sector0);
    CHECK(rig.device.mode() == Mode::Bootloader);
    rig.reset();
    CHECK(rig.device.mode() == Mode::RomLoader);
}

TEST_CASE("LEAVE to what cannot be jumped to", "[virtual][rom]")
{
    Rig rig;
    rig.start();
    SECTION("an empty flash: a reset")
    {
        rig.leave(sector0);
        CHECK(rig.device.mode() == Mode::RomLoader);
        CHECK(rig.device.isAttached());
    }
    SECTION("a stack at the very end of its RAM: lost")
    {
        rig.device.flash().poke(sector0, stackAtEnd);
        rig.leave(sector0);
        CHECK(rig.device.mode() == Mode::LockedUp);
    }
}

TEST_CASE("a ROM loader that stands still answers nobody until a reset", "[virtual][rom]")
{
    Rig rig(rom91);
    rig.start();
    for (const std::uint8_t sector : {std::uint8_t{0x10}, std::uint8_t{0x12}}) {
        REQUIRE(rig.send(1, 0, {0x41, 0, 0, sector, 0x08}).kind == Kind::Done);
        rig.status();
        rig.status();
    }
    CHECK(rig.status().kind == Kind::Silent);
    CHECK(rig.device.isAttached());
    rig.reset();
    CHECK(rig.status().kind == Kind::Done);
}

TEST_CASE("a cut in the ROM loader's work switches the board off", "[virtual][rom]")
{
    Rig rig;
    rig.start();
    rig.device.flash().cutPowerAt(1, Tear::TornBad);
    REQUIRE(rig.send(1, 0, {0x41, 0, 0, 2, 0x08}).kind == Kind::Done);
    CHECK(rig.status().kind == Kind::Detached);
    CHECK(rig.device.mode() == Mode::Off);
    rig.start();
    CHECK(rig.device.mode() == Mode::RomLoader);
}

TEST_CASE("a board without the option runs its bootloader from an empty sector 0", "[virtual][rom]")
{
    SimulatedClock clock;
    VirtualDevice device(contract::h755FlashMap, brandedIdentity(), clock);
    device.powerOn();
    CHECK(device.mode() == Mode::Bootloader);
    CHECK(device.mutableFacts().romVersion == 0x92);
}
