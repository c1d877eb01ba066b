// The OTG_FS core in device mode as far as EP0 goes (RM0399 chapter 60, polled slave mode), and the
// host at the other end of its cable.
#pragma once

#include "emulator/peripheral.h"
#include "virtual/clock.h"
#include "virtual/device.h"

#include <array>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace emulator {

class UsbCore final : public Peripheral {
public:
    /// `isClocked` tells whether the 48 MHz clock, the AHB clock, the pins and the 3.3 V supply of
    /// the transceiver are on: without them the core never connects.
    UsbCore(virtual_h755::Clock& clock, std::function<bool()> isClocked);

    std::uint32_t read(std::uint32_t offset, unsigned bytes) override;
    void write(std::uint32_t offset, std::uint32_t value, unsigned bytes) override;

    /// System reset, or RCC_AHB1RSTR: all registers as after power-on; the host sees a detach.
    void reset();

    /// The pull-up on D+ is on.
    bool isPulledUp() const;

    /// Host side. `busReset` is delivered to the firmware like every other event: when it polls.
    void busReset();

    /// Starts a control transfer; only one at a time. `data` is the OUT data.
    void startTransfer(const boot::SetupPacket& packet, contract::ByteView data);
    /// The outcome once the transfer has ended, and then IN data; nothing while it runs.
    std::optional<virtual_h755::ControlOutcome> outcome() const;
    const std::vector<std::uint8_t>& received() const;
    /// Gives the transfer up, as a host does after its time-out or when the cable is pulled.
    void abandonTransfer();

private:
    struct State;
};

} // namespace emulator
