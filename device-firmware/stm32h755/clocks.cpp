#include "stm32h755/clocks.h"

#include "stm32h755/board_settings.h"
#include "stm32h755/registers/flash_registers.h"
#include "stm32h755/registers/power_registers.h"
#include "stm32h755/wait_for.h"

namespace stm32h755 {

namespace {

constexpr std::uint32_t megahertz = 1'000'000;
constexpr std::uint32_t vcoDivider = 2;

/// PLL1: VCO at twice the core's clock (wide range, 192 to 836 MHz), divided by 2.
struct Pll {
    std::uint32_t divider = 0;
    std::uint32_t multiplier = 0;
    std::uint32_t inputRange = 0; ///< of the divided source (RM0399 9.7.11)
};

/// The smallest divider whose quotient lies in 2 to 8 MHz and divides the VCO's frequency.
constexpr Pll pllFor(std::uint32_t sourceHz)
{
    constexpr std::uint32_t vcoHz = vcoDivider * fastClockHz;
    for (std::uint32_t divider = 1; divider < 64; ++divider) {
        const std::uint32_t inputHz = sourceHz / divider;
        const bool isExact = sourceHz % divider == 0 && vcoHz % inputHz == 0;
        if (isExact && inputHz >= 2 * megahertz && inputHz < 8 * megahertz)
            return {divider, vcoHz / inputHz, inputHz < 4 * megahertz ? 1U : 2U};
    }
    return {};
}

constexpr Pll internalPll = pllFor(internalClockHz);
constexpr Pll externalPll = pllFor(settings::externalClockHz);
static_assert(internalPll.divider != 0 && externalPll.divider != 0, "no exact 400 MHz from this");

constexpr std::uint32_t flashTiming(std::uint32_t waitStates, std::uint32_t writeDelay)
{
    return inField(FLASH_ACR_LATENCY, waitStates) | inField(FLASH_ACR_WRHIGHFREQ, writeDelay);
}

constexpr std::uint32_t resetPllSources = 0x0202'0200;
constexpr std::uint32_t resetPllOptions = 0x01FF'0000;
constexpr std::uint32_t resetPllDividers = 0x0101'0280;

void setFlashTiming(std::uint32_t timing)
{
    constexpr std::uint32_t mask = FLASH_ACR_LATENCY | FLASH_ACR_WRHIGHFREQ;
    write32(FLASH_ACR, (read32(FLASH_ACR) & ~mask) | timing);
    (void)waitFor(FLASH_ACR, mask, timing);
}

[[nodiscard]] bool setVoltageScale(std::uint32_t scale)
{
    write32(PWR_D3CR, (read32(PWR_D3CR) & ~PWR_D3CR_VOS) | scale);
    return waitFor(PWR_D3CR, PWR_D3CR_VOSRDY, PWR_D3CR_VOSRDY);
}

[[nodiscard]] bool startExternalClock()
{
    if constexpr (settings::externalClock == settings::ExternalClock::None) return false;
    if constexpr (settings::externalClock == settings::ExternalClock::Bypass)
        setBits(RCC_CR, RCC_CR_HSEBYP);
    setBits(RCC_CR, RCC_CR_HSEON);
    if (waitFor(RCC_CR, RCC_CR_HSERDY, RCC_CR_HSERDY)) return true;
    clearBits(RCC_CR, RCC_CR_HSEON | RCC_CR_HSEBYP);
    return false;
}

/// RM0399 9.5.5: everything is set while the PLL is off.
[[nodiscard]] bool startPll(const Pll& pll, std::uint32_t source)
{
    write32(RCC_PLLCKSELR, source | inField(RCC_PLLCKSELR_DIVM1, pll.divider));
    write32(RCC_PLLCFGR, RCC_PLLCFGR_DIVP1EN | inField(RCC_PLLCFGR_PLL1RGE, pll.inputRange));
    write32(RCC_PLL1DIVR, inField(RCC_PLL1DIVR_N1, pll.multiplier - 1) |
                              inField(RCC_PLL1DIVR_P1, vcoDivider - 1));
    setBits(RCC_CR, RCC_CR_PLL1ON);
    return waitFor(RCC_CR, RCC_CR_PLL1RDY, RCC_CR_PLL1RDY);
}

[[nodiscard]] bool startPll()
{
    return startExternalClock() ? startPll(externalPll, RCC_PLLCKSELR_PLLSRC_HSE)
                                : startPll(internalPll, RCC_PLLCKSELR_PLLSRC_HSI);
}

void setBusDividers()
{
    write32(RCC_D1CFGR, RCC_D1CFGR_HPRE_DIV2 | RCC_D1CFGR_D1PPRE_DIV2);
    write32(RCC_D2CFGR, RCC_D2CFGR_D2PPRE1_DIV2 | RCC_D2CFGR_D2PPRE2_DIV2);
    write32(RCC_D3CFGR, RCC_D3CFGR_D3PPRE_DIV2);
}

[[nodiscard]] bool runFromPll()
{
    write32(RCC_CFGR, (read32(RCC_CFGR) & ~RCC_CFGR_SW) | RCC_CFGR_SW_PLL1);
    return waitFor(RCC_CFGR, RCC_CFGR_SWS, RCC_CFGR_SWS_PLL1);
}

} // namespace

std::uint32_t startClocks()
{
    resetClocks(); // whoever was here before
    if (setVoltageScale(PWR_D3CR_VOS_SCALE1) && startPll()) {
        setFlashTiming(flashTiming(2, 2)); // 185 to 210 MHz AXI, scale 1 (RM0399 table 16)
        setBusDividers();
        if (runFromPll()) return fastClockHz;
    }
    resetClocks();
    return internalClockHz;
}

/// Wait states go to their reset value before the clock changes, voltage goes down after it. HAL
/// never sets WRHIGHFREQ and relies on 3.
void resetClocks()
{
    setFlashTiming(flashTiming(7, 3));
    setBits(RCC_CR, RCC_CR_HSION);
    clearBits(RCC_CR, RCC_CR_HSIDIV);
    (void)waitFor(RCC_CR, RCC_CR_HSIRDY, RCC_CR_HSIRDY);
    write32(RCC_CFGR, 0);
    if (!waitFor(RCC_CFGR, RCC_CFGR_SWS, 0)) return;
    clearBits(RCC_CR, RCC_CR_PLL1ON);
    (void)waitFor(RCC_CR, RCC_CR_PLL1RDY, 0);
    if constexpr (settings::externalClock != settings::ExternalClock::None)
        clearBits(RCC_CR, RCC_CR_HSEON | RCC_CR_HSEBYP);
    write32(RCC_D1CFGR, 0);
    write32(RCC_D2CFGR, 0);
    write32(RCC_D3CFGR, 0);
    write32(RCC_PLLCKSELR, resetPllSources);
    write32(RCC_PLLCFGR, resetPllOptions);
    write32(RCC_PLL1DIVR, resetPllDividers);
    (void)setVoltageScale(PWR_D3CR_VOS_SCALE3);
}

} // namespace stm32h755
