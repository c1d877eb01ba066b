// The example's USB side behind the port's driver, asked by a host.
#include "example/runtime_device.h"

#include "contract/runtime_status.h"
#include "stm32h755/usb_device.h"
#include "unit/boot-client/client_fixture.h"
#include "usb_chip.h"

#include <catch2/catch.hpp>

using Kind = virtual_h755::ControlOutcome::Kind;

namespace {

constexpr example::UsbIdentity identity{
    0x1209, 0x0001, "Vendor", "Product", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0xFC}};

struct Bench {
    test::UsbChip chip;
    client_test::ClientFixture firmware;
    example::RuntimeDevice runtime{firmware.client, identity};
    stm32h755::UsbDevice usb{runtime, test::UsbChip::nowMs};

    Bench() { REQUIRE(usb.connect()); }

    Kind transfer(const boot::SetupPacket& packet)
    {
        chip.core.startTransfer(packet, {});
        for (int i = 0; i < 1000 && !chip.core.outcome(); ++i)
            usb.poll();
        usb.poll(); // the device's side of the status stage
        REQUIRE(chip.core.outcome());
        return chip.core.outcome()->kind;
    }

    std::vector<std::uint8_t> read(const boot::SetupPacket& packet)
    {
        REQUIRE(transfer(packet) == Kind::Done);
        return chip.core.received();
    }

    std::string readString(std::uint8_t number)
    {
        const auto value = static_cast<std::uint16_t>(0x0300 | number);
        const std::vector<std::uint8_t> bytes = read({0x80, 6, value, 0x0409, 255});
        REQUIRE(bytes.size() == bytes[0]);
        std::string text;
        for (std::size_t i = 2; i < bytes.size(); i += 2)
            text += static_cast<char>(bytes[i]);
        return text;
    }
};

} // namespace

TEST_CASE("runtime device: what a host reads of it")
{
    Bench bench;
    const auto device = bench.read({0x80, 6, 0x0100, 0, 64});
    CHECK(device == std::vector<std::uint8_t>{18, 1, 0, 2, 0, 0, 0, 64, 0x09, 0x12, 1, 0, 0x42,
                                              0x01, 1, 2, 3, 1});
    const auto configuration = bench.read({0x80, 6, 0x0200, 0, 255});
    REQUIRE(configuration.size() == 27);
    CHECK(configuration[2] == 27);
    CHECK(configuration[14] == 0xFE); // DFU, at run time
    CHECK(configuration[16] == 1);
    CHECK(bench.readString(1) == "Vendor");
    CHECK(bench.readString(2) == "Product");
    CHECK(bench.readString(3) == "0102030405060708090A0BFC");
    CHECK(bench.readString(4) == "Firmware");
    CHECK(bench.transfer({0x80, 6, 0x0305, 0x0409, 255}) == Kind::Stalled);
    CHECK(bench.transfer({0x80, 6, 0x0F00, 0, 5}) == Kind::Stalled);
    CHECK(bench.read({0xC1, 1, 0, 0, 64}).size() == contract::RuntimeStatus::encodedBytes);
}

TEST_CASE("runtime device: a configuration lasts until the next bus reset")
{
    Bench bench;
    CHECK(bench.transfer({0, 9, 2, 0, 0}) == Kind::Stalled);
    CHECK(bench.transfer({0, 9, 1, 0, 0}) == Kind::Done);
    CHECK(bench.read({0x80, 8, 0, 0, 1}) == std::vector<std::uint8_t>{1});
    bench.chip.core.busReset();
    bench.chip.clock.sleepUs(10'000);
    CHECK(bench.read({0x80, 8, 0, 0, 1}) == std::vector<std::uint8_t>{0});
}

TEST_CASE("runtime device: DETACH restarts after its status stage, and only then")
{
    Bench bench;
    bench.chip.core.setPacketUs(10);
    bench.chip.core.startTransfer({0x21, 0, 1000, 0, 0}, {});
    for (int i = 0; i < 10 && !bench.chip.core.outcome(); ++i) {
        CHECK(bench.firmware.resets == 0);
        bench.chip.clock.sleepUs(10);
        bench.usb.poll();
    }
    REQUIRE(bench.chip.core.outcome());
    CHECK(bench.chip.core.outcome()->kind == Kind::Done);
    bench.usb.poll();
    CHECK(bench.firmware.resets == 1);
}
