#include "stm32h755/core.h"

#include "stm32h755/mmio.h"
#include "stm32h755/registers/core_registers.h"

namespace stm32h755 {

namespace {

constexpr std::uint32_t interruptRegisters = 5; // 150 interrupts

/// The data cache: 16 KB, 4 ways, lines of 32 bytes.
constexpr std::uint32_t cacheWays = 4;
constexpr std::uint32_t cacheSets = 128;
constexpr std::uint32_t wayPosition = 30;
constexpr std::uint32_t setPosition = 5;

void stopInterrupts()
{
    write32(SysTick_CTRL, 0);
    for (std::uint32_t i = 0; i < interruptRegisters; ++i) {
        write32(NVIC_ICER0 + 4 * i, 0xFFFF'FFFF);
        write32(NVIC_ICPR0 + 4 * i, 0xFFFF'FFFF);
    }
    write32(SCB_ICSR, SCB_ICSR_PENDSTCLR | SCB_ICSR_PENDSVCLR);
}

/// ARMv7-M B2.2.7: off first, so that no new line becomes dirty; then clean and invalidate all.
void stopDataCache()
{
    if ((read32(SCB_CCR) & SCB_CCR_DC) == 0) return;
    write32(SCB_CSSELR, 0);
    barrier();
    clearBits(SCB_CCR, SCB_CCR_DC);
    barrier();
    for (std::uint32_t way = 0; way < cacheWays; ++way) {
        for (std::uint32_t set = 0; set < cacheSets; ++set)
            write32(SCB_DCCISW, way << wayPosition | set << setPosition);
    }
    barrier();
}

void stopInstructionCache()
{
    if ((read32(SCB_CCR) & SCB_CCR_IC) == 0) return;
    clearBits(SCB_CCR, SCB_CCR_IC);
    write32(SCB_ICIALLU, 0);
    barrier();
}

} // namespace

void settleCore()
{
    stopInterrupts();
    stopDataCache();
    stopInstructionCache();
}

void resetSystem()
{
    barrier();
    write32(SCB_AIRCR, SCB_AIRCR_VECTKEY | SCB_AIRCR_SYSRESETREQ);
    barrier();
    while (true) {
    }
}

} // namespace stm32h755
