// Everything that a production line programs into a blank unit, in one signed file: the bootloader
// and a release. Technicians' tools accept a bootloader in no other form.
#pragma once

#include "core/factory/factory_image.h"
#include "core/signature/private_key.h"

namespace updater {

namespace factory_entry {
inline constexpr std::string_view manifest = "factory.json";
inline constexpr std::string_view signature = "factory.sig";
inline constexpr std::string_view bootloader = "bootloader.bin";
inline constexpr std::string_view release = "release.h755";
} // namespace factory_entry

struct FactoryBundle {
    Bytes bootloader;
    VerifiedBundle release;
    std::vector<FlashPiece> image; ///< as `factoryImage` makes it
};

/// The file: a ZIP as bundles are, with factory.json (format, product, length and SHA-256 of both
/// parts), its signature and the two parts. `release` are the bytes of a `.h755` file. Refuses what
/// `openFactoryBundle` would refuse.
Result<Bytes> packFactoryBundle(const Bytes& bootloader, const Bytes& release,
                                const PrivateKey& key, const Trust& trust = brandingTrust());

/// Checks everything: archive, signature, both parts and that they fit each other. Codes as
/// `verifyBundle`.
Result<FactoryBundle> verifyFactoryBundle(const Bytes& bytes, const Trust& trust = brandingTrust());

/// Reads the file once, whole, and verifies those bytes.
Result<FactoryBundle> openFactoryBundle(const std::filesystem::path& path,
                                        const Trust& trust = brandingTrust());

} // namespace updater
