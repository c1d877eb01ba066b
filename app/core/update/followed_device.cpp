#include "core/update/followed_device.h"

#include "core/dfu/vendor_client.h"
#include "core/usb/device_text.h"

#include <algorithm>

namespace updater {
namespace {

constexpr std::uint32_t pollMs = 200;
/// Hashing both sets and checking four signatures takes less than half a second.
constexpr std::uint64_t surveyWithinMs = 3'000;
constexpr std::uint32_t surveyPollMs = 50;
constexpr std::uint64_t restartStartsWithinMs = 5'000;
/// After a plug the udev rule needs a moment to grant access.
constexpr std::uint64_t accessGraceMs = 5'000;

/// The reason why one of our devices cannot even tell its serial number, if there is such a device.
std::optional<Error> unreadableDevice(std::span<const UsbDevice> devices)
{
    for (const UsbDevice& device : devices) {
        if (device.problem && device.serial.empty()) return device.problem;
    }
    return std::nullopt;
}

} // namespace

Result<FollowedDevice> FollowedDevice::choose(UsbTransport& transport,
                                              const DeviceSelector& selector)
{
    TRY_ASSIGN(const std::vector<UsbDevice> devices, transport.devices());
    TRY_ASSIGN(const UsbDevice chosen, selector.choose(devices));
    if (!isUniqueId(chosen.serial)) {
        return fail(ErrorCode::ReplyMalformed,
                    "the serial number is not a unique id: " + chosen.serial);
    }
    return FollowedDevice(transport, chosen.serial);
}

Result<std::optional<UsbDevice>> FollowedDevice::find(std::vector<UsbDevice> devices) const
{
    const auto isOther = [this](const UsbDevice& device) {
        return !isSameSerial(device.serial, m_uniqueId);
    };
    devices.erase(std::remove_if(devices.begin(), devices.end(), isOther), devices.end());
    if (devices.size() > 1)
        return fail(ErrorCode::SeveralDevices, "two devices claim to be " + m_uniqueId);
    if (devices.empty()) return std::optional<UsbDevice>();
    return std::optional(devices.front());
}

Result<Observed> FollowedDevice::observe()
{
    disconnect();
    TRY_ASSIGN(std::vector<UsbDevice> devices, m_transport->devices());
    TRY_ASSIGN(const std::optional<UsbDevice> device, find(std::move(devices)));
    if (!device) return Observed(NotConnected{});
    m_device = *device;
    TRY_ASSIGN(m_connection, m_transport->open(m_device));
    if (m_device.mode == DeviceMode::Application) {
        TRY_ASSIGN(const contract::RuntimeStatus status,
                   VendorClient(*m_connection).runtimeStatus());
        return Observed(status);
    }
    TRY_ASSIGN(const contract::DeviceStatus status, readBootloader());
    if (!isSameSerial(serialOf(status.uniqueId), m_uniqueId)) {
        return fail(ErrorCode::ReplyMalformed,
                    "serial number and status name different devices: " + m_uniqueId + " and " +
                        serialOf(status.uniqueId));
    }
    return Observed(status);
}

Result<contract::DeviceStatus> FollowedDevice::readBootloader()
{
    VendorClient client(*m_connection);
    const std::uint64_t endMs = m_transport->clock().nowMs() + surveyWithinMs;
    TRY_ASSIGN(contract::DeviceStatus status, client.deviceStatus());
    while (!knowsItsSets(status) && m_transport->clock().nowMs() < endMs) {
        m_transport->clock().sleepMs(surveyPollMs);
        TRY_ASSIGN(status, client.deviceStatus());
    }
    return status;
}

void FollowedDevice::waitForRestart(const std::stop_token& stop)
{
    disconnect();
    Clock& clock = m_transport->clock();
    const std::uint64_t endMs = clock.nowMs() + restartStartsWithinMs;
    while (clock.nowMs() < endMs && !stop.stop_requested()) {
        Result<std::vector<UsbDevice>> devices = m_transport->devices();
        const auto isStillThere = [this](const UsbDevice& device) {
            return device.isSameEnumeration(m_device) && isSameSerial(device.serial, m_uniqueId);
        };
        if (devices && std::none_of(devices->begin(), devices->end(), isStillThere)) return;
        m_transport->waitForChange(pollMs, stop);
    }
}

Result<bool> FollowedDevice::waitUntilPresent(std::uint64_t timeoutMs, const std::stop_token& stop,
                                              const std::function<void()>& whileAway)
{
    disconnect();
    Clock& clock = m_transport->clock();
    const std::uint64_t endMs = clock.nowMs() + timeoutMs;
    std::uint64_t readableMs = clock.nowMs(); // last time when no unreadable device was there
    while (!stop.stop_requested()) {
        TRY_ASSIGN(std::vector<UsbDevice> devices, m_transport->devices());
        const std::optional<Error> problem = unreadableDevice(devices);
        TRY_ASSIGN(const std::optional<UsbDevice> device, find(std::move(devices)));
        if (device) return true;
        if (!problem) readableMs = clock.nowMs();
        if (problem && clock.nowMs() - readableMs > accessGraceMs) return tl::unexpected(*problem);
        if (clock.nowMs() >= endMs) return false;
        whileAway();
        m_transport->waitForChange(pollMs, stop);
    }
    return false;
}

} // namespace updater
