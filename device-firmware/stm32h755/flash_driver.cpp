#include "stm32h755/flash_driver.h"

#include "stm32h755/core.h"
#include "stm32h755/guarded_read.h"
#include "stm32h755/memory_guard.h"
#include "stm32h755/mmio.h"
#include "stm32h755/registers/flash_registers.h"

#include <algorithm>
#include <cstring>

namespace stm32h755 {

using boot::FlashResult;
using boot::ReadResult;

namespace {

constexpr std::uint32_t firstKey = 0x4567'0123;
constexpr std::uint32_t secondKey = 0xCDEF'89AB;

constexpr std::uint32_t operationBits = FLASH_CR_PG | FLASH_CR_SER | FLASH_CR_BER | FLASH_CR_SNB;
constexpr std::uint32_t failures =
    FLASH_SR_PGSERR | FLASH_SR_STRBERR | FLASH_SR_INCERR | FLASH_SR_OPERR;
/// Every flag, because some old error or other makes the next operation fail (RM0399 4.7).
constexpr std::uint32_t allFlags = failures | FLASH_SR_EOP | FLASH_SR_WRPERR | FLASH_SR_RDPERR |
                                   FLASH_SR_RDSERR | FLASH_SR_SNECCERR | FLASH_SR_DBECCERR |
                                   FLASH_SR_CRCEND | FLASH_SR_CRCRDERR;

constexpr std::uint32_t control(unsigned bank)
{
    return FLASH_CR1 + bank * FLASH_BANK_STRIDE;
}
constexpr std::uint32_t status(unsigned bank)
{
    return FLASH_SR1 + bank * FLASH_BANK_STRIDE;
}

void clearFlags(unsigned bank)
{
    write32(FLASH_CCR1 + bank * FLASH_BANK_STRIDE, allFlags);
}

bool isLocked(unsigned bank)
{
    return (read32(control(bank)) & FLASH_CR_LOCK) != 0;
}

/// Keys to an unlocked register, or anything between the two, would lock it until the next reset
/// (RM0399 4.5.1).
bool unlock(unsigned bank)
{
    const InterruptLock lock;
    if (isLocked(bank)) {
        write32(FLASH_KEYR1 + bank * FLASH_BANK_STRIDE, firstKey);
        write32(FLASH_KEYR1 + bank * FLASH_BANK_STRIDE, secondKey);
    }
    return !isLocked(bank);
}

/// Nothing selected, locked, and no flag left over.
void close(unsigned bank)
{
    if (!isLocked(bank)) {
        clearBits(control(bank), operationBits);
        setBits(control(bank), FLASH_CR_LOCK);
    }
    clearFlags(bank);
}

/// Ready for an operation with these bits at 64 bits in parallel; false if the controller does not
/// take them.
bool prepare(unsigned bank, std::uint32_t bits)
{
    clearFlags(bank);
    if (!unlock(bank)) return false;
    const std::uint32_t others = read32(control(bank)) & ~operationBits;
    write32(control(bank), others | FLASH_CR_PSIZE | bits);
    const bool isTaken = (read32(control(bank)) & operationBits) == bits;
    barrier(); // without it the first store may overtake PG: PGSERR
    if (!isTaken) close(bank);
    return isTaken;
}

FlashResult resultOf(std::uint32_t flags)
{
    if ((flags & FLASH_SR_WRPERR) != 0) return FlashResult::WriteProtected;
    return (flags & failures) != 0 ? FlashResult::Failed : FlashResult::Done;
}

} // namespace

/// In pieces, because interrupts wait meanwhile.
ReadResult FlashDriver::read(std::uint32_t address, boot::ByteSpan out)
{
    std::array<std::uint32_t, 64> piece;
    bool isBlank = true;
    while (!out.empty()) {
        const std::uint32_t offset = address % contract::flashWordBytes;
        const std::size_t bytes = std::min<std::size_t>(out.size(), sizeof(piece) - offset);
        const std::size_t flashWords =
            (offset + bytes + contract::flashWordBytes - 1) / contract::flashWordBytes;
        const std::size_t words = flashWords * (contract::flashWordBytes / 4);
        const GuardedRead found = guardedRead(address - offset, std::span{piece}.first(words));
        m_correctedErrors += found.correctedErrors;
        if (!found.isReadable) return ReadResult::Bad;
        std::memcpy(out.data(), reinterpret_cast<const std::uint8_t*>(piece.data()) + offset,
                    bytes);
        isBlank = isBlank && std::all_of(out.begin(), out.begin() + static_cast<int>(bytes),
                                         [](std::uint8_t byte) { return byte == 0xFF; });
        out = out.subspan(bytes);
        address += static_cast<std::uint32_t>(bytes);
    }
    return isBlank ? ReadResult::Blank : ReadResult::Ok;
}

/// RM0399 4.3.10
void FlashDriver::startErase(contract::Sector sector)
{
    const std::uint32_t number = sector.number;
    if (!prepare(sector.bank, FLASH_CR_SER | inField(FLASH_CR_SNB, number))) {
        m_results[sector.bank] = FlashResult::Failed;
        return;
    }
    denyBank(sector.bank);
    setBits(control(sector.bank), FLASH_CR_START);
    barrier();
    m_results[sector.bank] = FlashResult::Busy;
}

/// RM0399 4.3.9: the eighth store starts the operation.
void FlashDriver::startProgram(std::uint32_t address,
                               std::span<const std::uint8_t, contract::flashWordBytes> word)
{
    const unsigned bank = contract::h755FlashMap.bankOf(address);
    std::array<std::uint32_t, contract::flashWordBytes / 4> words;
    std::memcpy(words.data(), word.data(), word.size());
    if (!prepare(bank, FLASH_CR_PG)) {
        m_results[bank] = FlashResult::Failed;
        return;
    }
    {
        const InterruptLock lock;
        for (const std::uint32_t value : words) {
            write32(address, value);
            address += 4;
        }
        barrier();
    }
    denyBank(bank);
    m_results[bank] = FlashResult::Busy;
}

/// QW covers waiting and running. It need not have been seen set: that would be a race.
FlashResult FlashDriver::poll(std::uint8_t bank)
{
    if (m_results[bank] == FlashResult::Busy) {
        if ((read32(status(bank)) & FLASH_SR_QW) != 0) return FlashResult::Busy;
        finish(bank);
    }
    const FlashResult result = m_results[bank];
    m_results[bank] = FlashResult::Done;
    return result;
}

void FlashDriver::finish(unsigned bank)
{
    m_results[bank] = resultOf(read32(status(bank)));
    close(bank);
    allowBank(bank);
}

void lockFlash()
{
    close(0);
    close(1);
}

} // namespace stm32h755
