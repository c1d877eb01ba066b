// USB ids of ST's ROM loader, the same on every STM32 (AN2606).
#pragma once

#include <cstdint>

namespace updater {

inline constexpr std::uint16_t romVendorId = 0x0483;
inline constexpr std::uint16_t romProductId = 0xDF11;

} // namespace updater
