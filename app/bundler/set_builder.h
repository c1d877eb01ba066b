// From payloads to a signed set stream: images for both slots, patch A -> B, slot data, header.
#pragma once

#include "contract/set_stream.h"
#include "core/result.h"
#include "core/signature/private_key.h"

#include <vector>

namespace bundler {

using Bytes = std::vector<std::uint8_t>;

/// What a release says of itself. Goes into the stream header, both images' TLVs and the manifest.
struct ReleaseFields {
    contract::Version releaseVersion;
    std::array<contract::Version, 2> coreVersions{}; ///< [core]
    contract::ProductRange product;
    std::uint32_t securityCounter = 0;
    std::uint32_t keyIndex = 0;
    std::uint16_t flags = contract::set_flags::confirmsItself;
    contract::Version minimumBootloader;
};

/// One core's payloads (vector table first), linked for slot A and for slot B. An empty slotB makes
/// a single-link release. Both have the same length.
struct CorePayloads {
    Bytes slotA;
    Bytes slotB;
};

struct SignedSet {
    contract::StreamHeader header;
    Bytes stream;
    std::array<std::array<Bytes, 2>, 2> images; ///< [core][slot]: bare MCUboot images
};

/// Fills in key hash and signature over all other fields.
updater::Result<> signHeader(contract::StreamHeader& header, const updater::PrivateKey& key);

/// Builds and signs everything. Fails with BundleImageTooLarge if an image does not fit its slot of
/// `map`, or with BundleImage if a payload pair cannot become one stream.
updater::Result<SignedSet> buildSet(const contract::FlashMap& map, const ReleaseFields& fields,
                                    const std::array<CorePayloads, 2>& payloads,
                                    const updater::PrivateKey& key);

} // namespace bundler
