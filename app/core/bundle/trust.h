// What a bundle is checked against. Compiled in; only tests use another.
#pragma once

#include "contract/flash_map.h"
#include "core/signature/public_key.h"

#include <vector>

namespace updater {

/// A key that may sign releases. A higher index retires the lower ones once confirmed on a device.
struct TrustedKey {
    std::uint32_t index = 0;
    PublicKey key;
};

struct Trust {
    std::uint32_t productId = 0;
    contract::FlashMap map;
    std::vector<TrustedKey> keys;

    /// The key with this SPKI hash, or nullptr.
    const TrustedKey* keyWith(const Digest& hash) const;
};

/// The product, keys and flash map of resources/branding.json.
const Trust& brandingTrust();

} // namespace updater
