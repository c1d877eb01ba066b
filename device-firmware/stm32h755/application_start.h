// The end of the bootloader: everything as after a reset, but PWR_CR3 and a watchdog that runs.
#pragma once

#include "bootloader/start_up.h"

namespace stm32h755 {

/// Starts the M4 if `start` says so, and the M7's application. USB has not been started.
[[noreturn]] void startApplication(const boot::StartResult& start);

/// Loads the stack pointer and jumps, as a reset does. Interrupts are enabled and none is pending.
[[noreturn]] void jumpThrough(std::uint32_t vectors);

} // namespace stm32h755
