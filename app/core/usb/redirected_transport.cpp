#include "core/usb/redirected_transport.h"

#include "core/usb/device_mode.h"
#include "core/usb/device_text.h"
#include "core/usb/redirected_cable.h"

#include <algorithm>
#include <charconv>

namespace updater {
namespace {

/// How long a device that is plugged in may take to introduce itself.
constexpr std::uint32_t introductionMs = 300;

class RedirectedConnection final : public UsbConnection {
public:
    RedirectedConnection(std::shared_ptr<RedirectedCable> cable, const UsbDevice& device,
                         std::uint8_t interfaceNumber)
        : m_cable(std::move(cable)), m_device(device), m_interfaceNumber(interfaceNumber)
    {
    }

    Result<TransferEnd> controlIn(const SetupFields& setup, ByteSpan out,
                                  std::uint32_t timeoutMs) override
    {
        TRY(check());
        return m_cable->transfer(setup, {}, out, timeoutMs);
    }

    Result<TransferEnd> controlOut(const SetupFields& setup, ByteView bytes,
                                   std::uint32_t timeoutMs) override
    {
        TRY(check());
        return m_cable->transfer(setup, bytes, {}, timeoutMs);
    }

    std::uint16_t interfaceNumber() const override { return m_interfaceNumber; }

private:
    /// What is plugged in now may be another device, or the same one after a restart.
    Result<> check() const
    {
        const std::optional<UsbDevice>& now = m_cable->device();
        if (now && now->isSameEnumeration(m_device)) return {};
        return fail(ErrorCode::ConnectionLost, "the device has gone");
    }

    std::shared_ptr<RedirectedCable> m_cable;
    UsbDevice m_device;
    std::uint8_t m_interfaceNumber;
};

Result<std::uint16_t> portOf(std::string_view address)
{
    constexpr std::string_view host = "127.0.0.1:";
    const std::string_view digits = address.substr(std::min(host.size(), address.size()));
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    const bool isWhole = error == std::errc{} && end == digits.data() + digits.size();
    if (!address.starts_with(host) || !isWhole || port == 0)
        return fail(ErrorCode::BadArguments, "not tcp:127.0.0.1:PORT: tcp:" + printable(address));
    return port;
}

} // namespace

Result<std::unique_ptr<RedirectedTransport>> RedirectedTransport::create(std::string_view address)
{
    TRY_ASSIGN(const std::uint16_t port, portOf(address));
    std::unique_ptr<RedirectedTransport> transport(new RedirectedTransport(port));
    TRY(transport->m_cable->follow(introductionMs));
    return transport;
}

RedirectedTransport::RedirectedTransport(std::uint16_t port)
    : m_cable(std::make_shared<RedirectedCable>(port))
{
}

std::vector<UsbDevice> RedirectedTransport::devicesThat(bool areRomLoaders)
{
    // No program there any more: nothing is plugged in.
    (void)m_cable->follow(m_cable->device() ? 0 : introductionMs);
    const std::optional<UsbDevice>& device = m_cable->device();
    if (!device || !modeOf(device->vendorId, device->productId) ||
        (device->mode == DeviceMode::RomLoader) != areRomLoaders)
        return {};
    return {*device};
}

Result<std::vector<UsbDevice>> RedirectedTransport::devices()
{
    return devicesThat(false);
}

Result<std::vector<UsbDevice>> RedirectedTransport::romLoaders()
{
    return devicesThat(true);
}

std::vector<UsbNode> RedirectedTransport::tree()
{
    const std::optional<UsbDevice>& device = m_cable->device();
    if (!device) return {};
    return {{.portPath = device->portPath,
             .vendorId = device->vendorId,
             .productId = device->productId,
             .deviceClass = 0,
             .speed = "full"}};
}

Result<std::unique_ptr<UsbConnection>> RedirectedTransport::open(const UsbDevice& device)
{
    const std::optional<UsbDevice>& now = m_cable->device();
    if (!now || !now->isSameEnumeration(device))
        return fail(ErrorCode::ConnectionLost, "the device has gone");
    const std::optional<std::uint8_t>& number = m_cable->dfuInterface();
    if (!number) return fail(ErrorCode::ReplyMalformed, "the device has no DFU interface");
    return std::make_unique<RedirectedConnection>(m_cable, device, *number);
}

void RedirectedTransport::waitForChange(std::uint32_t timeoutMs, std::stop_token stop)
{
    constexpr std::uint32_t sliceMs = 100; // how soon a stop is noticed
    const auto addressOf = [](const std::optional<UsbDevice>& device) {
        return device ? int{device->address} : -1;
    };
    const int before = addressOf(m_cable->device());
    const std::uint64_t endMs = m_clock.nowMs() + timeoutMs;
    while (!stop.stop_requested() && addressOf(m_cable->device()) == before) {
        const std::uint64_t nowMs = m_clock.nowMs();
        if (nowMs >= endMs) return;
        const auto waitMs =
            static_cast<std::uint32_t>(std::min<std::uint64_t>(sliceMs, endMs - nowMs));
        if (!m_cable->follow(waitMs)) m_clock.sleepMs(waitMs);
    }
}

} // namespace updater
