// A new unit: what h755-bundle makes of the real bootloader, programmed into a blank chip.
#include "bundler/bootloader_file.h"
#include "emulator/emulator_bench.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

using namespace emulator;
using virtual_h755::Mode;

namespace {

const contract::FlashMap& map = contract::h755FlashMap;

bundler::Bytes fileBytes(const char* path)
{
    std::ifstream input(path, std::ios::binary);
    REQUIRE(input);
    return {std::istreambuf_iterator<char>(input), {}};
}

/// A chip after the programmer, before its first power-on.
virtual_h755::FlashContents programmed(const std::vector<updater::FlashPiece>& pieces)
{
    virtual_h755::FlashContents contents(map);
    for (const updater::FlashPiece& piece : pieces) {
        const auto first = static_cast<std::ptrdiff_t>(piece.address - map.baseAddress);
        std::copy(piece.bytes.begin(), piece.bytes.end(), contents.bytes.begin() + first);
    }
    for (std::size_t word = 0; word < contents.cells.size(); ++word) {
        const auto first =
            contents.bytes.begin() + static_cast<std::ptrdiff_t>(word * contract::flashWordBytes);
        const bool isErased = std::all_of(first, first + contract::flashWordBytes,
                                          [](std::uint8_t byte) { return byte == 0xFF; });
        contents.cells[word] =
            isErased ? virtual_h755::Cell::Erased : virtual_h755::Cell::Programmed;
    }
    return contents;
}

} // namespace

TEST_CASE("A factory image of the real bootloader starts its release and can be updated")
{
    const auto bootloader = bundler::readBootloader(fileBytes(H755_BOOTLOADER_HEX), map);
    if (!bootloader) FAIL(bootloader.error().detail);
    const auto pieces =
        updater::factoryImage(*bootloader, exampleRelease(Size::Small, {1, 0, 0, 0}), map);
    if (!pieces) FAIL(pieces.error().detail);

    EmulatorBench bench(programmed(*pieces), {});
    // The file holds what the chip executes: the bench has put the ELF's own bytes there.
    const auto inChip =
        bench.device->flash().peek(map.baseAddress, static_cast<std::uint32_t>(bootloader->size()));
    CHECK(std::equal(bootloader->begin(), bootloader->end(), inChip.begin()));

    REQUIRE(bench.reachesApplication());
    CHECK(bench.device->isM4Running());
    CHECK(bench.device->flash().operations() <= 4);
    const auto outcome = bench.update(exampleRelease(Size::Small, {1, 1, 0, 0}));
    if (!outcome) FAIL(outcome.error().detail);
    CHECK(outcome->from == contract::Version{1, 0, 0, 0});
    CHECK(bench.device->mode() == Mode::Application);
}
