// Registers of the Cortex-M7 itself (ARMv7-M B3.2 to B3.5 and the M7's cache maintenance).
#pragma once

#include <cstdint>

namespace stm32h755 {

// System control block.
inline constexpr std::uint32_t SCB_ICSR = 0xE000'ED04;
inline constexpr std::uint32_t SCB_ICSR_PENDSTCLR = 1U << 25;
inline constexpr std::uint32_t SCB_ICSR_PENDSVCLR = 1U << 27;
inline constexpr std::uint32_t SCB_VTOR = 0xE000'ED08;
inline constexpr std::uint32_t SCB_AIRCR = 0xE000'ED0C;
inline constexpr std::uint32_t SCB_AIRCR_SYSRESETREQ = 1U << 2;
inline constexpr std::uint32_t SCB_AIRCR_VECTKEY = 0x05FAU << 16;
inline constexpr std::uint32_t SCB_CCR = 0xE000'ED14;
inline constexpr std::uint32_t SCB_CCR_BFHFNMIGN = 1U << 8;
inline constexpr std::uint32_t SCB_CCR_DC = 1U << 16;
inline constexpr std::uint32_t SCB_CCR_IC = 1U << 17;
inline constexpr std::uint32_t SCB_SHCSR = 0xE000'ED24;
inline constexpr std::uint32_t SCB_SHCSR_MEMFAULTENA = 1U << 16;
inline constexpr std::uint32_t SCB_SHCSR_BUSFAULTENA = 1U << 17;
inline constexpr std::uint32_t SCB_SHCSR_USGFAULTENA = 1U << 18;
inline constexpr std::uint32_t SCB_CFSR = 0xE000'ED28;
inline constexpr std::uint32_t SCB_CFSR_BUSFAULTSR = 0xFFU << 8;
inline constexpr std::uint32_t SCB_CFSR_MMARVALID = 1U << 7;
inline constexpr std::uint32_t SCB_CFSR_BFARVALID = 1U << 15;
inline constexpr std::uint32_t SCB_MMFAR = 0xE000'ED34;
inline constexpr std::uint32_t SCB_BFAR = 0xE000'ED38;
inline constexpr std::uint32_t SCB_CSSELR = 0xE000'ED84;
inline constexpr std::uint32_t SCB_ICIALLU = 0xE000'EF50;
inline constexpr std::uint32_t SCB_DCCISW = 0xE000'EF74;

// System timer.
inline constexpr std::uint32_t SysTick_CTRL = 0xE000'E010;
inline constexpr std::uint32_t SysTick_CTRL_ENABLE = 1U << 0;
inline constexpr std::uint32_t SysTick_CTRL_TICKINT = 1U << 1;
inline constexpr std::uint32_t SysTick_CTRL_CLKSOURCE = 1U << 2;
inline constexpr std::uint32_t SysTick_LOAD = 0xE000'E014;
inline constexpr std::uint32_t SysTick_VAL = 0xE000'E018;

// Interrupt controller: the first of five registers each (150 interrupts).
inline constexpr std::uint32_t NVIC_ICER0 = 0xE000'E180;
inline constexpr std::uint32_t NVIC_ICPR0 = 0xE000'E280;

// Memory protection unit, 16 regions.
inline constexpr std::uint32_t MPU_CTRL = 0xE000'ED94;
inline constexpr std::uint32_t MPU_CTRL_ENABLE = 1U << 0;
inline constexpr std::uint32_t MPU_CTRL_PRIVDEFENA = 1U << 2;
inline constexpr std::uint32_t MPU_RNR = 0xE000'ED98;
inline constexpr std::uint32_t MPU_RBAR = 0xE000'ED9C;
inline constexpr std::uint32_t MPU_RASR = 0xE000'EDA0;
inline constexpr std::uint32_t MPU_RASR_ENABLE = 1U << 0;
inline constexpr std::uint32_t MPU_RASR_SIZE = 0x1FU << 1;
inline constexpr std::uint32_t MPU_RASR_SRD = 0xFFU << 8;
inline constexpr std::uint32_t MPU_RASR_XN = 1U << 28;

} // namespace stm32h755
