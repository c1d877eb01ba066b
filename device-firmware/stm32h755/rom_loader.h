// The way into ST's ROM loader, for service: asked for over USB (Restart::RomLoader) and confirmed
// by the button, because the ROM checks nothing.
#pragma once

namespace stm32h755 {

/// Does not return if the request of the last start stands and the button is held. Otherwise it
/// leaves the request for StartUp, which stays in update mode. The backup registers are open; the
/// clocks are as after a reset.
void enterRomLoaderIfAsked();

} // namespace stm32h755
