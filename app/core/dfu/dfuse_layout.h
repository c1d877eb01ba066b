// The memory layout that a DfuSe device writes into the name of an alternate setting, for example
// "@Internal Flash   /0x08000000/16*128Kg" (UM0391, AN3156). Hostile until parsed.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace updater {

/// Sectors of one size in a row.
struct DfuseSegment {
    std::uint32_t address = 0;
    std::uint32_t sectors = 0;
    std::uint32_t sectorBytes = 0;
    bool isReadable = false;
    bool isErasable = false;
    bool isWritable = false;

    /// Behind the last byte; at most 2^32.
    std::uint64_t end() const { return address + std::uint64_t{sectors} * sectorBytes; }
    bool operator==(const DfuseSegment&) const = default;
};

struct DfuseLayout {
    std::string name;                   ///< without the blanks behind it
    std::vector<DfuseSegment> segments; ///< 1 to 16, ascending, none overlaps another
};

/// ReplyMalformed for everything that is not exactly such a text.
Result<DfuseLayout> parseDfuseLayout(std::string_view text);

/// Whether it is the flash of an STM32H755 (or its single-core sister): another chip has other
/// sectors.
bool isH755Flash(const DfuseLayout& layout);

} // namespace updater
