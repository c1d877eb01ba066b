// The updater's bus with virtual devices on it, in one process and on virtual time: the same code
// as behind libusb, every transfer on the device's clock, and a cable that can be pulled at any
// byte.
#pragma once

#include "core/usb/usb_transport.h"
#include "virtual/device.h"

#include <functional>

namespace test_support {

class InProcessTransport final : public updater::UsbTransport {
public:
    explicit InProcessTransport(virtual_h755::SimulatedClock& clock);

    void add(virtual_h755::Device& device, std::string portPath);

    /// Pulls the cable of `device` once it has got so many bytes of downloads in all, and plugs it
    /// in again after `replugAfterMs` on `portPath`.
    struct Unplug {
        std::uint64_t atBytes = 0;
        std::uint32_t replugAfterMs = 0;
        std::string portPath;
        bool cutsPower = false;
    };
    void unplug(virtual_h755::Device& device, const Unplug& unplug);

    /// Called before each transfer, with the device that it is for.
    std::function<void(virtual_h755::Device&)> beforeTransfer;

    /// How many blocks with this stream position have been sent, by any run.
    const std::vector<std::uint32_t>& timesSent() const { return m_timesSent; }

    updater::Result<std::vector<updater::UsbDevice>> devices() override;
    updater::Result<std::unique_ptr<updater::UsbConnection>>
    open(const updater::UsbDevice& device) override;
    void waitForChange(std::uint32_t timeoutMs, std::stop_token stop) override;
    updater::Clock& clock() override { return m_updaterClock; }

private:
    friend class InProcessConnection;

    struct Port {
        virtual_h755::Device* device;
        std::string path;
        std::optional<Unplug> unplug;
        std::uint64_t replugUs = 0; ///< 0: nothing is due
    };

    /// The updater's time is the devices' time.
    class UpdaterClock final : public updater::Clock {
    public:
        explicit UpdaterClock(InProcessTransport& bus) : m_bus(bus) {}
        std::uint64_t nowMs() const override { return m_bus.m_clock.nowUs() / 1000; }
        void sleepMs(std::uint32_t ms) override { m_bus.run(std::uint64_t{ms} * 1000); }

    private:
        InProcessTransport& m_bus;
    };

    void run(std::uint64_t us);
    void pullDueCables();
    void plugDueCables();
    std::uint64_t enumerations() const;
    virtual_h755::ControlOutcome control(virtual_h755::Device& device,
                                         const updater::SetupFields& setup,
                                         contract::ByteSpan bytes);
    std::optional<updater::UsbDevice> describe(Port& port);

    virtual_h755::SimulatedClock& m_clock;
    UpdaterClock m_updaterClock{*this};
    std::vector<Port> m_ports;
    std::vector<std::uint32_t> m_timesSent;
};

} // namespace test_support
