// The OTG core's registers: device mode, full speed, EP0 only, polled, without DMA.
#pragma once

#include "stm32h755/usb_endpoint_zero.h"

namespace stm32h755 {

class UsbCore final : public PacketPort {
public:
    enum class Event : std::uint8_t {
        None,
        Internal, ///< something has been dealt with; ask again
        BusReset,
        Setup, ///< `setupPacket`
        Sent,
        Received, ///< `receivedPacket`
    };

    /// From the state after RCC reset to device mode, not yet on the bus. False if the core does
    /// not answer. Device mode is there when `isDeviceMode` says so, after about 25 ms.
    bool reset();
    bool isDeviceMode() const;
    /// In device mode: gets everything ready behind a pull-up that is still off.
    void prepare();
    void setPullUp(bool isOn);

    /// What has happened on the bus next. Never waits for the host.
    Event nextEvent();

    /// Valid until the next call of `nextEvent`.
    const boot::SetupPacket& setupPacket() const { return m_setup; }
    contract::ByteView receivedPacket() const
    {
        return contract::ByteView{m_packet}.first(m_packetBytes);
    }

    void setAddress(std::uint8_t address) override;
    void send(contract::ByteView packet) override;
    void receive() override;
    void stall() override;

private:
    Event startAnew(std::uint32_t interrupts);
    Event takeEntry();
    Event finishSetup();
    void readPacket(std::size_t bytes);

    boot::SetupPacket m_setup;
    std::size_t m_packetBytes = 0;
    contract::ByteArray<endpointZeroBytes> m_packet{};
};

} // namespace stm32h755
