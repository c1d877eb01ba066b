#include "emulator/small_peripherals.h"

#include "emulator/hex.h"
#include "emulator/register_table.h"

namespace emulator {

namespace {

constexpr std::uint64_t lsiKhz = 32;
constexpr std::uint64_t takeOverUs = 160; ///< five periods of LSI
constexpr std::uint32_t startKey = 0xCCCC;
constexpr std::uint32_t feedKey = 0xAAAA;
constexpr std::uint32_t openKey = 0x5555;
constexpr std::uint32_t allBits = 0xFFFF'FFFF;

struct PortResets {
    std::uint32_t mode = 0xFFFF'FFFF;
    std::uint32_t speed = 0;
    std::uint32_t pull = 0;
};

/// Only A and B have debug pins (RM0399 12.4).
PortResets resetsOf(unsigned number)
{
    if (number == 0) return {0xABFF'FFFF, 0x0C00'0000, 0x6400'0000};
    if (number == 1) return {0xFFFF'FEBF, 0x0000'00C0, 0x0000'0100};
    return {};
}

} // namespace

Watchdog::Watchdog(virtual_h755::Clock& clock)
    : RegisterFile(base, {{"IWDG1_KR", "IWDG1_KR"_reg, 0, 0xFFFF},
                          {"IWDG1_PR", "IWDG1_PR"_reg, 0, 7},
                          {"IWDG1_RLR", "IWDG1_RLR"_reg, 0xFFF, 0xFFF},
                          {"IWDG1_SR", "IWDG1_SR"_reg, 0, 0, 7}}),
      m_clock(clock)
{
}

void Watchdog::reset()
{
    RegisterFile::reset();
    m_isRunning = false;
    m_isOpen = false;
}

std::optional<std::uint64_t> Watchdog::expiryUs() const
{
    if (!m_isRunning) return std::nullopt;
    const std::uint64_t divider = std::uint64_t{4} << std::min(at("IWDG1_PR"_reg), 6U);
    return m_fedUs + (at("IWDG1_RLR"_reg) + 1) * divider * 1000 / lsiKhz;
}

std::uint32_t Watchdog::load(std::uint32_t address, std::uint32_t stored)
{
    const bool isUpdating = m_isRunning && m_clock.nowUs() < m_updateUs;
    if (address == "IWDG1_SR"_reg && isUpdating) return "IWDG_SR_PVU"_reg | "IWDG_SR_RVU"_reg;
    return stored;
}

void Watchdog::store(std::uint32_t address, std::uint32_t before, std::uint32_t written)
{
    if (address == "IWDG1_KR"_reg) {
        at(address) = 0;
        if (written != startKey && written != feedKey && written != openKey)
            refuse(find(address), "no such key", written);
        m_isOpen = written == openKey;
        m_isRunning = m_isRunning || written == startKey;
        if (written != openKey) m_fedUs = m_clock.nowUs();
    } else if (!m_isOpen) {
        refuse(find(address), "written without the key", written);
    } else if (at(address) != before) {
        m_updateUs = m_clock.nowUs() + takeOverUs;
    }
}

std::uint32_t& BackupDomain::find(std::uint32_t offset, unsigned bytes)
{
    const std::uint32_t first = "RTC_BKP0R"_reg - base;
    const std::uint32_t number = (offset - first) / 4;
    if (offset < first || number >= m_registers.size() || bytes != 4 || offset % 4 != 0)
        throw IllegalAccess("no such backup register: " + hex(base + offset));
    return m_registers[number];
}

std::uint32_t BackupDomain::read(std::uint32_t offset, unsigned bytes)
{
    return find(offset, bytes);
}

void BackupDomain::write(std::uint32_t offset, std::uint32_t value, unsigned bytes)
{
    std::uint32_t& place = find(offset, bytes);
    if (!m_power.isBackupWritable())
        throw IllegalAccess("backup register written without PWR_CR1.DBP: " + hex(base + offset));
    place = value;
}

Port::Port(unsigned number, std::function<std::uint32_t()> inputs)
    : RegisterFile(firstBase + number * stride,
                   {{"GPIO_MODER", firstBase + number * stride, resetsOf(number).mode},
                    {"GPIO_OTYPER", firstBase + number * stride + 0x04, 0, 0xFFFF},
                    {"GPIO_OSPEEDR", firstBase + number * stride + 0x08, resetsOf(number).speed},
                    {"GPIO_PUPDR", firstBase + number * stride + 0x0C, resetsOf(number).pull},
                    {"GPIO_IDR", firstBase + number * stride + 0x10, 0, 0, 0xFFFF},
                    {"GPIO_ODR", firstBase + number * stride + 0x14, 0, 0xFFFF},
                    {"GPIO_AFRL", firstBase + number * stride + 0x20},
                    {"GPIO_AFRH", firstBase + number * stride + 0x24}}),
      m_base(firstBase + number * stride), m_inputs(std::move(inputs))
{
}

bool Port::isMode(unsigned pin, unsigned mode) const
{
    return (at(m_base) >> 2 * pin & 3) == mode;
}

unsigned Port::alternateFunction(unsigned pin) const
{
    return at(m_base + (pin < 8 ? 0x20 : 0x24)) >> 4 * (pin % 8) & 0xF;
}

/// A pin that is no input or has its Schmitt trigger off reads as 0.
std::uint32_t Port::load(std::uint32_t address, std::uint32_t stored)
{
    if (address != m_base + 0x10) return stored;
    std::uint32_t level = 0;
    for (unsigned pin = 0; pin < 16; ++pin) {
        if (!isMode(pin, 3)) level |= m_inputs() & 1U << pin;
    }
    return level;
}

void ClockedPeripheral::requireClock() const
{
    if (!m_isClocked()) throw IllegalAccess(std::string(m_name) + " accessed without its clock");
}

std::uint32_t ClockedPeripheral::read(std::uint32_t offset, unsigned bytes)
{
    requireClock();
    return m_inner.read(offset, bytes);
}

void ClockedPeripheral::write(std::uint32_t offset, std::uint32_t value, unsigned bytes)
{
    requireClock();
    m_inner.write(offset, value, bytes);
}

PlainRegisters clockRecovery()
{
    return {0x4000'8400,
            {{"CRS_CR", "CRS_CR"_reg, 0x2000, 0x3FEF},
             {"CRS_CFGR", "CRS_CFGR"_reg, 0x2022'BB7F, 0xB7FF'FFFF},
             {"CRS_ISR", "CRS_ISR"_reg, 0, 0, 0xFFFF'870F},
             {"CRS_ICR", "CRS_ICR"_reg, 0, 0xF}}};
}

PlainRegisters systemConfiguration()
{
    return {0x5800'0400,
            {{"SYSCFG_UR2", "SYSCFG_UR2"_reg, 0x0800'0000, allBits},
             {"SYSCFG_UR3", "SYSCFG_UR3"_reg, 0x0810'1FF0, allBits}}};
}

PlainRegisters chipIdentity(std::uint16_t siliconRevision)
{
    constexpr std::uint32_t deviceId = 0x450;
    return {0x5C00'1000,
            {{"DBGMCU_IDCODE", "DBGMCU_IDCODE"_reg,
              static_cast<std::uint32_t>(siliconRevision) << 16 | deviceId, 0, allBits}}};
}

} // namespace emulator
