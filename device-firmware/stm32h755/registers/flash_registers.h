// The flash controller (RM0399 4.9). Bank 2's registers lie FLASH_BANK_STRIDE behind bank 1's. What
// programs option bytes is left out on purpose: the bootloader only reads them.
#pragma once

#include <cstdint>

namespace stm32h755 {

inline constexpr std::uint32_t FLASH_BANK_STRIDE = 0x100;

inline constexpr std::uint32_t FLASH_ACR = 0x5200'2000;
inline constexpr std::uint32_t FLASH_ACR_LATENCY = 0x0FU << 0;
inline constexpr std::uint32_t FLASH_ACR_WRHIGHFREQ = 3U << 4;

inline constexpr std::uint32_t FLASH_KEYR1 = 0x5200'2004;

inline constexpr std::uint32_t FLASH_CR1 = 0x5200'200C;
inline constexpr std::uint32_t FLASH_CR_LOCK = 1U << 0;
inline constexpr std::uint32_t FLASH_CR_PG = 1U << 1;
inline constexpr std::uint32_t FLASH_CR_SER = 1U << 2;
inline constexpr std::uint32_t FLASH_CR_BER = 1U << 3;
inline constexpr std::uint32_t FLASH_CR_PSIZE = 3U << 4;
inline constexpr std::uint32_t FLASH_CR_START = 1U << 7;
inline constexpr std::uint32_t FLASH_CR_SNB = 7U << 8;

inline constexpr std::uint32_t FLASH_SR1 = 0x5200'2010;
inline constexpr std::uint32_t FLASH_SR_QW = 1U << 2;
inline constexpr std::uint32_t FLASH_SR_EOP = 1U << 16;
inline constexpr std::uint32_t FLASH_SR_WRPERR = 1U << 17;
inline constexpr std::uint32_t FLASH_SR_PGSERR = 1U << 18;
inline constexpr std::uint32_t FLASH_SR_STRBERR = 1U << 19;
inline constexpr std::uint32_t FLASH_SR_INCERR = 1U << 21;
inline constexpr std::uint32_t FLASH_SR_OPERR = 1U << 22;
inline constexpr std::uint32_t FLASH_SR_RDPERR = 1U << 23;
inline constexpr std::uint32_t FLASH_SR_RDSERR = 1U << 24;
inline constexpr std::uint32_t FLASH_SR_SNECCERR = 1U << 25;
inline constexpr std::uint32_t FLASH_SR_DBECCERR = 1U << 26;
inline constexpr std::uint32_t FLASH_SR_CRCEND = 1U << 27;
inline constexpr std::uint32_t FLASH_SR_CRCRDERR = 1U << 28;

// The bits that clear the status register's have the same numbers.
inline constexpr std::uint32_t FLASH_CCR1 = 0x5200'2014;

inline constexpr std::uint32_t FLASH_OPTSR_CUR = 0x5200'201C;
inline constexpr std::uint32_t FLASH_OPTSR_IWDG1_SW = 1U << 4;
inline constexpr std::uint32_t FLASH_OPTSR_RDP = 0xFFU << 8;
inline constexpr std::uint32_t FLASH_OPTSR_BCM4 = 1U << 22;

inline constexpr std::uint32_t FLASH_WPSN_CUR1 = 0x5200'2038;

inline constexpr std::uint32_t FLASH_ECC_FA1 = 0x5200'2060;
inline constexpr std::uint32_t FLASH_ECC_FA_FAIL_ECC_ADDR = 0x7FFFU << 0;

} // namespace stm32h755
