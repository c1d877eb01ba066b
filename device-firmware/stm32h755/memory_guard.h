// The MPU: what nobody may touch, always or while a bank is busy (R11).
#pragma once

#include <cstdint>

namespace stm32h755 {

/// Switches the MPU on: the default map, without external memories, which this chip's board does
/// not have and which speculative reads must not look for, and without null pointers.
void startMemoryGuard();
void stopMemoryGuard();

/// A read of a busy bank would stall the core until its operation has ended. The guarded read
/// passes, because FAULTMASK suspends the MPU (ARMv7-M B3.5.1, HFNMIENA = 0): a stall is better
/// than a lock-up.
void denyBank(unsigned bank);
void allowBank(unsigned bank);

} // namespace stm32h755
