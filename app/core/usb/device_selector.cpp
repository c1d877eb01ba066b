#include "core/usb/device_selector.h"

#include "core/usb/device_text.h"

#include <algorithm>

namespace updater {
namespace {

/// Bus, hyphen, then port numbers with dots between them, as the kernel names devices.
bool isPortPath(std::string_view text)
{
    const std::size_t hyphen = text.find('-');
    if (text.size() > 32 || hyphen == 0 || hyphen == std::string_view::npos) return false;
    bool afterDigit = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isDigit = text[i] >= '0' && text[i] <= '9';
        const bool isSeparator = i == hyphen || (i > hyphen && text[i] == '.');
        if (!isDigit && !(isSeparator && afterDigit)) return false;
        afterDigit = isDigit;
    }
    return afterDigit;
}

std::string nameOf(const UsbDevice& device)
{
    return (device.serial.empty() ? std::string("(no serial)") : device.serial) + " at " +
           device.portPath;
}

} // namespace

Result<DeviceSelector> DeviceSelector::parse(std::string_view text)
{
    DeviceSelector selector;
    if (isUniqueId(text)) {
        selector.m_uniqueId = text;
    } else if (isPortPath(text)) {
        selector.m_portPath = text;
    } else {
        return fail(ErrorCode::BadArguments,
                    "neither a 24-digit device id nor a port path: " + printable(text));
    }
    return selector;
}

bool DeviceSelector::matches(const UsbDevice& device) const
{
    if (!m_uniqueId.empty()) return isSameSerial(device.serial, m_uniqueId);
    return m_portPath.empty() || device.portPath == m_portPath;
}

Result<UsbDevice> DeviceSelector::choose(std::span<const UsbDevice> devices) const
{
    std::vector<UsbDevice> chosen;
    std::copy_if(devices.begin(), devices.end(), std::back_inserter(chosen),
                 [this](const UsbDevice& device) { return matches(device); });
    if (chosen.size() > 1) {
        std::string names;
        for (const UsbDevice& device : chosen)
            names += (names.empty() ? "" : ", ") + nameOf(device);
        return fail(ErrorCode::SeveralDevices, names);
    }
    if (chosen.size() == 1) {
        if (chosen.front().problem) return tl::unexpected(*chosen.front().problem);
        return chosen.front();
    }
    // A named unit whose serial number may not be read looks missing: say why instead.
    for (const UsbDevice& device : devices) {
        if (device.problem && device.serial.empty()) return tl::unexpected(*device.problem);
    }
    const bool isNamed = !m_uniqueId.empty() || !m_portPath.empty();
    return isNamed ? fail(ErrorCode::NamedDeviceMissing, m_uniqueId + m_portPath)
                   : fail(ErrorCode::NoDevice, "no device with this product's USB ids");
}

} // namespace updater
