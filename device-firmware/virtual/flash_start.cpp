#include "virtual/flash_start.h"

#include <algorithm>

namespace virtual_h755 {

using contract::Region;

namespace {

/// RAM that the M7 can use as a stack: DTCM, AXI SRAM, SRAM1 to 3 in a row, SRAM4 (RM0399 2.4).
constexpr std::array<Region, 4> stacks{{{0x2000'0000, 0x2'0000},
                                        {0x2400'0000, 0x8'0000},
                                        {0x3000'0000, 0x4'8000},
                                        {0x3800'0000, 0x1'0000}}};

/// A full stack begins at the RAM's end.
bool isIn(const Region& ram, std::uint32_t stackPointer)
{
    return stackPointer > ram.address && stackPointer <= ram.end();
}

} // namespace

std::optional<Vectors> vectorsAt(FlashModel& flash, std::uint32_t address)
{
    const contract::FlashMap& map = flash.map();
    contract::ByteArray<8> bytes{};
    const Region bank{map.baseAddress + map.bankOf(address) * map.bankBytes(), map.bankBytes()};
    const Region all{map.baseAddress, map.totalBytes()};
    if (!all.contains(address) || !bank.contains(address, bytes.size())) return std::nullopt;
    if (flash.read(address, bytes) == boot::ReadResult::Bad) return std::nullopt;
    Vectors vectors;
    contract::Decoder decoder{bytes};
    decoder(vectors.stackPointer);
    decoder(vectors.resetHandler);
    return vectors;
}

bool arePlausible(const Vectors& vectors, const contract::FlashMap& map)
{
    const auto holdsStack = [&](const Region& ram) { return isIn(ram, vectors.stackPointer); };
    const Region flash{map.baseAddress, map.totalBytes()};
    const bool isThumb = (vectors.resetHandler & 1U) != 0;
    return isThumb && flash.contains(vectors.resetHandler) &&
           std::ranges::any_of(stacks, holdsStack);
}

bool surviveRomJump(const Vectors& vectors)
{
    return std::ranges::any_of(stacks, [&](const Region& ram) {
        return isIn(ram, vectors.stackPointer) && vectors.stackPointer < ram.end() - 16;
    });
}

bool holdsBootloader(FlashModel& flash, contract::ByteView image)
{
    const Region sector = flash.map().bootloader;
    std::vector<std::uint8_t> bytes(sector.bytes);
    if (flash.read(sector.address, bytes) == boot::ReadResult::Bad) return false;
    if (!image.empty())
        return image.size() <= bytes.size() &&
               std::equal(image.begin(), image.end(), bytes.begin());
    const std::optional<Vectors> vectors = vectorsAt(flash, sector.address);
    return vectors && arePlausible(*vectors, flash.map()) && sector.contains(vectors->resetHandler);
}

} // namespace virtual_h755
