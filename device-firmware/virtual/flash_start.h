// What the core finds at an address it starts from: vectors it can use, and the image that belongs
// there.
#pragma once

#include "virtual/flash_model.h"

namespace virtual_h755 {

struct Vectors {
    std::uint32_t stackPointer = 0;
    std::uint32_t resetHandler = 0;
};

/// Both words; nothing if the address is not in the flash or they cannot be read.
std::optional<Vectors> vectorsAt(FlashModel& flash, std::uint32_t address);

/// The stack in RAM, the handler Thumb code in flash.
bool arePlausible(const Vectors& vectors, const contract::FlashMap& map);

/// The ROM loader's jump goes wrong if the stack begins within the last 16 bytes of a RAM (AN2606).
bool surviveRomJump(const Vectors& vectors);

/// Whether a core that starts at the bootloader's vectors ends up in the bootloader: the sector
/// reads without error and holds exactly `image`, or, if that is empty, usable vectors.
bool holdsBootloader(FlashModel& flash, contract::ByteView image);

} // namespace virtual_h755
