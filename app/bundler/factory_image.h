// What a new unit's flash holds before its first start: bootloader, a release in slot A, and a
// journal that says so.
#pragma once

#include "core/bundle/verified_bundle.h"

#include <string>

namespace bundler {

using Bytes = std::vector<std::uint8_t>;

/// Bytes for one place in flash.
struct FlashPiece {
    std::uint32_t address = 0;
    Bytes bytes;
};

/// The bootloader as Intel HEX or raw bytes from the start of the flash. Refuses (BundleImage) what
/// does not start with a vector table into the bootloader's sector, has no M4 start stub, or is
/// larger than the sector.
updater::Result<Bytes> readBootloader(Bytes file, const contract::FlashMap& map);

/// The unit starts the release on trial: it is active and Ready, and nobody has confirmed it yet.
/// Refuses (BundleImage) a bootloader that does not hold the key which signed the release.
updater::Result<std::vector<FlashPiece>> factoryImage(const Bytes& bootloader,
                                                      const updater::VerifiedBundle& bundle,
                                                      const contract::FlashMap& map);

/// Option bytes to set once the image is in place: fields, registers, values and commands.
std::string optionByteList();

} // namespace bundler
