// The first inputs of each target.
#pragma once

#include "fuzz_input.h"

namespace fuzz {

std::vector<Bytes> requestSeeds();
std::vector<Bytes> headerSeeds();
std::vector<Bytes> imageSeeds();
std::vector<Bytes> journalSeeds();
std::vector<Bytes> bundleSeeds();
std::vector<Bytes> manifestSeeds();
std::vector<Bytes> streamSeeds();
std::vector<Bytes> replySeeds();
std::vector<Bytes> textSeeds();

/// Writes what `Input` reads.
class Script {
public:
    Script& byte(std::size_t value)
    {
        m_bytes.push_back(static_cast<std::uint8_t>(value));
        return *this;
    }
    template <typename... Values>
    Script& bytes(Values... values)
    {
        (byte(static_cast<std::size_t>(values)), ...);
        return *this;
    }
    Script& word(std::uint16_t value) { return bytes(value & 0xFF, value >> 8); }
    Script& longWord(std::uint32_t value)
    {
        return word(static_cast<std::uint16_t>(value))
            .word(static_cast<std::uint16_t>(value >> 16));
    }
    Script& raw(contract::ByteView bytes)
    {
        m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
        return *this;
    }
    Script& piece(contract::ByteView bytes)
    {
        return word(static_cast<std::uint16_t>(bytes.size())).raw(bytes);
    }
    operator const Bytes&() const { return m_bytes; }

private:
    Bytes m_bytes;
};

/// Lengths at which sums and roundings go wrong.
inline constexpr std::array<std::uint32_t, 12> telling{
    0,      1,           0xFFF,       0x1000,      0x2FFF,      0x3001,
    0x4001, 0x0002'0000, 0x7FFF'FFFF, 0x8000'0000, 0xFFFF'F001, 0xFFFF'FFFF};

} // namespace fuzz
