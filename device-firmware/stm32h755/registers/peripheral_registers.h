// Small peripherals and what the factory has written into the chip (RM0399 chapters 11, 12, 49, 50
// and 63).
#pragma once

#include <cstdint>

namespace stm32h755 {

// Port n (A = 0) lies n * GPIO_PORT_STRIDE behind port A.
inline constexpr std::uint32_t GPIO_PORT_STRIDE = 0x400;
inline constexpr std::uint32_t GPIOA_MODER = 0x5802'0000;
inline constexpr std::uint32_t GPIOA_PUPDR = 0x5802'000C;
inline constexpr std::uint32_t GPIOA_IDR = 0x5802'0010;

inline constexpr std::uint32_t SYSCFG_UR3 = 0x5800'070C;
/// Where the M4 boots, address >> 16.
inline constexpr std::uint32_t SYSCFG_UR3_BCM4_ADD0 = 0xFFFFU << 16;

// The first of 32 backup registers.
inline constexpr std::uint32_t RTC_BKP0R = 0x5800'4050;

inline constexpr std::uint32_t IWDG1_KR = 0x5800'4800;
inline constexpr std::uint32_t IWDG1_PR = 0x5800'4804;
inline constexpr std::uint32_t IWDG1_RLR = 0x5800'4808;
inline constexpr std::uint32_t IWDG1_SR = 0x5800'480C;
inline constexpr std::uint32_t IWDG_SR_PVU = 1U << 0;
inline constexpr std::uint32_t IWDG_SR_RVU = 1U << 1;

inline constexpr std::uint32_t DBGMCU_IDCODE = 0x5C00'1000;
inline constexpr std::uint32_t DBGMCU_IDCODE_REV_ID = 0xFFFFU << 16;

// System flash, which lies in bank 1.
inline constexpr std::uint32_t UID_BASE = 0x1FF1'E800;
inline constexpr std::uint32_t ROM_VERSION = 0x1FF1'E7FE;
inline constexpr std::uint32_t ROM_VECTORS = 0x1FF0'9800;

} // namespace stm32h755
