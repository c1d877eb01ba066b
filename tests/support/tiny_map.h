// Flash maps of the product's shape, small enough to cut power at every operation.
#pragma once

#include "contract/flash_map.h"

namespace test_support {

/// Two banks of 8 sectors: bootloader 1, M7 slots 3 + 3, journal 1; M4 slots 4 + 4.
constexpr contract::FlashMap mapWithSectorsOf(std::uint32_t bytes)
{
    constexpr std::uint32_t base = 0x0800'0000;
    return {
        .sectorBytes = bytes,
        .sectorsPerBank = 8,
        .bootloader = {base, bytes},
        .journal = {base + 7 * bytes, bytes},
        .slotRegions = {{{{{base + bytes, 3 * bytes}, {base + 4 * bytes, 3 * bytes}}},
                         {{{base + 8 * bytes, 4 * bytes}, {base + 12 * bytes, 4 * bytes}}}}},
        .baseAddress = base,
    };
}

/// The journal has 128 words, fewer than the reserve of 256: every download compacts.
inline constexpr contract::FlashMap tinyMap = mapWithSectorsOf(4096);
static_assert(tinyMap.tiles());

/// The journal has 512 words: a few downloads fit between two compactions.
inline constexpr contract::FlashMap smallMap = mapWithSectorsOf(16384);
static_assert(smallMap.tiles());

} // namespace test_support
