// The DfuSe engine against the virtual ROM loaders with their defects.
#include "core/dfu/dfuse_client.h"

#include "core/dfu/dfu_timing.h"
#include "core/dfu/dfuse_writer.h"
#include "support/rom_connection.h"
#include "support/scripted_connection.h"
#include "virtual/identity_from_branding.h"

#include <catch2/catch.hpp>

using namespace updater;
using namespace virtual_h755;
using contract::ResetCause;
using Bytes = std::vector<std::uint8_t>;

namespace {

constexpr std::uint32_t bank1 = 0x0800'0000;
constexpr std::uint32_t bank2 = 0x0810'0000;
constexpr std::uint32_t sectorBytes = 0x2'0000;

Bytes imageOf(std::size_t bytes)
{
    Bytes image(bytes);
    for (std::size_t i = 0; i < bytes; ++i)
        image[i] = static_cast<std::uint8_t>(mix(755, i));
    return image;
}

DeviceOptions factoryBoard(const RomBehaviour& behaviour)
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
    test_support::RomConnection connection{device, clock};
    DfuseClient client{connection, connection};
    std::size_t progress = 0;

    explicit Rig(const DeviceOptions& options)
        : device(contract::h755FlashMap, brandedIdentity(), clock, options)
    {
        device.flash().optionBytes() = {.bootCm4 = 1};
        start();
    }
    explicit Rig(const RomBehaviour& behaviour = rom92) : Rig(factoryBoard(behaviour)) {}

