// From reset to main, in flash; everything else runs from RAM.
#pragma once

namespace stm32h755 {

/// Sets the supply, copies the bootloader to RAM and calls bootloaderMain. Until the supply is set
/// it uses no RAM (RM0399 7.4.1). Expects nothing of the core: somebody may have branched here.
extern "C" [[noreturn]] void resetHandler();

/// A fault before RAM has been set up: try again from the reset.
extern "C" [[noreturn]] void earlyFaultHandler();

extern "C" [[noreturn]] void bootloaderMain();

} // namespace stm32h755
