// Milliseconds since reset, counted by the SysTick interrupt.
#pragma once

#include <cstdint>

namespace stm32h755 {

void startSystemTick(std::uint32_t coreHz);
std::uint32_t elapsedMs();

/// In the vector table.
extern "C" void systemTickHandler();

} // namespace stm32h755
