#include "cli/command.h"
#include "cli/words.h"

#include <algorithm>

namespace cli {
namespace {

using updater::UsbDevice;

constexpr std::uint32_t listAgainMs = 500;

JsonLine jsonOf(const UsbDevice& device, std::string_view type)
{
    JsonLine line(type);
    line.text("id", device.serial)
        .text("port", device.portPath)
        .text("mode", word(device.mode))
        .text("version", versionOfBcd(device.bcdDevice))
        .number("vendorId", device.vendorId)
        .number("productId", device.productId);
    if (device.problem) {
        line.text("problem", updater::errorLabel(device.problem->code));
    } else {
        line.nothing("problem");
    }
    return line;
}

std::string textOf(const UsbDevice& device)
{
    std::string line = device.serial.empty() ? "(unreadable)" : device.serial;
    line += "  " + device.portPath + "  " + std::string(word(device.mode)) + ' ' +
            versionOfBcd(device.bcdDevice);
    if (device.problem) {
        line += "  " + updater::errorLabel(device.problem->code) + ": " +
                std::string(updater::errorText(device.problem->code).cause);
    }
    return line;
}

bool contains(const std::vector<UsbDevice>& devices, const UsbDevice& wanted)
{
    return std::any_of(devices.begin(), devices.end(), [&wanted](const UsbDevice& device) {
        return device.isSameEnumeration(wanted) && device.serial == wanted.serial;
    });
}

void showMissing(Output& output, const std::vector<UsbDevice>& from,
                 const std::vector<UsbDevice>& in, std::string_view type, std::string_view sign)
{
    for (const UsbDevice& device : from) {
        if (!contains(in, device))
            output.result(jsonOf(device, type), std::string(sign) + textOf(device));
    }
}

Result<> watchChanges(const Command& command, updater::UsbTransport& transport)
{
    std::vector<UsbDevice> known;
    const std::uint64_t endMs = transport.clock().nowMs() + command.timeoutMs;
    while (!command.stop.stop_requested() && transport.clock().nowMs() < endMs) {
        TRY_ASSIGN(std::vector<UsbDevice> now, transport.devices());
        showMissing(command.output, known, now, "removed", "- ");
        showMissing(command.output, now, known, "added", "+ ");
        known = std::move(now);
        transport.waitForChange(listAgainMs, command.stop);
    }
    return {};
}

} // namespace

Result<> list(const Command& command, bool watch)
{
    TRY_ASSIGN(const auto transport, command.openTransport());
    if (watch) return watchChanges(command, *transport);
    TRY_ASSIGN(const std::vector<UsbDevice> devices, transport->devices());
    for (const UsbDevice& device : devices)
        command.output.result(jsonOf(device, "device"), textOf(device));
    if (devices.empty()) command.output.note("No device is connected.");
    return {};
}

} // namespace cli
