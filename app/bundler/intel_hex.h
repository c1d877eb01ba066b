// Intel's hexadecimal object file (Intel, "Hexadecimal Object File Format Specification", 1988):
// record types 00 to 05, read strictly.
#pragma once

#include "contract/flash_map.h"
#include "core/result.h"

#include <string_view>
#include <vector>

namespace bundler {

using Bytes = std::vector<std::uint8_t>;

/// The bytes that `text` places into `region`, from its first address to the last one written; gaps
/// are 0xFF. Start addresses (types 03 and 05) are ignored. Refuses (BundleImage, naming the line)
/// whatever is no complete record with the right checksum, data outside `region` or twice at one
/// address, and a file that does not end with its end record or leaves the first address empty.
updater::Result<Bytes> readIntelHex(std::string_view text, const contract::Region& region);

} // namespace bundler
