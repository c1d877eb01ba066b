// Access to memory-mapped registers, which are plain addresses in registers/ so that host tests can
// read them.
#pragma once

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

} // namespace stm32h755
