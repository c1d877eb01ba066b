// One unit, followed over every re-enumeration by its unique id: never by a removal event, and
// never exchanged for another unit.
#pragma once

#include "core/update/next_step.h"
#include "core/usb/device_selector.h"

#include <functional>

namespace updater {

class FollowedDevice {
public:
    /// Fails as DeviceSelector::choose does, or with ReplyMalformed if the unit has no unique id.
    static Result<FollowedDevice> choose(UsbTransport& transport, const DeviceSelector& selector);

    const std::string& uniqueId() const { return m_uniqueId; }

    /// What the unit says now; NotConnected if it is away. Opens it and leaves it open.
    Result<Observed> observe();

    /// The open connection, or nothing. Ends with `disconnect` and with each `observe`.
    UsbConnection* connection() { return m_connection.get(); }
    void disconnect() { m_connection.reset(); }

    /// After a restart was asked for: waits until the enumeration of the last `observe` has ended,
    /// for a few seconds at most. It disconnects first.
    void waitForRestart(const std::stop_token& stop);

    /// Waits until the unit is on the bus, on whichever port: false after `timeoutMs` or when
    /// stopped. Calls `whileAway` now and then. Fails if a device whose serial number cannot be
    /// read has taken its place for some seconds.
    Result<bool> waitUntilPresent(
        std::uint64_t timeoutMs, const std::stop_token& stop,
        const std::function<void()>& whileAway = [] {});

private:
    FollowedDevice(UsbTransport& transport, std::string uniqueId)
        : m_transport(&transport), m_uniqueId(std::move(uniqueId))
    {
    }
    Result<contract::DeviceStatus> readBootloader();
    Result<std::optional<UsbDevice>> find(std::vector<UsbDevice> devices) const;

    UsbTransport* m_transport;
    std::string m_uniqueId;
    UsbDevice m_device; ///< its last enumeration that was seen
    std::unique_ptr<UsbConnection> m_connection;
};

} // namespace updater
