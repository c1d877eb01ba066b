// A host's connection to a virtual board in its ROM loader, in one process and on virtual time.
#pragma once

#include "core/usb/usb_transport.h"
#include "virtual/virtual_device.h"

#include <functional>

namespace test_support {

class RomConnection final : public updater::UsbConnection, public updater::Clock {
public:
    RomConnection(virtual_h755::VirtualDevice& device, virtual_h755::SimulatedClock& clock)
        : m_device(device), m_clock(clock)
    {
    }

    /// Called before each transfer.
    std::function<void(const updater::SetupFields&)> beforeTransfer;

    updater::Result<updater::TransferEnd> controlIn(const updater::SetupFields& setup,
                                                    contract::ByteSpan out,
                                                    std::uint32_t timeoutMs) override
    {
        return transfer(setup, out, timeoutMs);
    }
    updater::Result<updater::TransferEnd> controlOut(const updater::SetupFields& setup,
                                                     contract::ByteView bytes,
                                                     std::uint32_t timeoutMs) override
    {
        std::vector<std::uint8_t> copy(bytes.begin(), bytes.end());
        return transfer(setup, copy, timeoutMs);
    }
    std::uint16_t interfaceNumber() const override { return 0; }

    /// How often the board has said no.
    int stalls() const { return m_stalls; }

    std::uint64_t nowMs() const override { return m_clock.nowUs() / 1000; }
    void sleepMs(std::uint32_t ms) override { m_device.run(std::uint64_t{ms} * 1000); }

private:
    /// An answer that comes after the time-out does not count.
    updater::Result<updater::TransferEnd>
    transfer(const updater::SetupFields& setup, contract::ByteSpan bytes, std::uint32_t timeoutMs)
    {
        using Kind = virtual_h755::ControlOutcome::Kind;
        using updater::ErrorCode;
        if (beforeTransfer) beforeTransfer(setup);
        const std::uint64_t startMs = nowMs();
        const auto outcome =
            m_device.control({setup.requestType, setup.request, setup.value, setup.index,
                              static_cast<std::uint16_t>(bytes.size())},
                             bytes);
        switch (outcome.kind) {
        case Kind::Done: break;
        case Kind::Stalled: ++m_stalls; return updater::TransferEnd{.isStalled = true};
        case Kind::Detached: return updater::fail(ErrorCode::ConnectionLost, "detached");
        case Kind::Silent:
            sleepMs(timeoutMs);
            return updater::fail(ErrorCode::DeviceSilent, "silent");
        case Kind::Babbled: return updater::fail(ErrorCode::TransferFailed, "babble");
        }
        if (nowMs() - startMs > timeoutMs)
            return updater::fail(ErrorCode::DeviceSilent, "too late");
        return updater::TransferEnd{.bytes = outcome.bytes};
    }

    virtual_h755::VirtualDevice& m_device;
    virtual_h755::SimulatedClock& m_clock;
    int m_stalls = 0;
};

} // namespace test_support
