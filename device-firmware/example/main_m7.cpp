// The M7's part: checks itself and waits for the M4's report, then confirms; keeps the watchdog
// fed and lets the updater find the running device and send it into update mode.
#include "boot-client/boot_client_stm32h755.h"
#include "branding/branding.h"
#include "runtime_device.h"
#include "stm32h755/usb_device.h"
#include "system.h"
#include "wave.h"

namespace {

constexpr std::uint32_t confirmDeadlineMs = 10'000;
constexpr std::uint32_t clientPeriodMs = 10;

/// The port's functions, with a reset that takes leave of the host.
class Port {
public:
    Port()
    {
        h755_stm32_port(&m_port, [](void*) { return elapsed_ms(); });
        m_reset = m_port.reset;
        m_port.reset = leaveAndReset;
        m_port.context = this;
    }
    Port(const Port&) = delete;
    Port& operator=(const Port&) = delete;

    const h755_port* get() const { return &m_port; }
    void leaveOnReset(stm32h755::UsbDevice& usb) { m_usb = &usb; }

private:
    static void leaveAndReset(void* context)
    {
        auto& port = *static_cast<Port*>(context);
        if (port.m_usb != nullptr) port.m_usb->disconnect();
        port.m_reset(nullptr);
    }

    h755_port m_port;
    void (*m_reset)(void* context) = nullptr;
    stm32h755::UsbDevice* m_usb = nullptr;
};

example::UsbIdentity usbIdentity()
{
    example::UsbIdentity identity{branding::vendorId,
                                  branding::runtimeProductId,
                                  branding::vendorName,
                                  branding::productName,
                                  {}};
    for (unsigned i = 0; i < identity.uniqueId.size(); ++i)
        identity.uniqueId[i] = unique_id_byte(i);
    return identity;
}

/// True once this start counts as good: both cores run, and a trial is confirmed.
bool settle(h755_client& client)
{
    if (!h755_client_is_m4_healthy(&client) || !h755_client_confirm(&client)) return false;
    h755_client_healthy(&client);
    return true;
}

} // namespace

int main()
{
    start_tick();
    Port port;
    h755_client client;
    h755_client_init(&client, port.get(), branding::productId, confirmDeadlineMs);
    example::RuntimeDevice runtimeDevice{client, usbIdentity()};
    stm32h755::UsbDevice usb{runtimeDevice, elapsed_ms};
    port.leaveOnReset(usb);
    (void)usb.connect(); // firmware without USB is firmware all the same

    const bool isIntact = wave_is_intact();
    bool isSettled = false;
    std::uint32_t lastMs = elapsed_ms();
    for (;;) {
        usb.poll();
        if (elapsed_ms() - lastMs < clientPeriodMs) continue;
        lastMs = elapsed_ms();
        h755_client_poll(&client);
        if (!isSettled && isIntact) isSettled = settle(client);
    }
}
