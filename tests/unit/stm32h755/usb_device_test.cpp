// The driver on the model of the core, with a host at the other end of the cable.
#include "scripted_handler.h"
#include "stm32h755/usb_device.h"
#include "usb_chip.h"

#include <catch2/catch.hpp>

using Kind = virtual_h755::ControlOutcome::Kind;

namespace {

constexpr boot::SetupPacket getDescriptor{0x80, 6, 0x0100, 0, 18};

struct Bench {
    test::UsbChip chip;
    test::ScriptedHandler handler;
    stm32h755::UsbDevice device{handler, test::UsbChip::nowMs};

    void poll(int times)
    {
        for (int i = 0; i < times; ++i)
            device.poll();
    }

    /// Polls until the transfer ends; nothing if it does not.
    std::optional<virtual_h755::ControlOutcome> transfer(const boot::SetupPacket& packet,
                                                         contract::ByteView data = {})
    {
        chip.core.startTransfer(packet, data);
        for (int i = 0; i < 1000 && !chip.core.outcome(); ++i) {
            chip.clock.sleepUs(1);
            device.poll();
        }
        const auto outcome = chip.core.outcome();
        poll(3); // the device's side of the status stage
        return outcome;
    }

    bool isDone(const boot::SetupPacket& packet, contract::ByteView data = {})
    {
        const auto outcome = transfer(packet, data);
        return outcome && outcome->kind == Kind::Done;
    }

    bool isStalled(const boot::SetupPacket& packet, contract::ByteView data = {})
    {
        const auto outcome = transfer(packet, data);
        return outcome && outcome->kind == Kind::Stalled;
    }

