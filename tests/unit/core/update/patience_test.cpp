// How long the updater waits for devices that restart, vanish or come and go.
#include "support/update_bench.h"

#include <catch2/catch.hpp>

using namespace updater;
using namespace test_support;

namespace {

ErrorCode refusalOf(const Result<UpdateOutcome>& outcome)
{
    if (outcome) FAIL("the update succeeded");
    return outcome.error().code;
}

/// Another bus, as it is; what is made of it is derived.
class BusInFront : public UsbTransport {
public:
    explicit BusInFront(UsbTransport& bus) : m_bus(bus) {}

    Result<std::vector<UsbDevice>> devices() override { return m_bus.devices(); }
    Result<std::unique_ptr<UsbConnection>> open(const UsbDevice& device) override
    {
        return m_bus.open(device);
    }
    void waitForChange(std::uint32_t ms, std::stop_token stop) override
    {
        m_bus.waitForChange(ms, std::move(stop));
    }
    updater::Clock& clock() override { return m_bus.clock(); }

private:
    UsbTransport& m_bus;
};

/// A device that is listed and has gone again when it is opened, so many times.
class LooseCable final : public BusInFront {
public:
    LooseCable(UsbTransport& bus, int losses) : BusInFront(bus), m_losses(losses) {}

    Result<std::unique_ptr<UsbConnection>> open(const UsbDevice& device) override
    {
        if (m_losses-- > 0) return fail(ErrorCode::ConnectionLost, "loose");
        return BusInFront::open(device);
    }

private:
    int m_losses;
};

/// A system that gives access to its devices from some moment on: the udev rule is slow, or
/// missing.
class GuardedBus final : public BusInFront {
public:
    GuardedBus(UsbTransport& bus, std::uint64_t opensMs) : BusInFront(bus), m_opensMs(opensMs) {}

    Result<std::vector<UsbDevice>> devices() override
    {
        TRY_ASSIGN(std::vector<UsbDevice> devices, BusInFront::devices());
        if (clock().nowMs() >= m_opensMs) return devices;
        for (UsbDevice& device : devices) {
            device.serial.clear();
            device.problem = Error{ErrorCode::PermissionDenied, "guarded"};
        }
        return devices;
    }

private:
    std::uint64_t m_opensMs;
};

} // namespace

TEST_CASE("a device that was plugged in just now may be opened a moment later", "[update][unplug]")
{
    UpdateBench bench;
    const auto bundle = verifiedRelease(firstRelease());
    const auto updateOnceOpenIn = [&](std::uint64_t ms) {
        GuardedBus bus(bench.transport, bench.transport.clock().nowMs() + ms);
        return update(bus, bench.selector, bundle, bench.transcript, bench.stop.get_token(),
                      bench.deadlines);
    };
    const std::uint64_t startMs = bench.transport.clock().nowMs();
    CHECK(refusalOf(updateOnceOpenIn(60'000)) == ErrorCode::PermissionDenied);
    CHECK(bench.transport.clock().nowMs() - startMs < 6'000);
    CHECK(updateOnceOpenIn(3'000).has_value());
}

TEST_CASE("a device that is just restarting is waited for, a missing one not for long",
          "[update][unplug]")
{
    UpdateBench bench;
    const auto bundle = verifiedRelease(firstRelease());
    bench.device->unplug();
    const std::uint64_t startMs = bench.transport.clock().nowMs();
    CHECK(refusalOf(bench.update(bundle)) == ErrorCode::NoDevice);
    CHECK(bench.transport.clock().nowMs() - startMs < 6'000);
    bench.device->plug();
    bench.device->reset(contract::ResetCause::Pin); // not on the bus in its first moments
    CHECK(bench.update(bundle).has_value());
}

TEST_CASE("a device that comes and goes is given two minutes", "[update][unplug]")
{
    UpdateBench bench;
    const auto bundle = verifiedRelease(firstRelease());
    const auto updateAfter = [&](int losses) {
        LooseCable cable(bench.transport, losses);
        return update(cable, bench.selector, bundle, bench.transcript, bench.stop.get_token(),
                      bench.deadlines);
    };
    const std::uint64_t startMs = bench.transport.clock().nowMs();
    CHECK(refusalOf(updateAfter(1'000'000)) == ErrorCode::ConnectionLost);
    const std::uint64_t tookMs = bench.transport.clock().nowMs() - startMs;
    CHECK(tookMs > 100'000);
    CHECK(tookMs < 160'000);
    CHECK(updateAfter(200).has_value());
}
