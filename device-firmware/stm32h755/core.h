// The Cortex-M7 itself: barriers, interrupts, caches, resets.
#pragma once

#include <cstdint>

namespace stm32h755 {

inline void barrier()
{
    asm volatile("dsb\n\tisb" ::: "memory");
}

/// No interrupts while it lives.
class InterruptLock {
public:
    InterruptLock() { asm volatile("mrs %0, primask\n\tcpsid i" : "=r"(m_primask)::"memory"); }
    ~InterruptLock() { asm volatile("msr primask, %0\n\tisb" ::"r"(m_primask) : "memory"); }
    InterruptLock(const InterruptLock&) = delete;
    InterruptLock& operator=(const InterruptLock&) = delete;

private:
    std::uint32_t m_primask;
};

/// SysTick, pending interrupts and both caches as after a reset. At start, because somebody may
/// have branched here instead of resetting the chip, and before every jump.
void settleCore();

[[noreturn]] void resetSystem();

} // namespace stm32h755
