// Clocks, resets and supply (RM0399 chapters 7 and 9).
#pragma once

#include <cstdint>

namespace stm32h755 {

inline constexpr std::uint32_t PWR_CR1 = 0x5802'4800;
inline constexpr std::uint32_t PWR_CR1_DBP = 1U << 8;
inline constexpr std::uint32_t PWR_CSR1 = 0x5802'4804;
inline constexpr std::uint32_t PWR_CSR1_ACTVOSRDY = 1U << 13;
inline constexpr std::uint32_t PWR_CR3 = 0x5802'480C;
inline constexpr std::uint32_t PWR_D3CR = 0x5802'4818;
inline constexpr std::uint32_t PWR_D3CR_VOSRDY = 1U << 13;
inline constexpr std::uint32_t PWR_D3CR_VOS = 3U << 14;
inline constexpr std::uint32_t PWR_D3CR_VOS_SCALE3 = 1U << 14;
inline constexpr std::uint32_t PWR_D3CR_VOS_SCALE1 = 3U << 14;

inline constexpr std::uint32_t RCC_CR = 0x5802'4400;
inline constexpr std::uint32_t RCC_CR_HSION = 1U << 0;
inline constexpr std::uint32_t RCC_CR_HSIRDY = 1U << 2;
inline constexpr std::uint32_t RCC_CR_HSIDIV = 3U << 3;
inline constexpr std::uint32_t RCC_CR_HSEON = 1U << 16;
inline constexpr std::uint32_t RCC_CR_HSERDY = 1U << 17;
inline constexpr std::uint32_t RCC_CR_HSEBYP = 1U << 18;
inline constexpr std::uint32_t RCC_CR_PLL1ON = 1U << 24;
inline constexpr std::uint32_t RCC_CR_PLL1RDY = 1U << 25;

inline constexpr std::uint32_t RCC_CFGR = 0x5802'4410;
inline constexpr std::uint32_t RCC_CFGR_SW = 7U << 0;
inline constexpr std::uint32_t RCC_CFGR_SW_PLL1 = 3U << 0;
inline constexpr std::uint32_t RCC_CFGR_SWS = 7U << 3;
inline constexpr std::uint32_t RCC_CFGR_SWS_PLL1 = 3U << 3;

inline constexpr std::uint32_t RCC_D1CFGR = 0x5802'4418;
inline constexpr std::uint32_t RCC_D1CFGR_HPRE_DIV2 = 8U << 0;
inline constexpr std::uint32_t RCC_D1CFGR_D1PPRE_DIV2 = 4U << 4;
inline constexpr std::uint32_t RCC_D2CFGR = 0x5802'441C;
inline constexpr std::uint32_t RCC_D2CFGR_D2PPRE1_DIV2 = 4U << 4;
inline constexpr std::uint32_t RCC_D2CFGR_D2PPRE2_DIV2 = 4U << 8;
inline constexpr std::uint32_t RCC_D3CFGR = 0x5802'4420;
inline constexpr std::uint32_t RCC_D3CFGR_D3PPRE_DIV2 = 4U << 4;

inline constexpr std::uint32_t RCC_PLLCKSELR = 0x5802'4428;
inline constexpr std::uint32_t RCC_PLLCKSELR_PLLSRC_HSI = 0U << 0;
inline constexpr std::uint32_t RCC_PLLCKSELR_PLLSRC_HSE = 2U << 0;
inline constexpr std::uint32_t RCC_PLLCKSELR_DIVM1 = 0x3FU << 4;
inline constexpr std::uint32_t RCC_PLLCFGR = 0x5802'442C;
inline constexpr std::uint32_t RCC_PLLCFGR_PLL1RGE = 3U << 2;
inline constexpr std::uint32_t RCC_PLLCFGR_DIVP1EN = 1U << 16;
inline constexpr std::uint32_t RCC_PLL1DIVR = 0x5802'4430;
inline constexpr std::uint32_t RCC_PLL1DIVR_N1 = 0x1FFU << 0;
inline constexpr std::uint32_t RCC_PLL1DIVR_P1 = 0x7FU << 9;

inline constexpr std::uint32_t RCC_AHB4RSTR = 0x5802'4488;
inline constexpr std::uint32_t RCC_GCR = 0x5802'44A0;
inline constexpr std::uint32_t RCC_GCR_BOOT_C2 = 1U << 3;
inline constexpr std::uint32_t RCC_RSR = 0x5802'44D0;
inline constexpr std::uint32_t RCC_RSR_RMVF = 1U << 16;
inline constexpr std::uint32_t RCC_RSR_BORRSTF = 1U << 21;
inline constexpr std::uint32_t RCC_RSR_PINRSTF = 1U << 22;
inline constexpr std::uint32_t RCC_RSR_PORRSTF = 1U << 23;
inline constexpr std::uint32_t RCC_RSR_SFT1RSTF = 1U << 24;
inline constexpr std::uint32_t RCC_RSR_SFT2RSTF = 1U << 25;
inline constexpr std::uint32_t RCC_RSR_IWDG1RSTF = 1U << 26;
inline constexpr std::uint32_t RCC_RSR_IWDG2RSTF = 1U << 27;
inline constexpr std::uint32_t RCC_RSR_WWDG1RSTF = 1U << 28;
inline constexpr std::uint32_t RCC_RSR_WWDG2RSTF = 1U << 29;

// GPIO port n's clock and reset are bit n (A = 0).
inline constexpr std::uint32_t RCC_AHB4ENR = 0x5802'44E0;
inline constexpr std::uint32_t RCC_APB4ENR = 0x5802'44F4;
inline constexpr std::uint32_t RCC_APB4ENR_SYSCFGEN = 1U << 1;
inline constexpr std::uint32_t RCC_APB4ENR_RTCAPBEN = 1U << 16;

// The M4's own view of the clock enables.
inline constexpr std::uint32_t RCC_C2_APB4ENR = 0x5802'45B4;

} // namespace stm32h755
