#include "contract/flash_map.h"

#include <catch2/catch.hpp>

using namespace contract;

TEST_CASE("the product's map tiles 2 MB with both cores' slots in their own bank", "[flash-map]")
{
    REQUIRE(h755FlashMap.tiles());
    CHECK(h755FlashMap.totalBytes() == 2 * 1024 * 1024);
    CHECK(h755FlashMap.bankOf(h755FlashMap.slot(Core::M7, Slot::B).end() - 1) == 0);
    CHECK(h755FlashMap.bankOf(h755FlashMap.slot(Core::M4, Slot::A).address) == 1);
    CHECK(h755FlashMap.journalWords() == 4096);
    CHECK(h755FlashMap.slotDistance(Core::M7) == 0x6'0000);
    CHECK(h755FlashMap.slotDistance(Core::M4) == 0x8'0000);
}

TEST_CASE("slot distances are multiples of 64 KB, so a moved pointer differs in few bytes",
          "[flash-map]")
{
    for (const Core core : cores)
        CHECK(h755FlashMap.slotDistance(core) % 0x1'0000 == 0);
}

TEST_CASE("the M4 stub lies at a 64 KB boundary inside the bootloader's sector", "[flash-map]")
{
    CHECK(m4StartStubAddress % 0x1'0000 == 0);
    CHECK(h755FlashMap.bootloader.contains(m4StartStubAddress, 64));
}

TEST_CASE("a map with a gap, an overlap or unequal slots does not tile", "[flash-map]")
{
    FlashMap map = h755FlashMap;
    SECTION("gap")
    {
        map.journal.address += map.sectorBytes;
    }
    SECTION("overlap")
    {
        map.slotRegions[0][1].address -= map.sectorBytes;
    }
    SECTION("unequal slots")
    {
        map.slotRegions[0][0].bytes += map.sectorBytes;
        map.slotRegions[0][1].address += map.sectorBytes;
        map.slotRegions[0][1].bytes -= map.sectorBytes;
    }
    SECTION("part of a sector")
    {
        map.slotRegions[1][1].bytes -= 32;
    }
    CHECK_FALSE(map.tiles());
}

TEST_CASE("addresses and sectors convert both ways", "[flash-map]")
{
    for (std::uint8_t bank = 0; bank < 2; ++bank) {
        for (std::uint8_t number = 0; number < 8; ++number) {
            const Sector sector{bank, number};
            const std::uint32_t address = h755FlashMap.addressOf(sector);
            CHECK(h755FlashMap.sectorAt(address) == sector);
            CHECK(h755FlashMap.sectorAt(address + h755FlashMap.sectorBytes - 1) == sector);
        }
    }
}

TEST_CASE("a region does not contain a range whose end overflows", "[flash-map]")
{
    const Region region{0x0802'0000, 0x1000};
    CHECK(region.contains(0x0802'0000, 0x1000));
    CHECK_FALSE(region.contains(0x0802'0000, 0x1001));
    CHECK_FALSE(region.contains(0x0802'0FFF, 0xFFFF'FFFF));
    CHECK_FALSE(region.contains(0x0801'FFFF, 1));
}
