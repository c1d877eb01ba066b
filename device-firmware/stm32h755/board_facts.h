// What the chip says about itself and why it has started.
#pragma once

#include "bootloader/board.h"

namespace stm32h755 {

/// Reads everything and clears the reset flags: once per reset. System flash lies in bank 1, which
/// must be idle.
boot::BoardFacts readBoardFacts(boot::Flash& flash);

bool isButtonHeld();

} // namespace stm32h755
