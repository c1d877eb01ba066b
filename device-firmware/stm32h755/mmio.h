// Access to memory-mapped registers, which are plain addresses in registers/ so that host tests can
// read them.
#pragma once

#include <bit>
#include <cstdint>

namespace stm32h755 {

inline std::uint32_t read32(std::uint32_t address)
{
    return *reinterpret_cast<volatile std::uint32_t*>(address);
}

inline void write32(std::uint32_t address, std::uint32_t value)
{
    *reinterpret_cast<volatile std::uint32_t*>(address) = value;
}

/// For registers that take bytes and must not be written as a whole (PWR_CR3).
inline void write8(std::uint32_t address, std::uint8_t value)
{
    *reinterpret_cast<volatile std::uint8_t*>(address) = value;
}

inline void setBits(std::uint32_t address, std::uint32_t bits)
{
    write32(address, read32(address) | bits);
}

inline void clearBits(std::uint32_t address, std::uint32_t bits)
{
    write32(address, read32(address) & ~bits);
}

/// `value` in the place of a field, which is given by its mask.
constexpr std::uint32_t inField(std::uint32_t mask, std::uint32_t value)
{
    return value << std::countr_zero(mask);
}

/// The field's value in a register's.
constexpr std::uint32_t fieldOf(std::uint32_t mask, std::uint32_t registerValue)
{
    return (registerValue & mask) >> std::countr_zero(mask);
}

} // namespace stm32h755
