#include "emulator/power_control.h"

#include "emulator/register_table.h"

#include <algorithm>
#include <array>

namespace emulator {

namespace {

constexpr std::uint32_t supplyMask = 0xFF;
constexpr std::uint64_t supplyUs = 100;
constexpr std::uint64_t scaleUs = 40;

unsigned scaleOf(std::uint32_t control)
{
    return 4 - (control >> 14 & 3); // 01: VOS3, 10: VOS2, 11: VOS1
}

} // namespace

PowerControl::PowerControl(virtual_h755::Clock& clock, std::function<void()> voltageChanged)
    : RegisterFile(base, {{"PWR_CR1", "PWR_CR1"_reg, 0xF000'C000, 0x0007'C3F1, 0xF000'0000},
                          {"PWR_CSR1", "PWR_CSR1"_reg, 0x4000, 0, 0x0001'E010},
                          {"PWR_CR3", "PWR_CR3"_reg, 6, 0x0300'033F, 0x0401'0000, true},
                          {"PWR_D3CR", "PWR_D3CR"_reg, 0x4000, 0xC000, 0x2000}}),
      m_clock(clock), m_voltageChanged(std::move(voltageChanged))
{
}

void PowerControl::powerOn()
{
    RegisterFile::reset();
    m_isLocked = false;
    m_isInvalid = false;
    m_previousScale = 3;
}

void PowerControl::reset()
{
    const std::uint32_t supply = at("PWR_CR3"_reg);
    RegisterFile::reset();
    at("PWR_CR3"_reg) = supply;
    m_previousScale = 3;
}

void PowerControl::lockWrongly()
{
    m_isLocked = true;
    m_isInvalid = true;
}

bool PowerControl::isSupplyReady() const
{
    return m_isLocked && !m_isInvalid && m_clock.nowUs() - m_lockedUs >= supplyUs;
}

unsigned PowerControl::voltageScale() const
{
    const unsigned scale = scaleOf(at("PWR_D3CR"_reg));
    const bool hasSettled = m_clock.nowUs() - m_scaleUs >= scaleUs;
    return hasSettled ? scale : std::max(scale, m_previousScale);
}

bool PowerControl::isBackupWritable() const
{
    return has("PWR_CR1"_reg, "PWR_CR1_DBP"_reg);
}

bool PowerControl::isUsbSupplied() const
{
    return has("PWR_CR3"_reg, "PWR_CR3_USB33DEN"_reg);
}

std::uint32_t PowerControl::load(std::uint32_t address, std::uint32_t stored)
{
    switch (address) {
    case "PWR_CSR1"_reg: {
        const std::uint32_t scale = at("PWR_D3CR"_reg) & "PWR_CSR1_ACTVOS"_reg;
        return scale | (isSupplyReady() ? "PWR_CSR1_ACTVOSRDY"_reg : 0);
    }
    case "PWR_CR3"_reg: return stored | (isUsbSupplied() ? "PWR_CR3_USB33RDY"_reg : 0);
    case "PWR_D3CR"_reg: {
        const bool isReady = isSupplyReady() && m_clock.nowUs() - m_scaleUs >= scaleUs;
        return stored | (isReady ? "PWR_D3CR_VOSRDY"_reg : 0);
    }
    default: return stored;
    }
}

void PowerControl::store(std::uint32_t address, std::uint32_t before, std::uint32_t written)
{
    if (address == "PWR_CR3"_reg) storeSupply(before, written);
    if (address == "PWR_D3CR"_reg) storeScale(before);
}

/// RM0399 7.8.4: the first write of the low byte counts, whatever its width; a combination that the
/// table does not have locks it all the same, and ACTVOSRDY then never comes. A word's write of
/// other bits is such a write too; bytes are told apart by what they can have set.
void PowerControl::storeSupply(std::uint32_t before, std::uint32_t written)
{
    std::uint32_t& stored = at("PWR_CR3"_reg);
    const std::uint32_t low = stored & supplyMask;
    const bool isUpperByte = (written & supplyMask) == 0 && low == (before & supplyMask);
    if (isUpperByte) return;
    if (m_isLocked) {
        stored = (stored & ~supplyMask) | (before & supplyMask);
        return;
    }
    m_isLocked = true;
    m_lockedUs = m_clock.nowUs();
    constexpr std::array<std::uint32_t, 9> valid{0x02, 0x04, 0x16, 0x26, 0x1E,
                                                 0x2E, 0x1D, 0x2D, 0x01};
    m_isInvalid = std::find(valid.begin(), valid.end(), low) == valid.end();
    if (!m_isInvalid && low != directSmps)
        refuse(find("PWR_CR3"_reg), "the board is wired for direct SMPS: no core voltage", low);
    if (m_isInvalid) stored = (stored & ~supplyMask) | (before & supplyMask);
}

void PowerControl::storeScale(std::uint32_t before)
{
    const std::uint32_t now = at("PWR_D3CR"_reg);
    if (now == before) return;
    if (!isSupplyReady()) refuse(find("PWR_D3CR"_reg), "changed before ACTVOSRDY", now);
    if ((now & "PWR_D3CR_VOS"_reg) == 0) refuse(find("PWR_D3CR"_reg), "no such scale", now);
    m_previousScale = scaleOf(before);
    m_scaleUs = m_clock.nowUs();
    m_voltageChanged();
}

} // namespace emulator