    /// Switches on; V9.0 needs a reset more.
    void start()
    {
        device.powerOn();
        device.run(200'000);
        if (device.isAttached()) return;
        reset();
    }
    void reset()
    {
        device.reset(ResetCause::Pin);
        device.run(200'000);
        REQUIRE(device.isAttached());
    }
    Result<> write(std::uint32_t address, const Bytes& image, const std::stop_token& stop = {})
    {
        return writeThroughRom(
            client, address, image, [this](std::size_t bytes) { progress = bytes; }, stop);
    }
    bool holds(std::uint32_t address, const Bytes& wanted)
    {
        return device.flash().peek(address, static_cast<std::uint32_t>(wanted.size())) == wanted;
    }
};

template <typename Value>
ErrorCode codeOf(const Result<Value>& result)
{
    REQUIRE_FALSE(result);
    return result.error().code;
}

} // namespace

TEST_CASE("an image over both banks arrives through every version of the ROM loader", "[dfuse]")
{
    Rig rig(GENERATE(rom90, rom91, rom92));
    const std::uint32_t address = bank2 - sectorBytes;
    rig.device.flash().poke(address, Bytes(4 * sectorBytes, 0x33)); // an older one
    const Bytes image = imageOf(3 * sectorBytes + 777);
    REQUIRE(rig.client.begin());
    CHECK(rig.client.version() == rig.device.options().rom.behaviour.version);
    REQUIRE(rig.write(address, image));
    CHECK(rig.progress == image.size());
    CHECK(rig.connection.stalls() == 0); // a strict loader stalls a stray CLRSTATUS
    CHECK(rig.holds(address, image));
    CHECK(rig.holds(address + 3 * sectorBytes + 1024, Bytes(sectorBytes - 1024, 0xFF)));
}

TEST_CASE("a ROM loader that hides its version is treated as if it were V9.1", "[dfuse]")
{
    DeviceOptions options = factoryBoard(GENERATE(rom90, rom91, rom92));
    options.rom.refusesSystemMemory = true;
    Rig rig(options);
    const Bytes image = imageOf(2 * sectorBytes);
    REQUIRE(rig.client.begin());
    CHECK_FALSE(rig.client.version());
    CHECK(codeOf(rig.client.uniqueId()) == ErrorCode::WrongChip);
    REQUIRE(rig.write(bank2, image));
    CHECK(rig.holds(bank2, image));
}

TEST_CASE("the unique id is read, since the serial number is the same on every board", "[dfuse]")
{
    Rig rig;
    REQUIRE(rig.client.begin());
    const auto id = rig.client.uniqueId();
    REQUIRE(id);
    CHECK(*id == rig.device.mutableFacts().uniqueId);
}

TEST_CASE("another chip is refused before anything is sent to its flash", "[dfuse]")
{
    DeviceOptions options = factoryBoard(rom92);
    options.rom.chip = GENERATE(h723Chip, h743SingleBankChip);
    Rig rig(options);
    CHECK(codeOf(rig.client.begin()) == ErrorCode::WrongChip);
    CHECK(rig.device.flash().operations() == 0);
}

TEST_CASE("read protection is recognised at once", "[dfuse]")
{
    Rig rig(GENERATE(rom90, rom91, rom92));
    rig.device.flash().optionBytes().readProtection = 0x55;
    CHECK(codeOf(rig.client.begin()) == ErrorCode::ReadProtected);
    CHECK(codeOf(rig.client.eraseSector(bank1)) == ErrorCode::ReadProtected);
}

TEST_CASE("a write-protected sector is recognised by what it holds", "[dfuse]")
{
    Rig rig(GENERATE(rom90, rom91, rom92));
    const std::uint32_t address = GENERATE(bank1, bank2);
    rig.device.flash().optionBytes() = {.writeProtectionBank1 = 0xFE, .writeProtectionBank2 = 0xFE};
    if (GENERATE(true, false)) rig.device.flash().poke(address, imageOf(4096));
    REQUIRE(rig.client.begin());
    Bytes image = imageOf(8192);
    image[5] ^= 1;
    CHECK(codeOf(rig.write(address, image)) == ErrorCode::WriteProtected);
    CHECK(rig.progress == 0);
}

TEST_CASE("a protected sector that already holds the image is done", "[dfuse]")
{
    Rig rig;
    const Bytes image = imageOf(8192);
    rig.device.flash().poke(bank1, image);
    rig.device.flash().optionBytes().writeProtectionBank1 = 0xFE;
    REQUIRE(rig.client.begin());
    CHECK(rig.write(bank1, image));
}

TEST_CASE("the first block comes last, so a cut leaves no vectors", "[dfuse]")
{
    Rig rig;
    const Bytes image = imageOf(sectorBytes + 4096);
    REQUIRE(rig.client.begin());
    // Both erases, the second sector and nearly all of the first one.
    rig.device.flash().cutPowerAt(2 + 4096 / 32 + sectorBytes / 32 - 40, Tear::TornBad);
    CHECK(codeOf(rig.write(bank1, image)) == ErrorCode::ConnectionLost);
    CHECK(rig.holds(bank1, Bytes(1024, 0xFF)));
    CHECK(rig.holds(bank1 + 1024, Bytes(image.begin() + 1024, image.begin() + sectorBytes - 8192)));
    rig.start();
    REQUIRE(rig.client.begin());
    REQUIRE(rig.write(bank1, image));
    CHECK(rig.holds(bank1, image));
}

TEST_CASE("an engine can begin wherever another host has stopped", "[dfuse]")
{
    Rig rig(GENERATE(rom90, rom91, rom92));
    const auto send = [&](std::uint8_t request, std::uint16_t value, Bytes bytes) {
        rig.device.control({0x21, request, value, 0, static_cast<std::uint16_t>(bytes.size())},
                           bytes);
    };
    const auto status = [&] {
        Bytes bytes(6);
        rig.device.control({0xA1, 3, 0, 0, 6}, bytes);
    };
    SECTION("dfuIDLE")
    {
    }
    SECTION("dfuDNLOAD-SYNC")
    {
        send(1, 0, {0x41, 0, 0, 0x10, 0x08});
    }
    SECTION("dfuDNBUSY, perhaps for ever")
    {
        send(1, 0, {0x41, 0, 0, 0x10, 0x08});
        status();
    }
    SECTION("dfuDNLOAD-IDLE")
    {
        send(1, 0, {0x41, 0, 0, 0x04, 0x08});
        status();
        status();
    }
    SECTION("dfuERROR")
    {
        send(1, 0, {0x77});
    }
    SECTION("the other alternate setting")
    {
        rig.device.control({1, 11, 1, 0, 0}, {});
    }
    const Bytes image = imageOf(4096);
    REQUIRE(rig.client.begin());
    REQUIRE(rig.write(bank1, image));
    CHECK(rig.holds(bank1, image));
}

TEST_CASE("a loader that stands still ends in a time-out, and a reset helps", "[dfuse]")
{
    Rig rig(rom91);
    rig.device.flash().damage(bank1 + 3 * sectorBytes + 64, Cell::Bad);
    REQUIRE(rig.client.begin());
    const std::uint64_t startMs = rig.connection.nowMs();
    CHECK(codeOf(rig.client.read(bank1 + 3 * sectorBytes, 1024)) == ErrorCode::DeviceSilent);
    CHECK(rig.connection.nowMs() - startMs <= 2 * dfu_timing::romStatusMs);
    rig.reset();
    REQUIRE(rig.client.begin());
    CHECK(rig.write(bank1 + 3 * sectorBytes, imageOf(1024))); // erased before it is read
}

TEST_CASE("a worn sector is tried three times, then given up", "[dfuse]")
{
    Rig rig;
    const Bytes image = imageOf(4096);
    const std::uint32_t times = GENERATE(2U, 3U);
    // Each time one bit of one word does not get there; the loader hears of nothing.
    std::uint32_t left = 2 * times; // uploads of a first block: one for each half of a sector
    rig.connection.beforeTransfer = [&](const SetupFields& setup) {
        const bool isUpload = setup.requestType == 0xA1 && setup.request == 2;
        FlashModel& flash = rig.device.flash();
        if (!isUpload || left == 0 || flash.peek(bank1, 32) == Bytes(32, 0xFF)) return;
        Bytes word = flash.peek(bank1, 32);
        word[7] = static_cast<std::uint8_t>(image[7] ^ 0x10);
        flash.poke(bank1, word);
        if (setup.value == 2) --left;
    };
    REQUIRE(rig.client.begin());
    const Result<> result = rig.write(bank1, image);
    if (times == 2) CHECK(result);
    if (times == 3) CHECK(codeOf(result) == ErrorCode::FlashVerify);
}

TEST_CASE("a request to stop takes effect between two sectors", "[dfuse]")
{
    Rig rig;
    REQUIRE(rig.client.begin());
    std::stop_source source;
    source.request_stop();
    CHECK(codeOf(rig.write(bank1, imageOf(4096), source.get_token())) == ErrorCode::Cancelled);
    CHECK(rig.device.flash().operations() == 0);
}

TEST_CASE("the engine refuses what would go astray", "[dfuse]")
{
    Rig rig;
    REQUIRE(rig.client.begin());
    CHECK(codeOf(rig.write(bank1 + 32, imageOf(64))) == ErrorCode::InternalError);
    CHECK(codeOf(rig.write(bank1, {})) == ErrorCode::InternalError);
    CHECK(codeOf(rig.write(bank2, Bytes(9 * sectorBytes))) == ErrorCode::InternalError);
    CHECK(codeOf(rig.client.program(bank1, imageOf(100))) == ErrorCode::InternalError);
    CHECK(codeOf(rig.client.read(bank1, 0)) == ErrorCode::InternalError);
    CHECK(rig.device.flash().operations() == 0);
}

TEST_CASE("nonsense in the descriptors is refused, whatever it is", "[dfuse][hostile]")
{
    using test_support::ScriptedReply;
    const auto replyOf = [](Bytes bytes) {
        return ScriptedReply{.bytes = std::move(bytes), .isStalled = false, .error = {}};
    };
    Bytes configuration;
    SECTION("empty")
    {
    }
    SECTION("another descriptor")
    {
        configuration = {9, 1, 9, 0, 0, 0, 0, 0, 0};
    }
    SECTION("length 0")
    {
        configuration = {9, 2, 11, 0, 1, 1, 0, 0, 0, 0, 4};
    }
    SECTION("beyond the end")
    {
        configuration = {9, 2, 18, 0, 1, 1, 0, 0, 0, 200, 4};
    }
    SECTION("no interface")
    {
        configuration = {9, 2, 9, 0, 1, 1, 0, 0, 0};
    }
    SECTION("no functional descriptor")
    {
        configuration = {9, 2, 18, 0, 1, 1, 0, 0, 0, 9, 4, 3, 0, 0, 0xFE, 1, 2, 0};
    }
    test_support::ScriptedConnection connection({replyOf(configuration), replyOf({4, 3, '@', 0})});
    test_support::InstantClock clock;
    DfuseClient client(connection, clock);
    CHECK(codeOf(client.begin()) == ErrorCode::ReplyMalformed);
}

TEST_CASE("a device that is busy for ever, or never idle, is given up", "[dfuse][hostile]")
{
    using test_support::ScriptedReply;
    const std::string_view layout = h755Chip.flashLayout;
    Bytes name{static_cast<std::uint8_t>(2 + 2 * layout.size()), 3};
    for (const char letter : layout)
        name.insert(name.end(), {static_cast<std::uint8_t>(letter), 0});
    const auto state = static_cast<std::uint8_t>(GENERATE(3, 4, 5, 6, 7, 8, 9, 10));
    const std::uint8_t pollByte = GENERATE(std::uint8_t{0}, std::uint8_t{0xFF});
    const auto replyOf = [](Bytes bytes) {
        return ScriptedReply{.bytes = std::move(bytes), .isStalled = false, .error = {}};
    };
    test_support::ScriptedConnection connection(
        {replyOf({9,    2, 27, 0, 1, 1,    0,    0,    0, 9, 4, 3,    0, 0,
                  0xFE, 1, 2,  4, 9, 0x21, 0x0B, 0xFF, 0, 0, 4, 0x1A, 1}),
         replyOf(name), replyOf({}), replyOf({0, pollByte, pollByte, pollByte, state, 0})});
    test_support::InstantClock clock;
    DfuseClient client(connection, clock);
    CHECK(codeOf(client.begin()) == ErrorCode::DeviceStayedBusy);
    CHECK(clock.nowMs() <= 10 * dfu_timing::romEraseMs);
}
