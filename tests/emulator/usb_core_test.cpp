#include "emulator/usb_core.h"

#include "emulator/usb_bits.h"

#include <catch2/catch.hpp>

using namespace emulator;
using namespace emulator::usb_bits;
using Kind = virtual_h755::ControlOutcome::Kind;

namespace {

constexpr boot::SetupPacket getDescriptor{0x80, 6, 0x0100, 0, 18};

/// A driver's side of the core, one register access a call.
struct Bench {
    virtual_h755::SimulatedClock clock;
    bool isClocked = true;
    UsbCore core{clock, [this] { return isClocked; }};

    std::uint32_t read(std::uint32_t offset) { return core.read(offset, 4); }
    void write(std::uint32_t offset, std::uint32_t value) { core.write(offset, value, 4); }

    void connect()
    {
        write(GUSBCFG, forceDevice);
        clock.sleepUs(25'000);
        write(GCCFG, transceiverOn);
        write(GOTGCTL, sessionValidOverride);
        write(DCFG, fullSpeed);
        write(DIEPTXF0, 64U << 16 | 128);
        write(DOEPTSIZ0, setupCount);
        write(DCTL, 0);
    }

    /// Lets the host act and pops the SETUP packet.
    void takeSetup()
    {
        (void)read(GINTSTS);
        REQUIRE((read(GRXSTSP) >> 17 & 0xF) == 6);
        (void)read(Fifo0);
        (void)read(Fifo0);
        REQUIRE((read(GRXSTSP) >> 17 & 0xF) == 4);
        REQUIRE((read(DOEPINT0) & setupDone) == setupDone);
        write(DOEPINT0, setupDone);
        write(DOEPTSIZ0, setupCount);
    }

    void send(std::uint32_t bytes)
    {
        write(DIEPTSIZ0, bit(19) | bytes);
        write(DIEPCTL0, enableEndpoint | clearNak);
        for (std::uint32_t at = 0; at < bytes; at += 4)
            write(Fifo0, 0x0403'0201 + at);
        (void)read(GINTSTS);
        REQUIRE((read(DIEPINT0) & transferComplete) != 0);
        write(DIEPINT0, transferComplete);
    }

    void armOut()
    {
        write(DOEPTSIZ0, setupCount | outPacket | 64);
        write(DOEPCTL0, enableEndpoint | clearNak);
        (void)read(GINTSTS);
    }
};

} // namespace

TEST_CASE("usb core: it connects only with everything that a connection needs")
{
    Bench bench;
    CHECK_FALSE(bench.core.isPulledUp());
    bench.connect();
    CHECK(bench.core.isPulledUp());
    SECTION("clocks, pins and supply")
    {
        bench.isClocked = false;
    }
    SECTION("transceiver")
    {
        bench.write(GCCFG, 0);
    }
    SECTION("session valid")
    {
        bench.write(GOTGCTL, 0);
    }
    SECTION("pull-up")
    {
        bench.write(DCTL, softDisconnect);
    }
    SECTION("full speed")
    {
        bench.write(DCFG, 0);
    }
    SECTION("PHY clock")
    {
        bench.write(PCGCCTL, 1);
    }
    SECTION("device mode")
    {
        bench.write(GUSBCFG, 0);
        bench.write(GUSBCFG, forceDevice);
        CHECK((bench.read(GINTSTS) & hostMode) != 0);
    }
    SECTION("core reset")
    {
        bench.write(GRSTCTL, coreReset);
    }
    CHECK_FALSE(bench.core.isPulledUp());
}

TEST_CASE("usb core: an IN transfer")
{
    Bench bench;
    bench.connect();
    bench.core.startTransfer(getDescriptor, {});
    bench.takeSetup();
    CHECK((bench.read(DOEPTSIZ0) & setupCount) == setupCount);
    bench.send(18);
    CHECK_FALSE(bench.core.outcome());
    bench.armOut();
    REQUIRE(bench.core.outcome());
    CHECK(bench.core.outcome()->kind == Kind::Done);
    CHECK(bench.core.received().size() == 18);
    CHECK(bench.core.received()[4] == 5);
    CHECK((bench.read(GRXSTSP) >> 17 & 0xF) == 2);
    CHECK((bench.read(GRXSTSP) >> 17 & 0xF) == 3);
    CHECK((bench.read(DOEPINT0) & transferComplete) != 0);
}

TEST_CASE("usb core: an OUT transfer moves one packet per arming")
{
    Bench bench;
    bench.connect();
    std::vector<std::uint8_t> data(70, 7);
    bench.core.startTransfer({0x21, 1, 0, 0, 70}, data);
    bench.takeSetup();
    for (const std::uint32_t bytes : {64U, 6U}) {
        bench.armOut();
        (void)bench.read(GINTSTS);
        CHECK(bench.read(GRXSTSP) == (2U << 17 | bytes << 4));
        for (std::uint32_t at = 0; at < bytes; at += 4)
            (void)bench.read(Fifo0);
        CHECK(bench.read(GRXSTSP) == 3U << 17);
        bench.write(DOEPINT0, transferComplete);
    }
    bench.send(0);
    REQUIRE(bench.core.outcome());
    CHECK(bench.core.outcome()->kind == Kind::Done);
    CHECK(bench.core.outcome()->bytes == 70);
}

TEST_CASE("usb core: STALL ends a transfer, and the next SETUP clears it")
{
    Bench bench;
    bench.connect();
    bench.core.startTransfer(getDescriptor, {});
    bench.takeSetup();
    bench.write(DIEPCTL0, stalled);
    bench.write(DOEPCTL0, stalled);
    (void)bench.read(GINTSTS);
    REQUIRE(bench.core.outcome());
    CHECK(bench.core.outcome()->kind == Kind::Stalled);
    bench.core.startTransfer(getDescriptor, {});
    bench.takeSetup();
    CHECK((bench.read(DIEPCTL0) & stalled) == 0);
    CHECK((bench.read(DOEPCTL0) & stalled) == 0);
}

TEST_CASE("usb core: a bus reset takes time, and the device has to listen to address 0 again")
{
    Bench bench;
    bench.connect();
    bench.core.startTransfer({0, 5, 9, 0, 0}, {});
    bench.takeSetup();
    bench.write(DCFG, fullSpeed | 9U << 4);
    bench.send(0);
    REQUIRE(bench.core.outcome());

    bench.core.busReset();
    CHECK((bench.read(GINTSTS) & resetSeen) != 0);
    CHECK((bench.read(GINTSTS) & enumerationDone) == 0);
    bench.clock.sleepUs(10'000);
    CHECK((bench.read(GINTSTS) & enumerationDone) != 0);
    bench.core.startTransfer(getDescriptor, {});
    CHECK((bench.read(GINTSTS) & receiveLevel) == 0);
    bench.write(DCFG, fullSpeed);
    CHECK((bench.read(GINTSTS) & receiveLevel) != 0);
}

TEST_CASE("usb core: what a driver must not do is noticed")
{
    Bench bench;
    bench.connect();
    CHECK_THROWS_AS(bench.read(0xA00), IllegalAccess);
    CHECK_THROWS_AS(bench.write(0xA00, 0), IllegalAccess);
    CHECK_THROWS_AS(bench.write(CID, 0), IllegalAccess);
    CHECK_THROWS_AS(bench.core.read(DCFG, 2), IllegalAccess);
    CHECK_THROWS_AS(bench.read(GRXSTSP), IllegalAccess);
    CHECK_THROWS_AS(bench.read(GRXSTSR), IllegalAccess);
    CHECK_THROWS_AS(bench.read(Fifo0), IllegalAccess);
    CHECK_THROWS_AS(bench.write(Fifo0, 0), IllegalAccess);
    CHECK_THROWS_AS(bench.write(GAHBCFG, dmaEnable), IllegalAccess);
    CHECK_THROWS_AS(bench.write(DIEPCTL0, enableEndpoint), IllegalAccess);
    CHECK_THROWS_AS(bench.write(DOEPCTL0, enableEndpoint), IllegalAccess);
    CHECK_THROWS_AS(bench.write(DOEPCTL0, disableEndpoint), IllegalAccess);
    CHECK_THROWS_AS(bench.write(DIEPTSIZ0, bit(19) | 65), IllegalAccess);
    CHECK_THROWS_AS(bench.write(DOEPTSIZ0, outPacket | 63), IllegalAccess);
    CHECK_THROWS_AS(bench.write(GRSTCTL, transmitFlush | 3U << 6), IllegalAccess);
    SECTION("too many words for a packet")
    {
        bench.write(DIEPTSIZ0, bit(19) | 4);
        bench.write(DIEPCTL0, enableEndpoint);
        bench.write(Fifo0, 0);
        CHECK_THROWS_AS(bench.write(Fifo0, 0), IllegalAccess);
        CHECK_THROWS_AS(bench.write(DIEPTSIZ0, 0), IllegalAccess);
    }
    SECTION("SETUP without a place for it")
    {
        bench.write(DOEPTSIZ0, 0);
        bench.core.startTransfer(getDescriptor, {});
        CHECK_THROWS_AS(bench.read(GINTSTS), IllegalAccess);
    }
    SECTION("a packet that is not read before the next status")
    {
        bench.core.startTransfer(getDescriptor, {});
        (void)bench.read(GINTSTS);
        (void)bench.read(GRXSTSP);
        CHECK_THROWS_AS(bench.read(GRXSTSP), IllegalAccess);
    }
}
