#include "stm32h755/usb_device.h"

#include "stm32h755/usb_clock.h"

namespace stm32h755 {

bool UsbDevice::connect()
{
    constexpr std::uint32_t detachedMs = 4; // RM0399 60.14.36: 3 ms at least
    if (m_isConnected) return true;
    m_isConnected = startUsbClock() && m_core.reset() && waitForDeviceMode();
    if (!m_isConnected) {
        stopUsbClock();
        return false;
    }
    m_core.prepare();
    waitMs(detachedMs);
    m_core.setPullUp(true);
    return true;
}

void UsbDevice::poll()
{
    constexpr int roundLimit = 32; // a host that floods us must not keep the caller
    for (int i = 0; i < roundLimit && m_isConnected; ++i) {
        switch (m_core.nextEvent()) {
        case UsbCore::Event::None: return;
        case UsbCore::Event::Internal: break;
        case UsbCore::Event::BusReset: m_endpointZero.busReset(); break;
        case UsbCore::Event::Setup: m_endpointZero.setup(m_core.setupPacket()); break;
        case UsbCore::Event::Sent: m_endpointZero.packetSent(); break;
        case UsbCore::Event::Received:
            m_endpointZero.packetReceived(m_core.receivedPacket());
            break;
        }
    }
}

void UsbDevice::disconnect()
{
    constexpr std::uint32_t detachedMs = 20;
    if (!m_isConnected) return;
    m_isConnected = false;
    m_core.setPullUp(false);
    waitMs(detachedMs);
    stopUsbClock();
}

/// Waits until `isDone` or, one tick more because the first may be about to end, for `limitMs`. A
/// clock that stands still does not keep it.
template <typename Condition>
bool UsbDevice::waitFor(std::uint32_t limitMs, Condition isDone) const
{
    constexpr std::uint32_t turnLimit = 20'000'000;
    const std::uint32_t startMs = m_nowMs();
    for (std::uint32_t turn = 0; turn < turnLimit; ++turn) {
        if (isDone()) return true;
        if (m_nowMs() - startMs > limitMs) return false;
    }
    return false;
}

void UsbDevice::waitMs(std::uint32_t durationMs) const
{
    (void)waitFor(durationMs, [] { return false; });
}

bool UsbDevice::waitForDeviceMode() const
{
    constexpr std::uint32_t limitMs = 200;
    return waitFor(limitMs, [this] { return m_core.isDeviceMode(); });
}

} // namespace stm32h755
