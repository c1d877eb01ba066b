#include "emulator/clock_control.h"

#include "emulator/register_table.h"

#include <algorithm>

namespace emulator {

using contract::ResetCause;

namespace {

constexpr std::uint32_t hsiMegahertz = 64;
constexpr std::uint64_t startUs = 60; ///< until an oscillator or a PLL is ready
constexpr std::uint32_t none = 0;
constexpr std::uint32_t firstOfCore = 0xD0; ///< RCC_RSR: registers that each core has of its own
constexpr std::uint32_t lastOfCore = 0x11C;
constexpr std::uint32_t c2Offset = 0xC0;

constexpr std::uint32_t resetFlags = 0xFFFE'0000;
constexpr std::uint32_t oscillatorsReady =
    "RCC_CR_HSIRDY"_reg | "RCC_CR_CSIRDY"_reg | "RCC_CR_HSI48RDY"_reg | "RCC_CR_D1CKRDY"_reg |
    "RCC_CR_D2CKRDY"_reg | "RCC_CR_HSERDY"_reg | "RCC_CR_PLL1RDY"_reg | "RCC_CR_PLL2RDY"_reg |
    "RCC_CR_PLL3RDY"_reg | "RCC_CR_HSIDIVF"_reg;

std::vector<Register> registersOf()
{
    std::vector<Register> registers{
        {"RCC_CR", "RCC_CR"_reg, 1, 0x150D'129B, oscillatorsReady},
        {"RCC_CFGR", "RCC_CFGR"_reg, 0, 0x7, "RCC_CFGR_SWS"_reg},
        {"RCC_D1CFGR", "RCC_D1CFGR"_reg, 0, 0xF7F},
        {"RCC_D2CFGR", "RCC_D2CFGR"_reg, 0, 0x770},
        {"RCC_D3CFGR", "RCC_D3CFGR"_reg, 0, 0x70},
        {"RCC_PLLCKSELR", "RCC_PLLCKSELR"_reg, 0x0202'0200, 0x03F3'F3F3},
        {"RCC_PLLCFGR", "RCC_PLLCFGR"_reg, 0x01FF'0000, 0x01FF'0FFF},
        {"RCC_PLL1DIVR", "RCC_PLL1DIVR"_reg, 0x0101'0280, 0x7F7F'FFFF},
        {"RCC_PLL1FRACR", "RCC_PLL1FRACR"_reg, 0, 0xFFF8},
        {"RCC_D2CCIP2R", "RCC_D2CCIP2R"_reg, 0, 0x70F0'3377},
        {"RCC_AHB1RSTR", "RCC_AHB1RSTR"_reg, 0, 0x0A00'C023},
        {"RCC_AHB4RSTR", "RCC_AHB4RSTR"_reg, 0, 0x032A'07FF},
        {"RCC_APB1HRSTR", "RCC_APB1HRSTR"_reg, 0, 0x136},
        {"RCC_APB4RSTR", "RCC_APB4RSTR"_reg, 0, 0x0020'DEAA},
        {"RCC_GCR", "RCC_GCR"_reg, 0, 0xF},
    };
    // The enables, seen by the M7 also at its own view's place, and the M4's.
    for (const std::uint32_t offset : {0U, c2Offset}) {
        registers.insert(
            registers.end(),
            {{"RCC_RSR", "RCC_RSR"_reg + offset, 0, "RCC_RSR_RMVF"_reg, resetFlags},
             {"RCC_AHB1ENR", "RCC_AHB1ENR"_reg + offset, 0, 0x1E03'C023},
             {"RCC_AHB2ENR", "RCC_AHB2ENR"_reg + offset, 0, 0xE000'0271},
             {"RCC_AHB4ENR", "RCC_AHB4ENR"_reg + offset, 0, 0x1328'07FF},
             {"RCC_APB1HENR", "RCC_APB1HENR"_reg + offset, 0, 0x136},
             {"RCC_APB4ENR", "RCC_APB4ENR"_reg + offset, 0x0001'0000, 0x0021'DEAA},
             {"RCC_AHB1LPENR", "RCC_AHB1LPENR"_reg + offset, 0x1E03'C023, 0x1E03'C023}});
    }
    return registers;
}

std::uint32_t divided(std::uint32_t megahertz, std::uint32_t code)
{
    constexpr std::array<std::uint32_t, 8> dividers{2, 4, 8, 16, 64, 128, 256, 512};
    return code < 8 ? megahertz : megahertz / dividers.at(code - 8);
}

/// As RCC_RSR has them after this reset; NRST is pulled by every one (RM0399 9.4).
std::uint32_t flagsOf(ResetCause cause)
{
    constexpr std::uint32_t always = "RCC_RSR_C1RSTF"_reg | "RCC_RSR_PINRSTF"_reg;
    switch (cause) {
    case ResetCause::PowerOn:
        return always | "RCC_RSR_PORRSTF"_reg | "RCC_RSR_BORRSTF"_reg | "RCC_RSR_D1RSTF"_reg |
               "RCC_RSR_D2RSTF"_reg | "RCC_RSR_C2RSTF"_reg;
    case ResetCause::Software: return always | "RCC_RSR_SFT1RSTF"_reg;
    case ResetCause::Watchdog: return always | "RCC_RSR_IWDG1RSTF"_reg;
    default: return always;
    }
}

} // namespace

ClockControl::ClockControl(virtual_h755::Clock& clock, Owner owner)
    : RegisterFile(base, registersOf()), m_clock(clock), m_owner(std::move(owner))
{
}

void ClockControl::resetBy(ResetCause cause)
{
    const std::uint32_t earlier = at("RCC_RSR"_reg) & resetFlags;
    const std::uint32_t m4Earlier = at("RCC_RSR"_reg + c2Offset) & resetFlags;
    RegisterFile::reset();
    const bool isPowerOn = cause == ResetCause::PowerOn;
    at("RCC_RSR"_reg) = flagsOf(cause) | (isPowerOn ? none : earlier);
    at("RCC_RSR"_reg + c2Offset) = flagsOf(cause) | (isPowerOn ? none : m4Earlier);
}

bool ClockControl::isReady(std::uint64_t sinceUs) const
{
    return m_clock.nowUs() - sinceUs >= startUs;
}

std::uint32_t ClockControl::load(std::uint32_t address, std::uint32_t stored)
{
    if (address == "RCC_CFGR"_reg) return stored | stored << 3; // switched at once
    if (address != "RCC_CR"_reg) return stored;
    std::uint32_t value =
        stored | "RCC_CR_D1CKRDY"_reg | "RCC_CR_D2CKRDY"_reg | "RCC_CR_HSIDIVF"_reg;
    if ((stored & "RCC_CR_HSION"_reg) != 0) value |= "RCC_CR_HSIRDY"_reg;
    if ((stored & "RCC_CR_HSI48ON"_reg) != 0 && isReady(m_hsi48SinceUs))
        value |= "RCC_CR_HSI48RDY"_reg;
    if ((stored & "RCC_CR_PLL1ON"_reg) != 0 && isReady(m_pllSinceUs)) value |= "RCC_CR_PLL1RDY"_reg;
    return value;
}

void ClockControl::store(std::uint32_t address, std::uint32_t before, std::uint32_t written)
{
    switch (address) {
    case "RCC_CR"_reg: storeOscillators(before); break;
    case "RCC_CFGR"_reg:
        if (at(address) == "RCC_CFGR_SW_PLL1"_reg &&
            (load("RCC_CR"_reg, at("RCC_CR"_reg)) & "RCC_CR_PLL1RDY"_reg) == 0)
            refuse(find(address), "a clock that is not ready", written);
        if (at(address) != 0 && at(address) != "RCC_CFGR_SW_PLL1"_reg)
            refuse(find(address), "CSI and HSE are not modelled", written);
        m_owner.clockChanged();
        break;
    case "RCC_D1CFGR"_reg:
    case "RCC_D2CFGR"_reg:
    case "RCC_D3CFGR"_reg: m_owner.clockChanged(); break;
    case "RCC_PLLCKSELR"_reg:
    case "RCC_PLLCFGR"_reg:
    case "RCC_PLL1DIVR"_reg: requirePllOff(address, before); break;
    case "RCC_RSR"_reg:
        if ((written & "RCC_RSR_RMVF"_reg) != 0) at(address) = 0;
        break;
    case "RCC_GCR"_reg:
        if ((at(address) & ~before & "RCC_GCR_BOOT_C2"_reg) != 0) m_owner.releaseM4();
        break;
    case "RCC_AHB1RSTR"_reg:
    case "RCC_AHB4RSTR"_reg:
    case "RCC_APB1HRSTR"_reg:
    case "RCC_APB4RSTR"_reg:
        if (at(address) != 0) m_owner.resetPeripherals(address, at(address));
        break;
    default: break;
    }
}

void ClockControl::storeOscillators(std::uint32_t before)
{
    const Register& which = find("RCC_CR"_reg);
    const std::uint32_t now = at("RCC_CR"_reg);
    const std::uint32_t started = now & ~before;
    if ((started & "RCC_CR_HSI48ON"_reg) != 0) m_hsi48SinceUs = m_clock.nowUs();
    if ((started & "RCC_CR_PLL1ON"_reg) != 0) {
        if (m_owner.voltageScale() == 0) refuse(which, "PLL on before the supply is set up", now);
        m_pllSinceUs = m_clock.nowUs();
        (void)pllMegahertz();
    }
    const bool runsOnPll = at("RCC_CFGR"_reg) == "RCC_CFGR_SW_PLL1"_reg;
    if (runsOnPll && (now & "RCC_CR_PLL1ON"_reg) == 0) refuse(which, "stops its own clock", now);
    const bool needsHsi = !runsOnPll || (at("RCC_PLLCKSELR"_reg) & "RCC_PLLCKSELR_PLLSRC"_reg) == 0;
    if (needsHsi && (now & "RCC_CR_HSION"_reg) == 0) refuse(which, "stops its own clock", now);
    if ((now & ("RCC_CR_HSEON"_reg | "RCC_CR_CSION"_reg | "RCC_CR_PLL2ON"_reg |
                "RCC_CR_PLL3ON"_reg | "RCC_CR_HSIDIV"_reg)) != 0)
        refuse(which, "HSE, CSI, HSIDIV, PLL2 and PLL3 are not modelled", now);
}

void ClockControl::requirePllOff(std::uint32_t address, std::uint32_t before) const
{
    if (at(address) != before && isOn("RCC_CR"_reg, "RCC_CR_PLL1ON"_reg))
        refuse(find(address), "changed while the PLL runs", at(address));
}

/// The PLL's output, from HSI (RM0399 9.5.5, with the limits of its input and its VCO).
std::uint32_t ClockControl::pllMegahertz() const
{
    const std::uint32_t source = at("RCC_PLLCKSELR"_reg);
    const std::uint32_t options = at("RCC_PLLCFGR"_reg);
    const std::uint32_t dividers = at("RCC_PLL1DIVR"_reg);
    const auto require = [&](bool condition, const char* what) {
        if (!condition) refuse(find("RCC_PLLCFGR"_reg), what, options);
    };
    require((source & "RCC_PLLCKSELR_PLLSRC"_reg) == 0, "PLL1 from another source than HSI");
    const std::uint32_t inputDivider = (source & "RCC_PLLCKSELR_DIVM1"_reg) >> 4;
    require(inputDivider != 0, "PLL1 without an input");
    const std::uint32_t inputKhz = hsiMegahertz * 1000 / inputDivider;
    const std::uint32_t range = (options & "RCC_PLLCFGR_PLL1RGE"_reg) >> 2;
    require(inputKhz >= 1000U << range && inputKhz <= 2000U << range, "PLL1RGE does not fit");
    const bool isWide = (options & "RCC_PLLCFGR_PLL1VCOSEL"_reg) == 0;
    const std::uint32_t vcoMegahertz = inputKhz * ((dividers & "RCC_PLL1DIVR_N1"_reg) + 1) / 1000;
    require(isWide ? vcoMegahertz >= 192 && vcoMegahertz <= 836
                   : vcoMegahertz >= 150 && vcoMegahertz <= 420 && inputKhz <= 2000,
            "VCO out of its range");
    require((options & "RCC_PLLCFGR_DIVP1EN"_reg) != 0, "PLL1 output P is off");
    require((options & "RCC_PLLCFGR_PLL1FRACEN"_reg) == 0, "fractions are not modelled");
    const std::uint32_t divider = ((dividers & "RCC_PLL1DIVR_P1"_reg) >> 9) + 1;
    require(divider == 1 || divider % 2 == 0, "odd divider P");
    return vcoMegahertz / divider;
}

std::uint32_t ClockControl::systemMegahertz() const
{
    return at("RCC_CFGR"_reg) == "RCC_CFGR_SW_PLL1"_reg ? pllMegahertz() : hsiMegahertz;
}

std::uint32_t ClockControl::coreMegahertz() const
{
    return divided(systemMegahertz(), (at("RCC_D1CFGR"_reg) & "RCC_D1CFGR_D1CPRE"_reg) >> 8);
}

std::uint32_t ClockControl::busMegahertz() const
{
    return divided(coreMegahertz(), at("RCC_D1CFGR"_reg) & "RCC_D1CFGR_HPRE"_reg);
}

void ClockControl::checkLimits(unsigned voltageScale) const
{
    constexpr std::array<std::uint32_t, 3> coreLimits{400, 300, 200}; // VOS1 to VOS3
    const std::uint32_t limit = coreLimits.at(voltageScale - 1);
    const std::uint32_t peripheralLimit = std::max(limit / 4, hsiMegahertz); // as after reset
    const auto peripheral = [&](std::uint32_t code) {
        return code < 4 ? busMegahertz() : busMegahertz() >> (code - 3);
    };
    const bool isTooFast =
        coreMegahertz() > limit || busMegahertz() > limit / 2 ||
        peripheral((at("RCC_D1CFGR"_reg) & "RCC_D1CFGR_D1PPRE"_reg) >> 4) > peripheralLimit ||
        peripheral((at("RCC_D2CFGR"_reg) & "RCC_D2CFGR_D2PPRE1"_reg) >> 4) > peripheralLimit ||
        peripheral((at("RCC_D2CFGR"_reg) & "RCC_D2CFGR_D2PPRE2"_reg) >> 8) > peripheralLimit ||
        peripheral((at("RCC_D3CFGR"_reg) & "RCC_D3CFGR_D3PPRE"_reg) >> 4) > peripheralLimit;
    if (isTooFast)
        throw IllegalAccess("core at " + std::to_string(coreMegahertz()) + ", buses at " +
                            std::to_string(busMegahertz()) + " MHz: too fast for VOS" +
                            std::to_string(voltageScale));
}

bool ClockControl::isEnabled(CoreModel core, std::uint32_t enableRegister, std::uint32_t bit) const
{
    const std::uint32_t offset = core == CoreModel::CortexM4 ? c2Offset : 0;
    return (at(enableRegister + offset) & bit) != 0;
}

std::uint32_t M4ClockControl::read(std::uint32_t offset, unsigned bytes)
{
    const bool isOwn = offset >= firstOfCore && offset <= lastOfCore;
    return m_clocks.read(isOwn ? offset + c2Offset : offset, bytes);
}

void M4ClockControl::write(std::uint32_t offset, std::uint32_t value, unsigned bytes)
{
    const bool isOwn = offset >= firstOfCore && offset <= lastOfCore;
    m_clocks.write(isOwn ? offset + c2Offset : offset, value, bytes);
}

} // namespace emulator
