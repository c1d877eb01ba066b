// Addresses as messages show them.
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <string>

namespace emulator {

inline std::string hex(std::uint32_t value)
{
    std::array<char, 12> text{};
    std::snprintf(text.data(), text.size(), "0x%08x", static_cast<unsigned>(value));
    return text.data();
}

} // namespace emulator
