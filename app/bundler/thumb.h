// As much of the Thumb-2 encoding as finding addresses in code takes (ARM DDI 0403E, A5 and A7.7).
#pragma once

#include <cstdint>
#include <optional>

namespace bundler {

/// A 32-bit instruction has its first halfword in the upper half.
using Instruction = std::uint32_t;

/// A5.1: the first halfword says whether a second one follows.
constexpr bool isLongInstruction(std::uint16_t firstHalfword)
{
    return firstHalfword >> 11 >= 0b11101;
}

/// The immediate of a MOVT (A7.7.79, T1): the upper half of an address.
std::optional<std::uint16_t> movtImmediate(Instruction instruction);

/// An instruction without the bits that hold a MOVT's immediate.
constexpr Instruction withoutMovtImmediate(Instruction instruction)
{
    return instruction & 0xFBF0'8F00;
}

/// What a MOV.W of a modified immediate loads (A7.7.76, T2; A5.3.2), for example 0x08100000.
std::optional<std::uint32_t> movImmediate(Instruction instruction);

} // namespace bundler
