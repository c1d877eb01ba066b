#include "core/usb/device_mode.h"

#include "branding/branding.h"
#include "core/usb/rom_ids.h"

namespace updater {

std::optional<DeviceMode> modeOf(std::uint16_t vendorId, std::uint16_t productId)
{
    if (vendorId == branding::vendorId) {
        if (productId == branding::runtimeProductId) return DeviceMode::Application;
        if (productId == branding::bootloaderProductId) return DeviceMode::Bootloader;
    }
    const bool isRom = vendorId == romVendorId && productId == romProductId;
    return isRom ? std::optional(DeviceMode::RomLoader) : std::nullopt;
}

} // namespace updater
