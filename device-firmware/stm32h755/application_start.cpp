#include "stm32h755/application_start.h"

#include "stm32h755/backup_registers.h"
#include "stm32h755/clocks.h"
#include "stm32h755/core.h"
#include "stm32h755/flash_driver.h"
#include "stm32h755/input_pin.h"
#include "stm32h755/memory_guard.h"
#include "stm32h755/mmio.h"
#include "stm32h755/registers/core_registers.h"
#include "stm32h755/registers/peripheral_registers.h"
#include "stm32h755/registers/power_registers.h"

namespace stm32h755 {

namespace {

/// The M4 boots through the stub, also if the application starts it later (RM0399 9.4.3). The
/// setting survives until the next reset, without SYSCFG's clock.
void pointM4AtStub()
{
    constexpr std::uint32_t stub =
        inField(SYSCFG_UR3_BCM4_ADD0, contract::m4StartStubAddress >> 16);
    setBits(RCC_APB4ENR, RCC_APB4ENR_SYSCFGEN);
    (void)read32(RCC_APB4ENR); // the clock runs two cycles later
    write32(SYSCFG_UR3, (read32(SYSCFG_UR3) & ~SYSCFG_UR3_BCM4_ADD0) | stub);
    barrier();
    clearBits(RCC_APB4ENR, RCC_APB4ENR_SYSCFGEN);
}

void resetPeripherals()
{
    lockFlash();
    if (settings::button) resetPort(*settings::button);
    if (settings::busPower) resetPort(*settings::busPower);
    closeBackupRegisters();
    resetClocks();
}

} // namespace

void startApplication(const boot::StartResult& start)
{
    asm volatile("cpsid i" ::: "memory");
    resetPeripherals();
    pointM4AtStub();
    settleCore();
    stopMemoryGuard();
    if (start.startM4) setBits(RCC_GCR, RCC_GCR_BOOT_C2);
    jumpThrough(start.m7Vectors);
}

void jumpThrough(std::uint32_t vectors)
{
    const std::uint32_t stack = read32(vectors);
    const std::uint32_t entry = read32(vectors + 4);
    write32(SCB_VTOR, vectors);
    barrier();
    asm volatile("mov r1, #0\n\t"
                 "msr control, r1\n\t"
                 "msr basepri, r1\n\t"
                 "msr msp, %[stack]\n\t"
                 "isb\n\t"
                 "cpsie f\n\t"
                 "cpsie i\n\t"
                 "mvn lr, r1\n\t"
                 "bx %[entry]"
                 :
                 : [stack] "r"(stack), [entry] "r"(entry)
                 : "r1", "lr", "memory");
    __builtin_unreachable();
}

} // namespace stm32h755
