#include "stm32h755/guarded_read.h"

#include "stm32h755/core.h"
#include "stm32h755/mmio.h"
#include "stm32h755/registers/core_registers.h"
#include "stm32h755/registers/flash_registers.h"

#include "contract/flash_map.h"

namespace stm32h755 {

namespace {

constexpr std::uint32_t bankBytes = contract::h755FlashMap.bankBytes();
constexpr std::size_t wordsPerFlashWord = contract::flashWordBytes / 4;
constexpr std::uint32_t eccFlags = FLASH_SR_SNECCERR | FLASH_SR_DBECCERR;
constexpr int attempts = 4;

/// The loads that may meet an ECC error. BFHFNMIGN lets them go on, at priority -1 only, hence
/// FAULTMASK (ARMv7-M B3.2.8). Plain loads without writeback: what an aborted load multiple does to
/// its base is not worth finding out. Caches are off, so every load asks the array.
[[gnu::section(".guarded_read"), gnu::noinline]] void
readMasked(std::uint32_t address, std::uint32_t* out, std::size_t words)
{
    std::uint32_t faultMask = 0;
    asm volatile("mrs %0, faultmask\n\tcpsid f" : "=r"(faultMask)::"memory");
    setBits(SCB_CCR, SCB_CCR_BFHFNMIGN);
    barrier();
    const auto* from = reinterpret_cast<const volatile std::uint32_t*>(address);
    for (std::size_t i = 0; i < words; i += 4) {
        out[i] = from[i];
        out[i + 1] = from[i + 1];
        out[i + 2] = from[i + 2];
        out[i + 3] = from[i + 3];
    }
    barrier();
    clearBits(SCB_CCR, SCB_CCR_BFHFNMIGN);
    write32(SCB_CFSR, SCB_CFSR_BUSFAULTSR); // write 1 to clear
    asm volatile("msr faultmask, %0\n\tisb" ::"r"(faultMask) : "memory");
}

struct EccReport {
    std::uint32_t flags = 0;
    std::uint32_t word = 0; ///< index in its bank, of the first error
};

/// System flash with the chip's own data belongs to bank 1.
constexpr std::uint32_t registersOf(std::uint32_t address)
{
    constexpr contract::FlashMap map = contract::h755FlashMap;
    const contract::Region second{map.baseAddress + bankBytes, bankBytes};
    return second.contains(address) ? FLASH_BANK_STRIDE : 0;
}

/// Flags count only in the window from clearing them to looking at them: speculative reads set them
/// at any time (RM0399 4.7.6).
EccReport readOnce(std::uint32_t address, std::span<std::uint32_t> out)
{
    const std::uint32_t bank = registersOf(address);
    write32(FLASH_CCR1 + bank, eccFlags);
    readMasked(address, out.data(), out.size());
    const EccReport report{read32(FLASH_SR1 + bank) & eccFlags,
                           read32(FLASH_ECC_FA1 + bank) & FLASH_ECC_FA_FAIL_ECC_ADDR};
    write32(FLASH_CCR1 + bank, eccFlags);
    return report;
}

/// The address register keeps the first failing word only, so a report about another word says
/// nothing about this one: read again.
bool readFlashWord(std::uint32_t address, std::span<std::uint32_t> out)
{
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const EccReport report = readOnce(address, out);
        if ((report.flags & FLASH_SR_DBECCERR) == 0) return true;
        if (report.word == address % bankBytes / contract::flashWordBytes) return false;
    }
    return false;
}

} // namespace

GuardedRead guardedRead(std::uint32_t address, std::span<std::uint32_t> out)
{
    const EccReport report = readOnce(address, out);
    const std::uint32_t corrected = (report.flags & FLASH_SR_SNECCERR) != 0 ? 1 : 0;
    if ((report.flags & FLASH_SR_DBECCERR) == 0) return {true, corrected};
    for (std::size_t i = 0; i < out.size(); i += wordsPerFlashWord) {
        const auto place = address + static_cast<std::uint32_t>(4 * i);
        if (!readFlashWord(place, out.subspan(i, wordsPerFlashWord))) return {false, corrected};
    }
    return {true, corrected};
}

} // namespace stm32h755
