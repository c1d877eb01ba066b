// Who this bootloader is: filled from resources/branding.json at build time, from test values in
// tests.
#pragma once

#include "contract/device_status.h"

#include <string_view>

namespace boot {

/// A P-256 public key that may sign releases. Point: 0x04, x, y. Hash: SHA-256 of its SPKI DER
/// form.
struct PublicKey {
    std::uint32_t index = 0;
    contract::ByteArray<65> point{};
    contract::Digest hash{};
};

struct Identity {
    std::uint32_t productId = 0;
    std::uint16_t vendorId = 0;
    std::uint16_t bootloaderProductId = 0;
    std::string_view vendorName;
    std::string_view productName;
    std::string_view interfaceGuid; ///< DeviceInterfaceGUIDs entry of the bootloader mode
    contract::Version bootloaderVersion;
    std::array<PublicKey, 2> keys{}; ///< current and next

    constexpr const PublicKey* keyWith(const contract::Digest& hash) const
    {
        for (const PublicKey& key : keys) {
            if (key.hash == hash) return &key;
        }
        return nullptr;
    }
};

} // namespace boot
