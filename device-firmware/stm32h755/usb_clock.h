// What the USB core needs before its registers answer: 48 MHz from HSI48, trimmed by the host's
// frames, the transceiver's 3.3 V, the bus clock and the pins PA11 and PA12.
#pragma once

namespace stm32h755 {

/// False if HSI48 or the supply does not come; then USB cannot work now, and calling it again is
/// allowed. The supply configuration of PWR_CR3 must have been written before.
bool startUsbClock();

/// Back to the state after reset, except the clock of port A, which others share, and the supply's
/// detector, which does nothing to an application.
void stopUsbClock();

} // namespace stm32h755
