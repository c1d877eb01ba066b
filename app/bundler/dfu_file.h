// A file for any DFU 1.1 tool: content and suffix (USB DFU 1.1, appendix B).
#pragma once

#include "contract/layout.h"

#include <vector>

namespace bundler {

/// `content` followed by a suffix for devices of this vendor and product, whatever their release.
std::vector<std::uint8_t> dfuFile(contract::ByteView content, std::uint16_t vendorId,
                                  std::uint16_t productId);

} // namespace bundler
