#include "stm32h755/rom_loader.h"

#include "stm32h755/application_start.h"
#include "stm32h755/backup_registers.h"
#include "stm32h755/board_facts.h"
#include "stm32h755/input_pin.h"
#include "stm32h755/mmio.h"
#include "stm32h755/registers/peripheral_registers.h"
#include "stm32h755/registers/power_registers.h"

#include "contract/hand_off.h"

namespace stm32h755 {

void enterRomLoaderIfAsked()
{
    if (readBackup(H755_BACKUP_REQUEST) != H755_BOOT_REQUEST_ROM || !isButtonHeld()) return;
    writeBackup(H755_BACKUP_REQUEST, H755_BOOT_REQUEST_NONE);
    resetPort(*settings::button);
    closeBackupRegisters();
    setBits(RCC_APB4ENR, RCC_APB4ENR_SYSCFGEN);
    jumpThrough(ROM_VECTORS);
}

} // namespace stm32h755
