#include "stm32h755/reset_handler.h"

#include "stm32h755/board_settings.h"
#include "stm32h755/memory_layout.h"
#include "stm32h755/registers/core_registers.h"
#include "stm32h755/registers/power_registers.h"

namespace stm32h755 {

namespace {

/// Turns of the loop that waits for the supply: about 10 ms at 64 MHz.
constexpr std::uint32_t supplyTurns = 50'000;

} // namespace

/// Copies are 64 bits wide, because that is what the ITCM's ECC covers.
extern "C" [[noreturn, gnu::naked, gnu::used, gnu::section(".reset_path")]] void loadBootloader()
{
    asm volatile("ldr r0, =ramImageStart\n\t"
                 "ldr r1, =ramImageEnd\n\t"
                 "ldr r2, =ramImageLoad\n"
                 "1:\n\t"
                 "ldrd r4, r5, [r2], #8\n\t"
                 "strd r4, r5, [r0], #8\n\t"
                 "cmp r0, r1\n\t"
                 "blo 1b\n\t"
                 // Variables to zero, the stack to its pattern; both regions start and end at 8.
                 "ldr r0, =variablesStart\n\t"
                 "ldr r1, =variablesEnd\n\t"
                 "movs r2, #0\n\t"
                 "movs r3, #0\n"
                 "2:\n\t"
                 "strd r2, r3, [r0], #8\n\t"
                 "cmp r0, r1\n\t"
                 "blo 2b\n\t"
                 "ldr r0, =stackBottom\n\t"
                 "ldr r1, =stackTop\n\t"
                 "ldr r2, =%c[pattern]\n\t"
                 "mov r3, r2\n"
                 "3:\n\t"
                 "strd r2, r3, [r0], #8\n\t"
                 "cmp r0, r1\n\t"
                 "blo 3b\n\t"
                 "msr msp, r1\n\t"
                 "ldr r0, =%c[vectorOffset]\n\t"
                 "ldr r1, =ramImageStart\n\t"
                 "str r1, [r0]\n\t"
                 "dsb\n\t"
                 "isb\n\t"
                 "ldr r0, =bootloaderMain\n\t"
                 "bx r0\n\t"
                 ".ltorg"
                 :
                 : [pattern] "i"(stackPattern), [vectorOffset] "i"(SCB_VTOR));
}

/// The supply by one byte store: a word would be the register's only write as well, but with the
/// upper bytes (AN2606, ROM V9.0). A locked byte ignores it. If ACTVOSRDY never comes, the chip
/// stays at its reset clock (isSupplyReady); waiting for ever would make a brick of it.
[[gnu::naked, gnu::section(".reset_path")]] void resetHandler()
{
    asm volatile(
        "cpsid i\n\t"
        "movs r0, #0\n\t"
        "msr control, r0\n\t"
        "isb\n\t"
        "ldr r1, =%c[mpuControl]\n\t"
        "str r0, [r1]\n\t"
        "dsb\n\t"
        "ldr r0, =%c[supplyControl]\n\t"
        "movs r1, %[supply]\n\t"
        "strb r1, [r0]\n\t"
        "dsb\n\t"
        "ldr r0, =%c[supplyStatus]\n\t"
        "ldr r1, =%c[turns]\n"
        "1:\n\t"
        "ldr r2, [r0]\n\t"
        "tst r2, %[isReady]\n\t"
        "bne 2f\n\t"
        "subs r1, r1, #1\n\t"
        "bne 1b\n"
        "2:\n\t"
        "b loadBootloader\n\t"
        ".ltorg"
        :
        : [mpuControl] "i"(MPU_CTRL), [supplyControl] "i"(PWR_CR3),
          [supply] "i"(static_cast<std::uint32_t>(settings::supply)), [supplyStatus] "i"(PWR_CSR1),
          [isReady] "i"(PWR_CSR1_ACTVOSRDY), [turns] "i"(supplyTurns));
}

[[gnu::naked, gnu::section(".reset_path")]] void earlyFaultHandler()
{
    asm volatile(
        "ldr r0, =%c[control]\n\t"
        "ldr r1, =%c[reset]\n\t"
        "dsb\n\t"
        "str r1, [r0]\n\t"
        "dsb\n"
        "1:\n\t"
        "b 1b\n\t"
        ".ltorg"
        :
        : [control] "i"(SCB_AIRCR), [reset] "i"(SCB_AIRCR_VECTKEY | SCB_AIRCR_SYSRESETREQ));
}

} // namespace stm32h755
