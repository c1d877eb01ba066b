// Writes the byte patch A -> B that contract::PatchReader reads.
#pragma once

#include "contract/layout.h"

#include <vector>

namespace bundler {

/// Both bodies have the same length, at most 256 MB (a gap has 28 bits).
std::vector<std::uint8_t> makePatch(contract::ByteView slotA, contract::ByteView slotB);

} // namespace bundler
