#include "emulator/system_control.h"

#include "emulator/hex.h"
#include "emulator/register_table.h"

namespace emulator {

namespace {

constexpr std::uint32_t none = 0;

std::vector<Register> registersOf(CoreModel model)
{
    const bool isM7 = model == CoreModel::CortexM7;
    const std::uint32_t part = (isM7 ? 0xC27U : 0xC24U) << 4;
    const std::uint32_t cacheBits = isM7 ? "SCB_CCR_DC"_reg | "SCB_CCR_IC"_reg : 0;
    std::vector<Register> registers{
        {"SYST_CSR", "SYST_CSR"_reg, 0, 7, "SYST_CSR_COUNTFLAG"_reg},
        {"SYST_RVR", "SYST_RVR"_reg, 0, 0xFF'FFFF},
        {"SYST_CVR", "SYST_CVR"_reg},
        {"SYST_CALIB", "SYST_CALIB"_reg, 0x4000'0000, none, 0xFFFF'FFFF},
        {"SCB_CPUID", "SCB_CPUID"_reg, 0x410F'0001 | part, none, 0xFFFF'FFFF},
        {"SCB_ICSR", "SCB_ICSR"_reg, 0, 0x9E00'0000, 0x0040'F9FF},
        {"SCB_VTOR", "SCB_VTOR"_reg, 0, 0xFFFF'FF80},
        {"SCB_AIRCR", "SCB_AIRCR"_reg, 0xFA05'0000, 0xFFFF'0707},
        {"SCB_SCR", "SCB_SCR"_reg, 0, 0x16},
        {"SCB_CCR", "SCB_CCR"_reg, 0x0004'0200, 0x31B | cacheBits, "SCB_CCR_BP"_reg},
        {"SCB_SHPR1", "SCB_SHPR1"_reg, 0, 0x00F0'F0F0, 0, true},
        {"SCB_SHPR2", "SCB_SHPR2"_reg, 0, 0xF000'0000, 0, true},
        {"SCB_SHPR3", "SCB_SHPR3"_reg, 0, 0xF0F0'00F0, 0, true},
        {"SCB_SHCSR", "SCB_SHCSR"_reg, 0, 0x0007'0000, 0xFFFF},
        {"SCB_CFSR", "SCB_CFSR"_reg, 0, 0xFFFF'FFFF, 0, true},
        {"SCB_HFSR", "SCB_HFSR"_reg, 0, 0xC000'0002},
        {"SCB_DFSR", "SCB_DFSR"_reg, 0, 0x1F},
        {"SCB_MMFAR", "SCB_MMFAR"_reg},
        {"SCB_BFAR", "SCB_BFAR"_reg},
        {"SCB_CPACR", "SCB_CPACR"_reg, 0, 0x00F0'0000},
        {"SCB_DEMCR", "SCB_DEMCR"_reg, 0, 0x0100'0000},
        {"MPU_TYPE", "MPU_TYPE"_reg, isM7 ? 0x1000U : 0x800U, none, 0xFFFF'FFFF},
        {"MPU_CTRL", "MPU_CTRL"_reg, 0, 7},
        {"MPU_RNR", "MPU_RNR"_reg, 0, 0xFF},
        {"MPU_RBAR", "MPU_RBAR"_reg},
        {"MPU_RASR", "MPU_RASR"_reg, 0, 0x173F'FF3F},
    };
    if (isM7) {
        registers.insert(
            registers.end(),
            {{"SCB_CLIDR", "SCB_CLIDR"_reg, 0x0900'0003, none, 0xFFFF'FFFF},
             {"SCB_CTR", "SCB_CTR"_reg, 0x8303'C003, none, 0xFFFF'FFFF},
             {"SCB_CCSIDR", "SCB_CCSIDR"_reg, 0xF00F'E019, none, 0xFFFF'FFFF}, // 16 KB, 4 ways
             {"SCB_CSSELR", "SCB_CSSELR"_reg, 0, 0xF},
             {"SCB_ITCMCR", "SCB_ITCMCR"_reg, 1, 7, 0x78},
             {"SCB_DTCMCR", "SCB_DTCMCR"_reg, 1, 7, 0x78},
             {"SCB_CACR", "SCB_CACR"_reg, 0, 7}});
        for (const std::uint32_t operation :
             {"SCB_ICIALLU"_reg, "SCB_ICIMVAU"_reg, "SCB_DCIMVAC"_reg, "SCB_DCISW"_reg,
              "SCB_DCCMVAU"_reg, "SCB_DCCMVAC"_reg, "SCB_DCCSW"_reg, "SCB_DCCIMVAC"_reg,
              "SCB_DCCISW"_reg, "SCB_BPIALL"_reg})
            registers.push_back({"cache maintenance", operation});
    }
    constexpr unsigned interruptWords = 5; // 150 interrupts
    for (unsigned i = 0; i < interruptWords; ++i) {
        for (const std::uint32_t bank :
             {"NVIC_ISER"_reg, "NVIC_ICER"_reg, "NVIC_ISPR"_reg, "NVIC_ICPR"_reg})
            registers.push_back({"NVIC", bank + 4 * i});
    }
    for (unsigned i = 0; i < 38; ++i)
        registers.push_back({"NVIC_IPR", "NVIC_IPR"_reg + 4 * i, 0, 0xF0F0'F0F0, 0, true});
    return registers;
}

bool isWithin(std::uint32_t address, std::uint32_t first, std::uint32_t bytes)
{
    return address >= first && address < first + bytes;
}

} // namespace

SystemControl::SystemControl(CoreModel model, Owner owner)
    : RegisterFile(base, registersOf(model)), m_owner(std::move(owner))
{
}

void SystemControl::reset()
{
    RegisterFile::reset();
    m_regions = {};
    m_pending = 0;
    m_active = 0;
}

std::uint32_t SystemControl::vectorTable() const
{
    return at("SCB_VTOR"_reg);
}

void SystemControl::setVectorTable(std::uint32_t address)
{
    at("SCB_VTOR"_reg) = address;
}

bool SystemControl::isEnabled(Fault fault) const
{
    switch (fault) {
    case Fault::MemManage: return has("SCB_SHCSR"_reg, "SCB_SHCSR_MEMFAULTENA"_reg);
    case Fault::Bus: return has("SCB_SHCSR"_reg, "SCB_SHCSR_BUSFAULTENA"_reg);
    case Fault::Usage: return has("SCB_SHCSR"_reg, "SCB_SHCSR_USGFAULTENA"_reg);
    }
    return false;
}

int SystemControl::priority(unsigned exception) const
{
    const std::uint32_t word = at("SCB_SHPR1"_reg + 4 * ((exception - 4) / 4));
    return static_cast<int>(word >> 8 * (exception % 4) & 0xFF);
}

bool SystemControl::ignoresBusFaults() const
{
    return has("SCB_CCR"_reg, "SCB_CCR_BFHFNMIGN"_reg);
}

void SystemControl::recordFault(std::uint32_t statusBits, std::optional<std::uint32_t> busAddress)
{
    at("SCB_CFSR"_reg) |= statusBits;
    if (!busAddress) return;
    at("SCB_CFSR"_reg) |= "SCB_CFSR_BFARVALID"_reg;
    at("SCB_BFAR"_reg) = *busAddress;
}

void SystemControl::recordForced()
{
    at("SCB_HFSR"_reg) |= "SCB_HFSR_FORCED"_reg;
}

std::uint32_t SystemControl::faultStatus() const
{
    return at("SCB_CFSR"_reg);
}

std::uint64_t SystemControl::periodNs() const
{
    const bool isCoreClock = has("SYST_CSR"_reg, "SYST_CSR_CLKSOURCE"_reg);
    const std::uint64_t ticks = std::uint64_t{at("SYST_RVR"_reg)} + 1;
    return ticks * (isCoreClock ? 1 : 8) * 1000 / m_owner.megahertz();
}

void SystemControl::advance()
{
    if (!has("SYST_CSR"_reg, "SYST_CSR_ENABLE"_reg)) return;
    const std::uint64_t nowNs = m_owner.nowNs();
    if (nowNs < m_timerEndNs) return;
    const std::uint64_t period = std::max<std::uint64_t>(periodNs(), 1);
    m_timerEndNs += ((nowNs - m_timerEndNs) / period + 1) * period;
    m_hasCounted = true;
    if (has("SYST_CSR"_reg, "SYST_CSR_TICKINT"_reg)) m_pending |= 1U << 15;
}

std::optional<std::uint64_t> SystemControl::nextTickNs() const
{
    constexpr std::uint32_t both = "SYST_CSR_ENABLE"_reg | "SYST_CSR_TICKINT"_reg;
    if ((at("SYST_CSR"_reg) & both) != both) return std::nullopt;
    return m_timerEndNs;
}

std::uint32_t SystemControl::timerValue() const
{
    if (!has("SYST_CSR"_reg, "SYST_CSR_ENABLE"_reg)) return at("SYST_CVR"_reg);
    const std::uint64_t nowNs = m_owner.nowNs();
    const std::uint64_t leftNs = m_timerEndNs > nowNs ? m_timerEndNs - nowNs : 0;
    const std::uint64_t ticks = std::uint64_t{at("SYST_RVR"_reg)} + 1;
    return static_cast<std::uint32_t>(leftNs * ticks / std::max<std::uint64_t>(periodNs(), 1)) &
           0xFF'FFFF;
}

std::uint32_t SystemControl::load(std::uint32_t address, std::uint32_t stored)
{
    switch (address) {
    case "SYST_CSR"_reg: {
        advance();
        const bool hasCounted = m_hasCounted;
        m_hasCounted = false;
        return stored | (hasCounted ? "SYST_CSR_COUNTFLAG"_reg : 0);
    }
    case "SYST_CVR"_reg: advance(); return timerValue();
    case "SCB_ICSR"_reg: {
        advance();
        const bool isTick = (m_pending & 1U << 15) != 0;
        const bool isPendSv = (m_pending & 1U << 14) != 0;
        return m_active | (isTick ? "SCB_ICSR_PENDSTSET"_reg : 0) |
               (isPendSv ? "SCB_ICSR_PENDSVSET"_reg : 0);
    }
    case "SCB_AIRCR"_reg: return (stored & 0xFFFF) | 0xFA05'0000;
    case "MPU_RBAR"_reg: return m_regions[at("MPU_RNR"_reg) & 15].base | (at("MPU_RNR"_reg) & 15);
    case "MPU_RASR"_reg: return m_regions[at("MPU_RNR"_reg) & 15].attributes;
    default: break;
    }
    if (isWithin(address, "NVIC_ISER"_reg, 0x300)) return 0; // nothing is ever enabled or pending
    return stored;
}

void SystemControl::store(std::uint32_t address, std::uint32_t before, std::uint32_t written)
{
    if (isWithin(address, "SYST_CSR"_reg, 12)) return storeTimer(address);
    if (isWithin(address, "MPU_TYPE"_reg, 20)) return storeRegion(address, written);
    if (isWithin(address, "NVIC_ISER"_reg, 0x300)) return refuseInterrupts(address, written);
    storeControl(address, before, written);
}

void SystemControl::storeControl(std::uint32_t address, std::uint32_t before, std::uint32_t written)
{
    switch (address) {
    case "SCB_CFSR"_reg:
    case "SCB_HFSR"_reg:
    case "SCB_DFSR"_reg: at(address) = before & ~written; break;
    case "SCB_ICSR"_reg:
        if ((written & "SCB_ICSR_PENDSTSET"_reg) != 0) m_pending |= 1U << 15;
        if ((written & "SCB_ICSR_PENDSTCLR"_reg) != 0) clearPending(15);
        if ((written & "SCB_ICSR_PENDSVSET"_reg) != 0) m_pending |= 1U << 14;
        if ((written & "SCB_ICSR_PENDSVCLR"_reg) != 0) clearPending(14);
        m_owner.changed();
        break;
    case "SCB_AIRCR"_reg:
        if ((written & 0xFFFF'0000) != "SCB_AIRCR_VECTKEY"_reg)
            refuse(find(address), "written without its key", written);
        if ((written & "SCB_AIRCR_SYSRESETREQ"_reg) != 0) m_owner.requestReset();
        break;
    default: m_owner.changed(); break;
    }
}

/// A write to the current value clears it, and the count starts anew with the reload value.
void SystemControl::storeTimer(std::uint32_t address)
{
    if (address == "SYST_CVR"_reg) {
        at(address) = 0;
        m_hasCounted = false;
    }
    m_timerEndNs = m_owner.nowNs() + periodNs();
    m_owner.changed();
}

void SystemControl::storeRegion(std::uint32_t address, std::uint32_t written)
{
    constexpr std::uint32_t valid = "MPU_RBAR_VALID"_reg;
    if (address == "MPU_RBAR"_reg) {
        if ((written & valid) != 0) at("MPU_RNR"_reg) = written & 15;
        m_regions[at("MPU_RNR"_reg) & 15].base = written & "MPU_RBAR_ADDR"_reg;
    } else if (address == "MPU_RASR"_reg) {
        m_regions[at("MPU_RNR"_reg) & 15].attributes = written;
    }
}

/// The product polls: an interrupt of a peripheral would be one that nobody has modelled.
void SystemControl::refuseInterrupts(std::uint32_t address, std::uint32_t written)
{
    const bool enables =
        isWithin(address, "NVIC_ISER"_reg, 0x20) || isWithin(address, "NVIC_ISPR"_reg, 0x20);
    if (enables && written != 0) refuse(find(address), "interrupts are not modelled", written);
}

bool SystemControl::deniesAccess(std::uint32_t address) const
{
    if (!has("MPU_CTRL"_reg, "MPU_CTRL_ENABLE"_reg)) return false;
    for (auto region = m_regions.rbegin(); region != m_regions.rend(); ++region) {
        const std::uint32_t attributes = region->attributes;
        if ((attributes & "MPU_RASR_ENABLE"_reg) == 0) continue;
        const std::uint64_t size = std::uint64_t{2} << (attributes >> 1 & 0x1F);
        const std::uint64_t first = region->base & ~(size - 1);
        if (address < first || address >= first + size) continue;
        const auto eighth = static_cast<unsigned>((address - first) / (size / 8));
        if (size >= 256 && (attributes >> (8 + eighth) & 1) != 0) continue; // disabled part
        return (attributes & "MPU_RASR_AP"_reg) == 0;
    }
    return !has("MPU_CTRL"_reg, "MPU_CTRL_PRIVDEFENA"_reg);
}

} // namespace emulator
