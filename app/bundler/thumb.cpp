#include "bundler/thumb.h"

#include <bit>

namespace bundler {

namespace {

constexpr std::uint32_t bits(Instruction instruction, unsigned from, unsigned count)
{
    return instruction >> from & ((1U << count) - 1);
}

/// i:imm3:imm8, as all "modified" and 16-bit immediates have it.
constexpr std::uint32_t imm12(Instruction instruction)
{
    return bits(instruction, 26, 1) << 11 | bits(instruction, 12, 3) << 8 | bits(instruction, 0, 8);
}

/// ThumbExpandImm (A5.3.2).
constexpr std::uint32_t expanded(std::uint32_t immediate)
{
    const std::uint32_t low = immediate & 0xFF;
    switch (immediate >> 8) {
    case 0: return low;
    case 1: return low << 16 | low;
    case 2: return low << 24 | low << 8;
    case 3: return low << 24 | low << 16 | low << 8 | low;
    default: return std::rotr(0x80 | (immediate & 0x7F), static_cast<int>(immediate >> 7));
    }
}

} // namespace

std::optional<std::uint16_t> movtImmediate(Instruction instruction)
{
    if ((instruction & 0xFBF0'8000) != 0xF2C0'0000) return std::nullopt;
    return static_cast<std::uint16_t>(bits(instruction, 16, 4) << 12 | imm12(instruction));
}

std::optional<std::uint32_t> movImmediate(Instruction instruction)
{
    if ((instruction & 0xFBEF'8000) != 0xF04F'0000) return std::nullopt;
    return expanded(imm12(instruction));
}

} // namespace bundler
