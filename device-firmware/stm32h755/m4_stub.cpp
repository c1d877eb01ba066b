// The M4's first instructions, at m4StartStubAddress in the write-protected sector (boot.md,
// Power-on 7). Compiled for the M4 and linked into the same ELF; it uses no RAM.
#include "stm32h755/registers/core_registers.h"
#include "stm32h755/registers/peripheral_registers.h"
#include "stm32h755/registers/power_registers.h"

#include "contract/flash_map.h"
#include "contract/hand_off.h"

namespace stm32h755 {

namespace {

constexpr std::uint32_t slotsStart =
    contract::h755FlashMap.slot(contract::Core::M4, contract::Slot::A).address;
constexpr std::uint32_t slotsBytes =
    contract::h755FlashMap.slot(contract::Core::M4, contract::Slot::B).end() - slotsStart;
constexpr std::uint32_t unusedStackTop = 0x1002'0000; // end of SRAM1 as the M4 sees it

} // namespace

extern "C" {

/// Jumps through the table that the M7 has left in a backup register, if it lies in a slot of the
/// M4; with nothing to run it sleeps for ever, as no interrupt is enabled, and the M7 notices.
[[gnu::naked, gnu::used, gnu::section(".m4_stub")]] void m4StubReset()
{
    asm volatile(
        "ldr r0, =%c[clockEnable]\n\t"
        "ldr r1, [r0]\n\t"
        "orr r1, r1, %[rtcClock]\n\t"
        "str r1, [r0]\n\t"
        "ldr r1, [r0]\n\t" // the clock runs two cycles later
        "dsb\n\t"
        "ldr r0, =%c[vectorsRegister]\n\t"
        "ldr r1, [r0]\n\t"
        "ldr r2, =%c[slotsStart]\n\t"
        "subs r2, r1, r2\n\t"
        "ldr r3, =%c[slotsBytes]\n\t"
        "cmp r2, r3\n\t"
        "bhs 1f\n\t"
        "lsls r2, r1, #25\n\t" // VTOR has no low seven bits
        "bne 1f\n\t"
        "ldr r0, =%c[vectorOffset]\n\t"
        "str r1, [r0]\n\t"
        "dsb\n\t"
        "isb\n\t"
        "ldrd r2, r3, [r1]\n\t"
        "msr msp, r2\n\t"
        "isb\n\t"
        "bx r3\n"
        "1:\n\t"
        "wfi\n\t"
        "b 1b\n\t"
        ".ltorg"
        :
        : [clockEnable] "i"(RCC_C2_APB4ENR), [rtcClock] "i"(RCC_APB4ENR_RTCAPBEN),
          [vectorsRegister] "i"(RTC_BKP0R + 4 * H755_BACKUP_M4_VECTORS),
          [slotsStart] "i"(slotsStart), [slotsBytes] "i"(slotsBytes), [vectorOffset] "i"(SCB_VTOR));
}

/// A fault of the stub itself.
[[gnu::naked, gnu::used, gnu::section(".m4_stub")]] void m4StubFault()
{
    asm volatile("1:\n\t"
                 "wfi\n\t"
                 "b 1b");
}

struct M4StubVectors {
    std::uint32_t stack;
    void (*reset)();
    void (*faults[14])();
};

[[gnu::section(".m4_vectors"), gnu::used]] extern constexpr M4StubVectors m4StubVectors{
    unusedStackTop,
    m4StubReset,
    {m4StubFault, m4StubFault, m4StubFault, m4StubFault, m4StubFault, m4StubFault, m4StubFault,
     m4StubFault, m4StubFault, m4StubFault, m4StubFault, m4StubFault, m4StubFault, m4StubFault}};
}

} // namespace stm32h755
