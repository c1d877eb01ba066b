// The ROM loader's descriptors (REF 4.5; fields that it does not name as lsusb shows them for ST's
// loaders of that family).
#pragma once

#include "virtual/rom_behaviour.h"

#include <cstdint>
#include <vector>

namespace virtual_h755 {

/// The descriptor that GET_DESCRIPTOR's wValue asks for; empty if there is none.
std::vector<std::uint8_t> romDescriptor(const RomOptions& options, std::uint16_t value);

} // namespace virtual_h755
