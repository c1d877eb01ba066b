#include "core/recovery/bus_resident.h"

#include "branding/branding.h"
#include "core/usb/rom_ids.h"

#include <algorithm>
#include <array>

namespace updater {
namespace {

constexpr std::uint8_t hubClass = 9; // USB 2.0 11.23.1
/// ST-LINK/V1, V2, V2-1 and V3 in their variants (OpenOCD's and udev's lists agree on these).
constexpr std::array<std::uint16_t, 11> probeProductIds{
    0x3744, 0x3748, 0x374A, 0x374B, 0x374D, 0x374E, 0x374F, 0x3752, 0x3753, 0x3754, 0x3757};

} // namespace

BusResident residentOf(const UsbNode& node)
{
    if (node.vendorId == branding::vendorId) {
        if (node.productId == branding::runtimeProductId) return BusResident::Application;
        if (node.productId == branding::bootloaderProductId) return BusResident::Bootloader;
    }
    if (node.vendorId == romVendorId) {
        if (node.productId == romProductId) return BusResident::RomLoader;
        if (std::ranges::find(probeProductIds, node.productId) != probeProductIds.end())
            return BusResident::Probe;
    }
    return node.deviceClass == hubClass ? BusResident::Hub : BusResident::Other;
}

} // namespace updater
