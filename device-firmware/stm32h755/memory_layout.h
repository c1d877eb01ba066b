// What the linker script (bootloader.ld) has placed where.
#pragma once

#include <cstdint>

namespace stm32h755 {

extern "C" {
extern std::uint32_t stackBottom[];
extern std::uint32_t stackTop[];
}

inline std::uint32_t addressOf(const std::uint32_t* symbol)
{
    return reinterpret_cast<std::uint32_t>(symbol);
}

/// What the reset handler fills the stack with; the lowest word that differs is the high-water
/// mark.
inline constexpr std::uint32_t stackPattern = 0x5AC3'5AC3;

} // namespace stm32h755