    void busReset()
    {
        chip.core.busReset();
        poll(1);
        chip.clock.sleepUs(10'000);
        poll(2);
    }
};

} // namespace

TEST_CASE("usb device: it connects, and leaves everything as after a reset")
{
    Bench bench;
    const auto before = bench.chip.registers;
    REQUIRE(bench.device.connect());
    CHECK(bench.chip.core.isPulledUp());
    const std::uint64_t startUs = bench.chip.clock.nowUs();
    bench.device.disconnect();
    CHECK(bench.chip.clock.nowUs() - startUs >= 20'000);
    CHECK_FALSE(bench.chip.core.isPulledUp());
    auto after = bench.chip.registers;
    after[0x5802'480C] &= 0x00FF'FFFF;
    after[0x5802'44E0] &= ~1U;
    for (const auto& [address, value] : before) {
        CAPTURE(address);
        CHECK(after.at(address) == value);
    }
    REQUIRE(bench.device.connect());
    CHECK(bench.chip.core.isPulledUp());
}

TEST_CASE("usb device: what does not come up is reported, not waited for")
{
    Bench bench;
    SECTION("oscillator")
    {
        bench.chip.hasOscillator = false;
    }
    SECTION("supply")
    {
        bench.chip.hasSupply = false;
    }
    CHECK_FALSE(bench.device.connect());
    bench.device.poll();
    bench.device.disconnect();
    bench.chip.hasOscillator = bench.chip.hasSupply = true;
    CHECK(bench.device.connect());
}

TEST_CASE("usb device: replies of every length, cut to what was asked")
{
    Bench bench;
    REQUIRE(bench.device.connect());
    bench.busReset();
    const auto data = test::countingBytes(1024);
    const std::size_t bytes =
        GENERATE(values<std::size_t>({0, 1, 4, 63, 64, 65, 127, 128, 129, 1024}));
    const auto asked = static_cast<std::uint16_t>(GENERATE(1, 18, 64, 128, 255, 4096));
    bench.handler.answer = boot::SetupAnswer::send(contract::ByteView{data}.first(bytes));
    REQUIRE(bench.isDone({0xC1, 1, 0, 0, asked}));
    const std::size_t expectedBytes = std::min<std::size_t>(bytes, asked);
    CHECK(bench.chip.core.received() ==
          std::vector<std::uint8_t>(data.begin(), data.begin() + static_cast<int>(expectedBytes)));
    CHECK(bench.handler.log == "BSC");
    CHECK(bench.handler.lastSetup.length == asked);
    REQUIRE(bench.isDone({0xC1, 1, 0, 0, asked}));
}

TEST_CASE("usb device: OUT data of every length")
{
    Bench bench;
    REQUIRE(bench.device.connect());
    const auto data =
        test::countingBytes(GENERATE(values<std::size_t>({1, 2, 63, 64, 65, 128, 1000, 1024})));
    std::vector<std::uint8_t> buffer(2048);
    bench.handler.answer = boot::SetupAnswer::receive(buffer);
    const boot::SetupPacket download{0x21, 1, 0, 0, static_cast<std::uint16_t>(data.size())};
    REQUIRE(bench.isDone(download, data));
    CHECK(std::equal(data.begin(), data.end(), buffer.begin()));
    CHECK(buffer[data.size()] == 0);
    CHECK(bench.handler.log == "SRC");
    bench.handler.acceptsData = false;
    CHECK(bench.isStalled(download, data));
    CHECK(bench.handler.log == "SRCSR");
    bench.handler.answer = boot::SetupAnswer::acknowledge();
    CHECK(bench.isDone({0x21, 1, 0, 0, 0}));
}

TEST_CASE("usb device: STALL in every stage, and the next transfer goes on")
{
    Bench bench;
    REQUIRE(bench.device.connect());
    const auto data = test::countingBytes(100);
    bench.handler.answer = boot::SetupAnswer::stall();
    CHECK(bench.isStalled(getDescriptor));
    CHECK(bench.isStalled({0x21, 1, 0, 0, 100}, data));
    CHECK(bench.isStalled({0x21, 0, 0, 0, 0}));
    bench.handler.answer = boot::SetupAnswer::send(data);
    CHECK(bench.isDone(getDescriptor));
    CHECK(bench.handler.log == "SSSSC");
}

TEST_CASE("usb device: the host's address")
{
    Bench bench;
    REQUIRE(bench.device.connect());
    bench.busReset();
    bench.handler.answer = boot::SetupAnswer::acknowledge();
    REQUIRE(bench.isDone({0, 5, 42, 0, 0}));
    CHECK(bench.handler.log == "B");
    CHECK(bench.isDone({0, 9, 1, 0, 0}));
    CHECK(bench.isStalled({0, 5, 128, 0, 0}));
    bench.busReset();
    CHECK(bench.isDone({0, 9, 1, 0, 0}));
    CHECK(bench.handler.log == "BSCBSC");
}

TEST_CASE("usb device: a reset that ends between two polls does not lose the SETUP after it")
{
    Bench bench;
    REQUIRE(bench.device.connect());
    bench.poll(1);
    bench.chip.core.busReset();
    bench.chip.clock.sleepUs(10'000);
    bench.handler.answer = boot::SetupAnswer::acknowledge();
    CHECK(bench.isDone({0, 9, 1, 0, 0}));
    CHECK(bench.handler.log == "BSC");
}

TEST_CASE("usb device: a host that gives up at any point and starts again is served")
{
    Bench bench;
    REQUIRE(bench.device.connect());
    const auto data = test::countingBytes(300);
    std::vector<std::uint8_t> buffer(300);
    const bool isOut = GENERATE(true, false);
    const boot::SetupPacket packet{static_cast<std::uint8_t>(isOut ? 0x21 : 0xA1), 1, 0, 0, 300};
    bench.handler.answer =
        isOut ? boot::SetupAnswer::receive(buffer) : boot::SetupAnswer::send(data);
    const int packets = GENERATE(range(0, 10));
    const bool isSeen = GENERATE(false, true); // by the device, before the host gives up
    const bool resets = GENERATE(false, true);

    constexpr std::uint64_t packetUs = 10;
    bench.chip.core.setPacketUs(packetUs);
    bench.chip.core.startTransfer(packet, data);
    for (int i = 0; i < packets; ++i) {
        bench.chip.clock.sleepUs(packetUs);
        (void)bench.chip.read(0x4008'0014); // one packet moves
        if (isSeen || i + 1 < packets) bench.device.poll();
    }
    bench.chip.core.abandonTransfer();
    bench.chip.core.setPacketUs(0);
    if (resets) bench.busReset();
    REQUIRE(bench.isDone(packet, data));
    if (isOut) CHECK(std::equal(data.begin(), data.end(), buffer.begin()));
    if (!isOut) CHECK(bench.chip.core.received() == data);
    CHECK(bench.handler.log.back() == 'C');
}
