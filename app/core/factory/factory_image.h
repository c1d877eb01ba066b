// What a new unit's flash holds before its first start: bootloader, a release in slot A, and a
// journal that says so.
#pragma once

#include "core/bundle/verified_bundle.h"

namespace updater {

/// Bytes for one place in flash.
struct FlashPiece {
    std::uint32_t address = 0;
    Bytes bytes;
};

/// Refuses (BundleImage) what does not start with a vector table into the bootloader's sector or
/// has no M4 start stub, and (BundleImageTooLarge) what is larger than the sector.
Result<> checkBootloader(const Bytes& bootloader, const contract::FlashMap& map);

/// The unit starts the release on trial: it is active and Ready, and nobody has confirmed it yet.
/// Refuses (BundleImage) a bootloader that does not hold the key which signed the release.
Result<std::vector<FlashPiece>> factoryImage(const Bytes& bootloader, const VerifiedBundle& bundle,
                                             const contract::FlashMap& map);

} // namespace updater
