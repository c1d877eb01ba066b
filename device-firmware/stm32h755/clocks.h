// The clock tree: fast for the bootloader (a signature check may not keep EP0 waiting), as after a
// reset for everybody else.
#pragma once

#include <cstdint>

namespace stm32h755 {

inline constexpr std::uint32_t internalClockHz = 64'000'000; ///< HSI
inline constexpr std::uint32_t fastClockHz = 400'000'000;

/// Voltage scale 1, 400 MHz for the core, 200 MHz for AXI and AHB, 100 MHz for the APBs. Returns
/// the core's frequency: the internal oscillator's if voltage or PLL do not come.
std::uint32_t startClocks();

/// Internal oscillator, no PLL, no dividers, voltage scale 3, flash wait states: as after a reset.
void resetClocks();

} // namespace stm32h755
