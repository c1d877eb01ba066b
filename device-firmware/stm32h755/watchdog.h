// The M7's independent watchdog, IWDG1 (RM0399 chapter 49).
#pragma once

#include <cstdint>

namespace stm32h755 {

/// At least `timeoutMs` (at most 32 s) by the 32 kHz oscillator. Cannot be stopped.
void startWatchdog(std::uint32_t timeoutMs);

/// If an option byte has started the watchdog at reset, gives it its longest period: half a second
/// is too short for the start of a chip whose PLL does not come up.
void prolongHardwareWatchdog();

/// Without effect on a watchdog that does not run.
void feedWatchdog();

} // namespace stm32h755
