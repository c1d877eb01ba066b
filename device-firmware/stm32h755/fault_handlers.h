// What a fault of the bootloader leads to: a record in the backup registers and a reset. After the
// second one in a row StartUp enters the minimal update mode.
#pragma once

namespace stm32h755 {

/// In the vector table, for everything that is never expected. The stack may be broken.
extern "C" [[noreturn]] void faultHandler();

} // namespace stm32h755
