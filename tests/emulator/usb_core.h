// The OTG_FS core in device mode as far as EP0 goes (RM0399 chapter 60, slave mode, polled), with
// the end of its cable. What a driver must not do is an IllegalAccess; what a host does in between
// is host_transfer.h's.
#pragma once

#include "emulator/host_transfer.h"
#include "emulator/peripheral.h"
#include "emulator/usb_fifo.h"
#include "virtual/clock.h"

#include <functional>
#include <map>

namespace emulator {

class UsbCore final : public Peripheral, private DeviceEndpoint {
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

    /// Host side. A pulled cable looks like a suspended bus, because VBUS is not sensed.
    void setPlugged(bool isPlugged) { m_isPlugged = isPlugged; }

    /// Host side: drives a bus reset. The firmware sees it when it polls, and has to be polled on
    /// until `isResetting` is false.
    void busReset();
    bool isResetting() const { return m_resetEndUs != 0; }

    /// Starts a control transfer; only one at a time. `data` is the OUT data.
    void startTransfer(const boot::SetupPacket& packet, contract::ByteView data);
    /// The outcome once the transfer has ended, and then IN data; nothing while it runs.
    std::optional<virtual_h755::ControlOutcome> outcome() const { return m_host.outcome(); }
    const std::vector<std::uint8_t>& received() const { return m_host.received(); }
    /// Gives the transfer up, as a host does after its time-out or when the cable is pulled.
    void abandonTransfer() { m_host.abandon(); }

    /// A packet on the bus takes so long; 0 = the host is always there at once.
    void setPacketUs(std::uint64_t us) { m_packetUs = us; }

private:
    // What the host's tokens meet (DeviceEndpoint).
    bool acceptsSetup() override;
    void setup(const contract::ByteArray<8>& packet) override;
    InReply in() override;
    OutReply out(contract::ByteView packet) override;

    void serveBus();
    void driveReset();
    std::uint32_t interruptStatus() const;
    std::uint32_t popStatus();
    std::uint32_t readRegister(std::uint32_t offset);
    void writeRegister(std::uint32_t offset, std::uint32_t value);
    void writeReset(std::uint32_t value);
    void writeDeviceControl(std::uint32_t value);
    void writeInControl(std::uint32_t value);
    void writeOutControl(std::uint32_t value);
    void writeInSize(std::uint32_t value);
    void writeOutSize(std::uint32_t value);
    void pushTransmit(std::uint32_t word);
    bool isInDeviceMode() const;

    virtual_h755::Clock& m_clock;
    std::function<bool()> m_isClocked;
    HostTransfer m_host{*this};
    UsbFifo m_receive;                              ///< with the status queue
    std::vector<std::uint32_t> m_transmit;          ///< words of the IN packet being written
    std::map<std::uint32_t, std::uint32_t> m_plain; ///< registers that only keep what is written

    std::uint32_t m_interrupts = 0; ///< GINTSTS, the flags that are kept
    std::uint32_t m_inControl = 0;
    std::uint32_t m_inInterrupts = 0;
    std::uint32_t m_inSize = 0;
    std::uint32_t m_outControl = 0;
    std::uint32_t m_outInterrupts = 0;
    std::uint32_t m_outSize = 0;
    bool m_isOutArmed = false; ///< EPENA, not NAK, and the packet has not come yet
    unsigned m_resetReads = 0; ///< CSRST reads as set so many times more

    std::uint64_t m_packetUs = 0;
    std::uint64_t m_nextPacketUs = 0;
    std::uint64_t m_deviceModeUs = 0; ///< when CMOD falls
    std::uint64_t m_frameUs = 0;
    std::uint64_t m_resetEndUs = 0; ///< of a bus reset being driven; 0 = none
    std::uint8_t m_hostAddress = 0; ///< that the host uses for us
    bool m_isPlugged = true;
};

} // namespace emulator
