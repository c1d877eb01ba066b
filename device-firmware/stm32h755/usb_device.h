// A USB device with nothing but EP0 on the chip's second OTG core (PA11, PA12), for the bootloader
// and for the example application. Polled: no interrupts, no DMA.
#pragma once

#include "stm32h755/usb_core.h"

namespace stm32h755 {

class UsbDevice {
public:
    /// `nowMs` has to run for as long as this object is used; it may wrap.
    using MillisecondClock = std::uint32_t (*)();

    UsbDevice(boot::ControlHandler& handler, MillisecondClock nowMs)
        : m_nowMs(nowMs), m_endpointZero(m_core, handler)
    {
    }
    UsbDevice(const UsbDevice&) = delete;
    UsbDevice& operator=(const UsbDevice&) = delete;

    /// Starts clock, pins and core and shows the device to the host, after some 30 ms, at most
    /// 300. False if something does not come up; then everything is off and may be tried again.
    bool connect();

    /// Moves packets and calls the handler. Takes microseconds besides what the handler takes.
    void poll();

    /// Leaves the bus for 20 ms, so that the host sees it go, and resets core, clock and pins.
    void disconnect();

private:
    template <typename Condition>
    bool waitFor(std::uint32_t limitMs, Condition isDone) const;
    void waitMs(std::uint32_t durationMs) const;
    bool waitForDeviceMode() const;

    const MillisecondClock m_nowMs;
    UsbCore m_core;
    EndpointZero m_endpointZero;
    bool m_isConnected = false;
};

} // namespace stm32h755
