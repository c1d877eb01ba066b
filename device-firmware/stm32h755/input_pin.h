// Pins that the bootloader looks at once, at start.
#pragma once

#include "stm32h755/board_settings.h"

namespace stm32h755 {

/// Makes the pin an input and says whether it is active. The port stays clocked.
bool readPin(const settings::InputPin& pin);

/// The pin's port as after a reset.
void resetPort(const settings::InputPin& pin);

} // namespace stm32h755
