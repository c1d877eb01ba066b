// The bootloader's identity as resources/branding.json gives it, the same on both boards.
#pragma once

#include "bootloader/identity.h"
#include "branding/branding.h"

namespace boot {

inline constexpr Identity brandedIdentity()
{
    Identity identity;
    identity.productId = branding::productId;
    identity.vendorId = branding::vendorId;
    identity.bootloaderProductId = branding::bootloaderProductId;
    identity.vendorName = branding::vendorName;
    identity.productName = branding::productName;
    identity.interfaceGuid = branding::bootloaderInterfaceGuid;
    identity.bootloaderVersion = {.major = 0, .minor = 1, .revision = 0, .build = 0};
    for (std::size_t i = 0; i < identity.keys.size(); ++i) {
        const branding::Key& key = branding::keys[i];
        identity.keys[i] = {key.index, key.point, key.hash};
    }
    return identity;
}

} // namespace boot
