#include "stm32h755/backup_registers.h"

#include "stm32h755/registers/peripheral_registers.h"
#include "stm32h755/registers/power_registers.h"
#include "stm32h755/wait_for.h"

namespace stm32h755 {

void openBackupRegisters()
{
    setBits(RCC_APB4ENR, RCC_APB4ENR_RTCAPBEN);
    (void)read32(RCC_APB4ENR); // the clock runs two cycles later
    setBits(PWR_CR1, PWR_CR1_DBP);
    (void)waitFor(PWR_CR1, PWR_CR1_DBP, PWR_CR1_DBP);
}

void closeBackupRegisters()
{
    clearBits(PWR_CR1, PWR_CR1_DBP);
}

std::uint32_t readBackup(unsigned number)
{
    return read32(RTC_BKP0R + 4 * number);
}

void writeBackup(unsigned number, std::uint32_t value)
{
    write32(RTC_BKP0R + 4 * number, value);
}

} // namespace stm32h755
