#include "stm32h755/board_facts.h"

#include "stm32h755/input_pin.h"
#include "stm32h755/mmio.h"
#include "stm32h755/registers/flash_registers.h"
#include "stm32h755/registers/peripheral_registers.h"
#include "stm32h755/registers/power_registers.h"

namespace stm32h755 {

using contract::ResetCause;

namespace {

constexpr std::uint32_t watchdogFlags =
    RCC_RSR_IWDG1RSTF | RCC_RSR_IWDG2RSTF | RCC_RSR_WWDG1RSTF | RCC_RSR_WWDG2RSTF;
constexpr std::uint32_t softwareFlags = RCC_RSR_SFT1RSTF | RCC_RSR_SFT2RSTF;
constexpr std::uint32_t powerFlags = RCC_RSR_PORRSTF | RCC_RSR_BORRSTF;

/// Several flags are set at a time: every reset pulls NRST low, and so counts as one by the pin.
ResetCause causeOf(std::uint32_t flags)
{
    if ((flags & watchdogFlags) != 0) return ResetCause::Watchdog;
    if ((flags & softwareFlags) != 0) return ResetCause::Software;
    if ((flags & powerFlags) != 0) return ResetCause::PowerOn;
    return (flags & RCC_RSR_PINRSTF) != 0 ? ResetCause::Pin : ResetCause::Unknown;
}

ResetCause takeResetCause()
{
    const ResetCause cause = causeOf(read32(RCC_RSR));
    setBits(RCC_RSR, RCC_RSR_RMVF);
    return cause;
}

contract::OptionBytes readOptionBytes()
{
    const std::uint32_t options = read32(FLASH_OPTSR_CUR);
    contract::OptionBytes bytes;
    bytes.writeProtectionBank1 = static_cast<std::uint8_t>(read32(FLASH_WPSN_CUR1));
    bytes.writeProtectionBank2 =
        static_cast<std::uint8_t>(read32(FLASH_WPSN_CUR1 + FLASH_BANK_STRIDE));
    bytes.readProtection = static_cast<std::uint8_t>(fieldOf(FLASH_OPTSR_RDP, options));
    bytes.bootCm4 = (options & FLASH_OPTSR_BCM4) != 0 ? 1 : 0;
    return bytes;
}

template <std::size_t size>
contract::ByteArray<size> readSystemFlash(boot::Flash& flash, std::uint32_t address)
{
    contract::ByteArray<size> bytes{};
    if (flash.read(address, bytes) == boot::ReadResult::Bad) bytes = {};
    return bytes;
}

} // namespace

bool isButtonHeld()
{
    return settings::button && readPin(*settings::button);
}

boot::BoardFacts readBoardFacts(boot::Flash& flash)
{
    boot::BoardFacts facts;
    facts.uniqueId = readSystemFlash<sizeof(contract::UniqueId)>(flash, UID_BASE);
    facts.hardwareRevision = settings::hardwareRevision;
    facts.siliconRevision =
        static_cast<std::uint16_t>(fieldOf(DBGMCU_IDCODE_REV_ID, read32(DBGMCU_IDCODE)));
    facts.romVersion = readSystemFlash<1>(flash, ROM_VERSION)[0];
    facts.resetCause = takeResetCause();
    facts.optionBytes = readOptionBytes();
    facts.hasButton = settings::button.has_value();
    facts.isButtonHeld = isButtonHeld();
    facts.hasBusPower = !settings::busPower || readPin(*settings::busPower);
    facts.wantsRescueWindow = settings::wantsRescueWindow;
    return facts;
}

} // namespace stm32h755
