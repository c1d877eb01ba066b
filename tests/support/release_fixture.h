// Signed releases for tests, made by the product's own builder with the development keys.
#pragma once

#include "bundler/bundle_writer.h"
#include "core/bundle/trust.h"

namespace test_support {

/// What a made-up release looks like. Payload lengths are multiples of 4, at least 64.
struct ReleaseSpec {
    contract::Version version{1, 0, 0, 0};
    std::uint32_t counter = 1;
    std::array<std::uint32_t, 2> payloadBytes{8192, 8192}; ///< [core]
    std::uint32_t seed = 1;
    std::uint16_t flags = contract::set_flags::confirmsItself;
    std::uint32_t productId = 0; ///< 0: branding::productId
    std::uint16_t hardwareMinimum = 0;
    std::uint16_t hardwareMaximum = 0xFFFF;
    std::uint32_t keyIndex = 0; ///< and which development key signs
    contract::Version minimumBootloader{};
    bool isSingleLink = false;
};

/// resources/keys/development-{current,next}.pem.
const updater::PrivateKey& developmentKey(std::uint32_t index);

/// One core's payload pair: valid vector tables (SP 0x20020000, reset vector inside the payload),
/// then seeded noise with a pointer into its own slot every 32 bytes.
bundler::CorePayloads makePayloads(const contract::FlashMap& map, contract::Core core,
                                   const ReleaseSpec& spec);

bundler::ReleaseFields fieldsOf(const ReleaseSpec& spec);

/// Throws std::runtime_error if the builder refuses.
bundler::SignedSet makeRelease(const contract::FlashMap& map, const ReleaseSpec& spec = {});

/// A complete .h755 file of that release, manifest signed with the same key.
bundler::Bytes makeBundle(const contract::FlashMap& map, const ReleaseSpec& spec = {},
                          const bundler::BundleFields& fields = {});

/// What a bootloader's flash looks like from outside: two vector tables and the keys.
bundler::Bytes bootloaderLike();

/// Branding's product and keys, with another map.
updater::Trust trustFor(const contract::FlashMap& map);

} // namespace test_support
