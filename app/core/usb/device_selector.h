// Which device a command means. Never "the first": several and none named is a refusal.
#pragma once

#include "core/usb/usb_transport.h"

#include <span>
#include <string_view>

namespace updater {

class DeviceSelector {
public:
    /// The only device that is connected.
    DeviceSelector() = default;

    /// A 24-digit unique id or a port path such as "1-2.3"; BadArguments for anything else.
    static Result<DeviceSelector> parse(std::string_view text);

    /// Empty if no port was named.
    const std::string& portPath() const { return m_portPath; }

    bool matches(const UsbDevice& device) const;

    /// The one device meant. Fails with NoDevice, SeveralDevices (detail lists them),
    /// NamedDeviceMissing, or with the reason why the device cannot be opened.
    Result<UsbDevice> choose(std::span<const UsbDevice> devices) const;

private:
    std::string m_uniqueId;
    std::string m_portPath;
};

} // namespace updater
