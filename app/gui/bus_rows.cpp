#include "gui/bus_rows.h"

#include "core/report/device_words.h"

#include <algorithm>

namespace gui {
namespace {

using updater::BusResident;
using updater::UsbDevice;
using updater::UsbNode;

BusRow rowOf(const UsbNode& node)
{
    return {node.portPath, updater::residentOf(node), node.vendorId, node.productId, {}, {}, {}};
}

BusRow rowOf(const UsbDevice& device)
{
    const bool isBootloader = device.mode == updater::DeviceMode::Bootloader;
    return {device.portPath,
            isBootloader ? BusResident::Bootloader : BusResident::Application,
            device.vendorId,
            device.productId,
            updater::versionOfBcd(device.bcdDevice),
            device.serial,
            device.problem};
}

bool isRootHub(const UsbNode& node)
{
    return node.portPath.find('-') == std::string::npos;
}

} // namespace

bool BusRow::isOurs() const
{
    return resident == BusResident::Application || resident == BusResident::Bootloader;
}

bool BusRow::canBeChosen() const
{
    if (isOurs()) return !serial.empty() && !problem;
    return resident == BusResident::RomLoader || resident == BusResident::Probe;
}

std::string BusRow::key() const
{
    if (isOurs() && !serial.empty()) return serial;
    return port + ' ' + std::to_string(vendorId) + ' ' + std::to_string(productId);
}

std::vector<BusRow> busRows(const BusSnapshot& bus)
{
    std::vector<BusRow> rows;
    for (const UsbDevice& device : bus.devices)
        rows.push_back(rowOf(device));
    for (const UsbNode& node : bus.tree) {
        const bool isListed = std::ranges::any_of(bus.devices, [&node](const UsbDevice& device) {
            return device.portPath == node.portPath;
        });
        if (!isListed && !isRootHub(node)) rows.push_back(rowOf(node));
    }
    std::ranges::stable_sort(rows, {}, &BusRow::port);
    return rows;
}

std::string romLoaderPort(const BusSnapshot& bus, const std::string& port)
{
    std::vector<std::string> ports;
    for (const UsbNode& node : bus.tree) {
        if (updater::residentOf(node) == BusResident::RomLoader) ports.push_back(node.portPath);
    }
    if (std::ranges::find(ports, port) != ports.end()) return port;
    return ports.size() == 1 ? ports.front() : std::string();
}

} // namespace gui
