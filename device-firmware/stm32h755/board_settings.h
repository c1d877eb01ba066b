// Everything that differs between boards. As it stands: NUCLEO-H755ZI-Q.
#pragma once

#include "stm32h755/supply.h"

#include "branding/branding.h"

#include <cstdint>
#include <optional>

namespace settings {

/// How VCORE is made on the board. The wrong one takes the core's voltage away as soon as the
/// bootloader runs; only BOOT0 and a power cycle bring the chip back (hardware fact: written once
/// per power-on). NUCLEO-H755ZI-Q: direct SMPS.
inline constexpr stm32h755::Supply supply = stm32h755::Supply::DirectSmps;

/// What PLL1 runs from. The internal oscillator is exact enough, because USB has HSI48 with CRS; so
/// the bootloader starts on a board with a broken crystal as well.
enum class ExternalClock : std::uint8_t { None, Bypass, Crystal };
inline constexpr ExternalClock externalClock = ExternalClock::None;
inline constexpr std::uint32_t externalClockHz = 8'000'000;

enum class Pull : std::uint8_t { None = 0, Up = 1, Down = 2 };

struct InputPin {
    std::uint8_t port = 0; ///< A = 0
    std::uint8_t pin = 0;
    bool isActiveHigh = true;
    Pull pull = Pull::None;
};

/// Held at start: update mode. B1 of the NUCLEO, PC13, which has its own resistor to ground.
inline constexpr std::optional<InputPin> button = InputPin{2, 13, true, Pull::Down};

/// VBUS through a divider, or none where the board has no such pin: then VBUS counts as present.
inline constexpr std::optional<InputPin> busPower = InputPin{0, 9, true, Pull::None};

/// After every power-on on a cable an updater gets some seconds to say "stay". Always done on
/// products without a button whose firmware does not use boot-client.
inline constexpr bool wantsRescueWindow = false;

inline constexpr std::uint16_t hardwareRevision = branding::hardwareRevision;

} // namespace settings
