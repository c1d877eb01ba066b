// A bus with one port, at which a program stands in for a device: virtual-h755 --tcp, for tests on
// systems where programs cannot be shown devices that are not there. Not in what customers get.
#pragma once

#include "core/usb/usb_transport.h"

#include <functional>

namespace updater {

class RedirectedCable;

class RedirectedTransport final : public UsbTransport {
public:
    /// `address` is "127.0.0.1:PORT"; BadArguments for anything else. NoDevice if nobody listens.
    static Result<std::unique_ptr<RedirectedTransport>> create(std::string_view address);

    Result<std::vector<UsbDevice>> devices() override;
    Result<std::vector<UsbDevice>> romLoaders() override;
    Result<std::unique_ptr<UsbConnection>> open(const UsbDevice& device) override;
    void waitForChange(std::uint32_t timeoutMs, std::stop_token stop) override;
    Clock& clock() override { return m_clock; }
    std::vector<UsbNode> tree() override;

private:
    explicit RedirectedTransport(std::uint16_t port);
    std::vector<UsbDevice> devicesThat(bool areRomLoaders);

    std::shared_ptr<RedirectedCable> m_cable; ///< shared with open connections
    SteadyClock m_clock;
};

} // namespace updater
