// manifest.json: what a bundle says of itself (docs/protocol.md, "Bundle").
#pragma once

#include "contract/image_format.h"
#include "core/result.h"

#include <string>
#include <vector>

namespace updater {

inline constexpr std::uint32_t manifestFormatVersion = 1;
inline constexpr std::size_t maximumManifestBytes = 64 * 1024;
inline constexpr int maximumManifestDepth = 4;

/// One other entry of the bundle.
struct ManifestEntry {
    std::string name;
    std::uint32_t bytes = 0;
    contract::Digest sha256{};
};

struct Manifest {
    contract::ProductRange product;
    contract::Version releaseVersion;
    std::array<contract::Version, 2> coreVersions{}; ///< [core]
    contract::SetId setId{};
    std::uint32_t securityCounter = 0;
    std::uint32_t keyIndex = 0;
    contract::Version minimumBootloader;
    contract::Version requiresFrom; ///< oldest release that may update to this one directly
    std::string channel;            ///< lower-case word, for example "stable"
    std::string date;               ///< YYYY-MM-DD
    std::vector<ManifestEntry> entries;
};

/// Reads `json`, whose signature is already verified. Every field is required, unknown and repeated
/// ones are refused. Codes: BundleManifest, BundleDuplicateKey, BundleFormatVersion.
Result<Manifest> parseManifest(contract::ByteView json);

/// The text that `parseManifest` reads; the same manifest always gives the same bytes.
std::string manifestText(const Manifest& manifest);

} // namespace updater
