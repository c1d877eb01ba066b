#include "stm32h755/fault_handlers.h"

#include "stm32h755/backup_registers.h"
#include "stm32h755/core.h"
#include "stm32h755/memory_guard.h"
#include "stm32h755/memory_layout.h"
#include "stm32h755/mmio.h"
#include "stm32h755/registers/core_registers.h"
#include "stm32h755/registers/flash_registers.h"

#include "contract/hand_off.h"

namespace stm32h755 {

namespace {

constexpr std::uint32_t frameBytes = 32;    // r0 to r3, r12, lr, pc, xpsr (ARMv7-M B1.5.6)
constexpr std::uint32_t framePcOffset = 24; // of the stacked pc
constexpr std::uint32_t secondBank = 1U << 15;

/// The stacked pc, if the stack pointer still points into the stack.
std::uint32_t stackedPc(std::uint32_t frame)
{
    const bool isInside = frame % 4 == 0 && frame >= addressOf(stackBottom) &&
                          frame <= addressOf(stackTop) - frameBytes;
    return isInside ? read32(frame + framePcOffset) : 0;
}

std::uint32_t faultAddress(std::uint32_t faultStatus, std::uint32_t frame)
{
    if ((faultStatus & SCB_CFSR_BFARVALID) != 0) return read32(SCB_BFAR);
    if ((faultStatus & SCB_CFSR_MMARVALID) != 0) return read32(SCB_MMFAR);
    return stackedPc(frame);
}

/// Word index in its bank, with bit 15 for bank 2.
std::uint32_t eccAddress()
{
    const bool isSecond = (read32(FLASH_SR1 + FLASH_BANK_STRIDE) & FLASH_SR_DBECCERR) != 0;
    const std::uint32_t bank = isSecond ? FLASH_BANK_STRIDE : 0;
    return (read32(FLASH_ECC_FA1 + bank) & FLASH_ECC_FA_FAIL_ECC_ADDR) |
           (isSecond ? secondBank : 0);
}

} // namespace

extern "C" [[noreturn, gnu::used]] void recordFault(std::uint32_t frame)
{
    const std::uint32_t faultStatus = read32(SCB_CFSR);
    openBackupRegisters();
    writeBackup(H755_BACKUP_FAULT_COUNT, readBackup(H755_BACKUP_FAULT_COUNT) + 1);
    writeBackup(H755_BACKUP_FAULT_COUNT + 1, faultStatus);
    writeBackup(H755_BACKUP_FAULT_COUNT + 2, faultAddress(faultStatus, frame));
    writeBackup(H755_BACKUP_FAULT_COUNT + 3, eccAddress());
    resetSystem();
}

[[gnu::naked]] void faultHandler()
{
    asm volatile("mrs r0, msp\n\t"
                 "ldr r1, =stackTop\n\t"
                 "msr msp, r1\n\t"
                 "isb\n\t"
                 "b recordFault\n\t"
                 ".ltorg");
}

} // namespace stm32h755
