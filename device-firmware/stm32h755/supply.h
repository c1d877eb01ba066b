// The chip's supply: PWR_CR3's low byte, which counts once after power-on and never again (RM0399
// 7.8.4, table 33).
#pragma once

#include <cstdint>

namespace stm32h755 {

/// The valid values of the byte.
enum class Supply : std::uint8_t {
    Bypass = 0x01,
    Ldo = 0x02,
    DirectSmps = 0x04,
    Smps1V8ForLdo = 0x16,
    Smps2V5ForLdo = 0x26,
    Smps1V8ForExternal = 0x1D,
    Smps2V5ForExternal = 0x2D,
    Smps1V8ForExternalAndLdo = 0x1E,
    Smps2V5ForExternalAndLdo = 0x2E,
};

/// False: the setting was not accepted, because somebody else had locked the byte before. Clocks
/// and voltage must stay as they are (RM0399 7.4.1).
bool isSupplyReady();

} // namespace stm32h755
