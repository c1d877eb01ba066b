// The bootloader as the toolchain wrote it.
#pragma once

#include "core/factory/factory_image.h"

namespace bundler {

using Bytes = std::vector<std::uint8_t>;

/// Intel HEX or raw bytes from the start of the flash. Refuses (BundleImage) an ELF, and what
/// `updater::checkBootloader` refuses.
updater::Result<Bytes> readBootloader(Bytes file, const contract::FlashMap& map);

} // namespace bundler
