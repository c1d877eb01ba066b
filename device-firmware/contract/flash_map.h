// Where everything lies in the 2 MB of flash (docs/boot-design.md, "Flash map"). The bootloader
// gets a map as a parameter, so that tests can use tiny ones with the same shape.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace contract {

/// The unit that the flash programs and protects with one ECC: 256 bits (RM0399 4.3.9).
inline constexpr std::uint32_t flashWordBytes = 32;

enum class Core : std::uint8_t { M7 = 0, M4 = 1 };
enum class Slot : std::uint8_t { A = 0, B = 1 };

inline constexpr std::array<Core, 2> cores{Core::M7, Core::M4};
inline constexpr std::array<Slot, 2> slots{Slot::A, Slot::B};

constexpr std::size_t index(Core core)
{
    return static_cast<std::size_t>(core);
}
constexpr std::size_t index(Slot slot)
{
    return static_cast<std::size_t>(slot);
}
constexpr Slot other(Slot slot)
{
    return slot == Slot::A ? Slot::B : Slot::A;
}

/// A sector as the flash controller names it: bank 0 or 1, sector within the bank.
struct Sector {
    std::uint8_t bank = 0;
    std::uint8_t number = 0;

    constexpr bool operator==(const Sector&) const = default;
};

struct Region {
    std::uint32_t address = 0;
    std::uint32_t bytes = 0;

    constexpr std::uint32_t end() const { return address + bytes; }
    constexpr bool contains(std::uint32_t place) const { return place >= address && place < end(); }
    /// True if [place, place + length) lies inside; safe against overflow.
    constexpr bool contains(std::uint32_t place, std::uint32_t length) const
    {
        return place >= address && place <= end() && length <= end() - place;
    }
    constexpr bool operator==(const Region&) const = default;
};

struct FlashMap {
    std::uint32_t sectorBytes = 0;
    std::uint32_t sectorsPerBank = 0;
    Region bootloader;
    Region journal;
    std::array<std::array<Region, 2>, 2> slotRegions; ///< [core][slot]
    std::uint32_t baseAddress = 0x0800'0000;

    constexpr const Region& slot(Core core, Slot which) const
    {
        return slotRegions[index(core)][index(which)];
    }
    constexpr std::uint32_t bankBytes() const { return sectorBytes * sectorsPerBank; }
    constexpr std::uint32_t totalBytes() const { return 2 * bankBytes(); }
    constexpr std::uint8_t bankOf(std::uint32_t address) const
    {
        return static_cast<std::uint8_t>((address - baseAddress) / bankBytes());
    }
    constexpr Sector sectorAt(std::uint32_t address) const
    {
        const std::uint32_t offset = address - baseAddress;
        return {bankOf(address), static_cast<std::uint8_t>(offset % bankBytes() / sectorBytes)};
    }
    constexpr std::uint32_t addressOf(Sector sector) const
    {
        return baseAddress + sector.bank * bankBytes() + sector.number * sectorBytes;
    }
    /// What a pointer grows by when its image moves from slot A to slot B.
    constexpr std::uint32_t slotDistance(Core core) const
    {
        return slot(core, Slot::B).address - slot(core, Slot::A).address;
    }
    constexpr std::uint32_t slotSectors(Core core) const
    {
        return slot(core, Slot::A).bytes / sectorBytes;
    }
    constexpr std::uint32_t journalWords() const { return journal.bytes / flashWordBytes; }

    /// True if the regions follow each other without gap or overlap, in whole sectors, and both
    /// slots of a core are equal and lie in one bank (so that M7 and M4 are written side by side).
    constexpr bool tiles() const
    {
        const std::array<Region, 6> inOrder{
            bootloader, slot(Core::M7, Slot::A), slot(Core::M7, Slot::B),
            journal,    slot(Core::M4, Slot::A), slot(Core::M4, Slot::B)};
        std::uint32_t expected = baseAddress;
        for (const Region& region : inOrder) {
            if (region.address != expected || region.bytes == 0) return false;
            if (region.bytes % sectorBytes != 0) return false;
            if (bankOf(region.address) != bankOf(region.end() - 1)) return false;
            expected = region.end();
        }
        return expected == baseAddress + totalBytes() &&
               slot(Core::M7, Slot::A).bytes == slot(Core::M7, Slot::B).bytes &&
               slot(Core::M4, Slot::A).bytes == slot(Core::M4, Slot::B).bytes;
    }
};

inline constexpr std::uint32_t kib = 1024;

/// The product's map: 2 banks of 8 sectors of 128 KB.
inline constexpr FlashMap h755FlashMap{
    .sectorBytes = 128 * kib,
    .sectorsPerBank = 8,
    .bootloader = {0x0800'0000, 128 * kib},
    .journal = {0x080E'0000, 128 * kib},
    .slotRegions = {{{{{0x0802'0000, 384 * kib}, {0x0808'0000, 384 * kib}}},
                     {{{0x0810'0000, 512 * kib}, {0x0818'0000, 512 * kib}}}}},
};
static_assert(h755FlashMap.tiles() && h755FlashMap.totalBytes() == 2048 * kib);

/// The M4's stub in the write-protected bootloader sector (boot.md, Power-on 7).
inline constexpr std::uint32_t m4StartStubAddress = 0x0801'0000;

} // namespace contract
