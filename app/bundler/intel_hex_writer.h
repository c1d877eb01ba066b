// Intel HEX for programmers: whole flash words, none that would stay erased.
#pragma once

#include "core/factory/factory_image.h"

namespace bundler {

/// Pieces start at multiples of 32. Every data record is one flash word, filled up with 0xFF; a
/// word of 0xFF alone is left out, because programming it would use up its only chance (R8).
std::string intelHex(const std::vector<updater::FlashPiece>& pieces);

} // namespace bundler
