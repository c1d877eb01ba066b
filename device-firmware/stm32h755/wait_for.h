// The only way to wait for a register: with a limit.
#pragma once

#include "stm32h755/mmio.h"

namespace stm32h755 {

/// Turns of a polling loop; a turn takes at least ten cycles, so these are over 10 ms at 400 MHz
/// and about 100 ms at 64 MHz.
inline constexpr std::uint32_t pollLimit = 500'000;

/// True as soon as the bits under `mask` read as `wanted`.
[[nodiscard]] inline bool waitFor(std::uint32_t address, std::uint32_t mask, std::uint32_t wanted)
{
    for (std::uint32_t turn = 0; turn < pollLimit; ++turn) {
        if ((read32(address) & mask) == wanted) return true;
    }
    return false;
}

} // namespace stm32h755
