// Provisioning through the virtual ROM loader, cut and unplugged at every block.
#include "core/factory/provision.h"

#include "support/release_fixture.h"
#include "support/rom_connection.h"
#include "virtual/identity_from_branding.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace updater;
using namespace virtual_h755;
using contract::h755FlashMap;
using test_support::bootloaderLike;

namespace {

FactoryBundle unit()
{
    Result<VerifiedBundle> release = verifyBundle(test_support::makeBundle(h755FlashMap, {}));
    if (!release) FAIL(release.error().detail);
    auto image = factoryImage(bootloaderLike(), *release, h755FlashMap);
    if (!image) FAIL(image.error().detail);
    return {bootloaderLike(), *std::move(release), *std::move(image)};
}

DeviceOptions blankBoard()
{
    DeviceOptions options;
    options.rom.behaviour = rom92;
    options.isBoot0High = true;
    options.needsBootloader = true;
    options.bootloaderImage = bootloaderLike();
    return options;
}

/// One board in its ROM loader on port 1-1, until it has been started otherwise.
struct Line final : UsbTransport {
    SimulatedClock simulatedClock;
    VirtualDevice board{h755FlashMap, brandedIdentity(), simulatedClock, blankBoard()};
    test_support::RomConnection wire{board, simulatedClock};
    int blocks = 0;        ///< seen so far
    int unplugAtBlock = 0; ///< 0 = never

    Line()
    {
        board.flash().optionBytes() = {.bootCm4 = 1};
        wire.beforeTransfer = [this](const SetupFields& setup) { pullIfDue(setup); };
        board.powerOn();
        settle();
    }

    void settle() { board.run(200'000); }

    void pullIfDue(const SetupFields& setup)
    {
        const auto download = static_cast<std::uint8_t>(contract::dfu::Request::Download);
        if (setup.request != download || setup.value < 2) return;
        if (++blocks == unplugAtBlock) board.unplug();
    }

    Result<std::vector<UsbDevice>> devices() override { return std::vector<UsbDevice>(); }
    Result<std::vector<UsbDevice>> romLoaders() override
    {
        std::vector<UsbDevice> boards;
        if (board.isAttached()) boards.emplace_back().portPath = "1-1";
        return boards;
    }
    Result<std::unique_ptr<UsbConnection>> open(const UsbDevice&) override
    {
        return std::make_unique<Borrowed>(wire);
    }
    void waitForChange(std::uint32_t timeoutMs, std::stop_token) override
    {
        wire.sleepMs(timeoutMs);
    }
    updater::Clock& clock() override { return wire; }

    Result<> provision(const FactoryBundle& bundle)
    {
        TRY_ASSIGN(Provisioning board1, Provisioning::begin(*this, ""));
        return board1.write(bundle, [](std::size_t, std::size_t) {}, {});
    }

    bool holds(const FactoryBundle& bundle)
    {
        return std::ranges::all_of(bundle.image, [this](const FlashPiece& piece) {
            return board.flash().peek(piece.address, static_cast<std::uint32_t>(
                                                         piece.bytes.size())) == piece.bytes;
        });
    }

    /// What a person does in the end, and the line's programmer with the option bytes.
    void startNormally()
    {
        board.flash().optionBytes() = {.writeProtectionBank1 = 0xFE};
        board.options().isBoot0High = false;
        board.powerOff();
        board.powerOn();
        board.run(3'000'000);
    }

private:
    struct Borrowed final : UsbConnection {
        explicit Borrowed(UsbConnection& wire) : m_wire(wire) {}
        Result<TransferEnd> controlIn(const SetupFields& setup, contract::ByteSpan out,
                                      std::uint32_t timeoutMs) override
        {
            return m_wire.controlIn(setup, out, timeoutMs);
        }
        Result<TransferEnd> controlOut(const SetupFields& setup, contract::ByteView bytes,
                                       std::uint32_t timeoutMs) override
        {
            return m_wire.controlOut(setup, bytes, timeoutMs);
        }
        std::uint16_t interfaceNumber() const override { return 0; }
        UsbConnection& m_wire;
    };
};

} // namespace

TEST_CASE("a blank board gets everything and starts", "[factory]")
{
    const FactoryBundle bundle = unit();
    Line line;
    REQUIRE(line.provision(bundle));
    CHECK(line.holds(bundle));
    line.startNormally();
    CHECK(line.board.mode() == Mode::Application);
}

TEST_CASE("a board whose cable was pulled at any block is programmed at the next attempt",
          "[factory][unplug]")
{
    const FactoryBundle bundle = unit();
    Line whole;
    REQUIRE(whole.provision(bundle));
    REQUIRE(whole.blocks > 15);
    for (int block = 1; block <= whole.blocks; ++block) {
        CAPTURE(block);
        Line line;
        line.unplugAtBlock = block;
        const Result<> first = line.provision(bundle);
        REQUIRE_FALSE(first);
        CHECK(first.error().code == ErrorCode::ConnectionLost);
        line.unplugAtBlock = 0;
        line.board.plug();
        line.settle();
        REQUIRE(line.provision(bundle));
        CHECK(line.holds(bundle));
    }
}

TEST_CASE("a board whose power was cut at any block is programmed at the next attempt",
          "[factory][power-cut]")
{
    const FactoryBundle bundle = unit();
    Line whole;
    REQUIRE(whole.provision(bundle));
    const std::uint64_t operations = whole.board.flash().operations();
    constexpr std::uint64_t wordsInBlock = 32;
    for (std::uint64_t at = 1; at <= operations; at += wordsInBlock / 2) {
        CAPTURE(at, operations);
        Line line;
        line.board.flash().cutPowerAt(at, Tear::TornBad);
        CHECK_FALSE(line.provision(bundle));
        line.board.flash().neverCutPower();
        line.board.powerOff();
        line.board.powerOn();
        line.settle();
        REQUIRE(line.provision(bundle));
        CHECK(line.holds(bundle));
    }
}
