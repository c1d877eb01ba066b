#include "emulator/register_file.h"

#include "emulator/hex.h"

namespace emulator {

namespace {

constexpr std::size_t blockWords = 1024;

std::uint32_t maskOf(unsigned bytes, unsigned shift)
{
    return (bytes == 4 ? 0xFFFF'FFFF : (1U << 8 * bytes) - 1) << shift;
}

} // namespace

RegisterFile::RegisterFile(std::uint32_t base, std::vector<Register> registers)
    : m_base(base), m_registers(std::move(registers)), m_index(blockWords, -1)
{
    for (std::size_t i = 0; i < m_registers.size(); ++i) {
        m_index.at((m_registers[i].address - base) / 4) = static_cast<std::int16_t>(i);
        m_values.push_back(m_registers[i].reset);
    }
}

void RegisterFile::reset()
{
    for (std::size_t i = 0; i < m_registers.size(); ++i)
        m_values[i] = m_registers[i].reset;
}

const Register& RegisterFile::find(std::uint32_t address) const
{
    const std::size_t word = (address - m_base) / 4;
    const int index = word < m_index.size() ? m_index[word] : -1;
    if (index < 0) throw IllegalAccess("no register is known at " + hex(address));
    return m_registers[static_cast<std::size_t>(index)];
}

std::uint32_t& RegisterFile::at(std::uint32_t address)
{
    return m_values[static_cast<std::size_t>(&find(address) - m_registers.data())];
}

std::uint32_t RegisterFile::at(std::uint32_t address) const
{
    return m_values[static_cast<std::size_t>(&find(address) - m_registers.data())];
}

void RegisterFile::refuse(const Register& which, const char* reason, std::uint32_t value)
{
    throw IllegalAccess(std::string(which.name) + ": " + reason + ": " + hex(value));
}

std::uint32_t RegisterFile::read(std::uint32_t offset, unsigned bytes)
{
    const std::uint32_t address = m_base + (offset & ~3U);
    const Register& which = find(address);
    if (bytes != 4 && !which.takesBytes) refuse(which, "read in bytes", bytes);
    const unsigned shift = 8 * (offset % 4);
    return (load(address, at(address)) & maskOf(bytes, shift)) >> shift;
}

void RegisterFile::write(std::uint32_t offset, std::uint32_t value, unsigned bytes)
{
    const std::uint32_t address = m_base + (offset & ~3U);
    const Register& which = find(address);
    if (bytes != 4 && !which.takesBytes) refuse(which, "written in bytes", bytes);
    const unsigned shift = 8 * (offset % 4);
    const std::uint32_t mask = maskOf(bytes, shift);
    const std::uint32_t written = value << shift & mask;
    const std::uint32_t reserved = ~(which.writable | which.readOnly) & mask;
    if (((written ^ which.reset) & reserved) != 0) refuse(which, "reserved bits", written);
    std::uint32_t& stored = at(address);
    const std::uint32_t before = stored;
    const std::uint32_t changed = which.writable & mask;
    stored = (stored & ~changed) | (written & changed);
    try {
        store(address, before, written);
    } catch (const IllegalAccess&) {
        stored = before;
        throw;
    }
}

} // namespace emulator
