#include "stm32h755/supply.h"

#include "stm32h755/mmio.h"
#include "stm32h755/registers/power_registers.h"

namespace stm32h755 {

bool isSupplyReady()
{
    return (read32(PWR_CSR1) & PWR_CSR1_ACTVOSRDY) != 0;
}

} // namespace stm32h755
