// What an ELF file puts into flash.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace emulator {

struct Segment {
    std::uint32_t address = 0; ///< load address
    std::vector<std::uint8_t> bytes;
};

/// Throws std::runtime_error if the file is no 32-bit little-endian ARM executable.
std::vector<Segment> loadElf(const std::string& path);

/// Address of a function by its symbol. Throws std::runtime_error if there is none.
std::uint32_t findFunction(const std::string& path, const std::string& name);

} // namespace emulator
