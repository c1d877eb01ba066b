#include "stm32h755/system_tick.h"

#include "stm32h755/mmio.h"
#include "stm32h755/registers/core_registers.h"

namespace stm32h755 {

namespace {

volatile std::uint32_t ticks; // the reset handler clears it

} // namespace

void startSystemTick(std::uint32_t coreHz)
{
    write32(SysTick_LOAD, coreHz / 1000 - 1);
    write32(SysTick_VAL, 0);
    write32(SysTick_CTRL, SysTick_CTRL_ENABLE | SysTick_CTRL_TICKINT | SysTick_CTRL_CLKSOURCE);
    asm volatile("cpsie i" ::: "memory");
}

std::uint32_t elapsedMs()
{
    return ticks;
}

void systemTickHandler()
{
    ticks = ticks + 1;
}

} // namespace stm32h755
