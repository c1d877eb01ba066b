// The RTC backup registers (contract/hand_off.h), which survive every reset.
#pragma once

#include <cstdint>

namespace stm32h755 {

/// Clock and write access; may be called again.
void openBackupRegisters();
/// Write access ends, as after a reset.
void closeBackupRegisters();

std::uint32_t readBackup(unsigned number);
void writeBackup(unsigned number, std::uint32_t value);

} // namespace stm32h755
