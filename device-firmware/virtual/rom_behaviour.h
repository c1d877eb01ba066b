// What differs between the ROM loaders and chips that the virtual board can have, as data. "REF"
// and a number in this folder's rom_*.* files: section of the project's collection of facts about
// the STM32H755, made from AN2606, AN3156, RM0399 and reports from the field (their threads are
// named there). What nobody has documented is marked OPEN, is the behaviour that is hardest on a
// host, and has a line in docs/hardware-validation.md.
#pragma once

#include "contract/flash_map.h"

#include <array>
#include <string>
#include <string_view>

namespace virtual_h755 {

/// What an erase in bank 2 does to the dialogue (REF 7.1); the erase itself always happens.
enum class Bank2Erase : std::uint8_t {
    Wedges,       ///< dfuDNBUSY for ever, until two CLRSTATUS (T-DFU, betaflight #1861 and #5348)
    ReportsEarly, ///< done while it still runs: what is programmed then is lost (T-H755B2)
    Waits,
};

/// A version of the loader (AN2606, REF 7.1).
struct RomBehaviour {
    std::uint8_t version = 0x92; ///< as it stands at 0x1FF1E7FE
    Bank2Erase bank2Erase = Bank2Erase::Waits;
    /// Does not appear on the bus after power-on, only after one more reset.
    bool needsExtraReset = false;
    /// Writes all of PWR_CR3: until the next power-on nobody can set the supply (REF 5.3).
    bool locksSupply = false;
    /// Stalls a CLRSTATUS in any state but dfuERROR, as DFU 1.1 A.2.3 has it.
    bool isStrict = false;
};

inline constexpr RomBehaviour rom90{0x90, Bank2Erase::Wedges, true, true, false};
inline constexpr RomBehaviour rom91{0x91, Bank2Erase::ReportsEarly, false, false, false};
inline constexpr RomBehaviour rom92{0x92, Bank2Erase::Waits, false, false, true};

/// What a chip's loader says of itself (REF 4.5).
struct RomChip {
    std::string_view flashLayout;
    std::string_view optionLayout;
    std::string_view serial; ///< IDCODE and "0000": the same on every chip of a revision
    std::uint32_t flashBytes = 0;
};

/// OPEN: whether the H755's strings are those that were seen on H743 and H750.
inline constexpr RomChip h755Chip{"@Internal Flash   /0x08000000/16*128Kg",
                                  "@Option Bytes   /0x5200201C/01*128 e", "200364500000",
                                  2 * 1024 * 1024};
/// A sister of the same die with half the flash, whose loader says what the whole one's says. (One
/// with both banks cannot be told from an H755 at all.)
/// OPEN: whether such a loader refuses an address in the bank that is not there.
inline constexpr RomChip h743SingleBankChip{h755Chip.flashLayout, h755Chip.optionLayout,
                                            h755Chip.serial, 1024 * 1024};
/// OPEN: spaces and serial number.
inline constexpr RomChip h723Chip{"@Internal Flash   /0x08000000/8*128Kg",
                                  "@Option Bytes   /0x5200201C/01*88 e", "100164830000",
                                  1024 * 1024};

struct RomOptions {
    RomBehaviour behaviour = rom92;
    RomChip chip = h755Chip;
    std::string serial{}; ///< instead of the chip's own
    /// OPEN: whether the system memory can be uploaded; then so can version and unique id.
    bool refusesSystemMemory = false;
};

namespace rom {

inline constexpr std::uint32_t transferBytes = 1024; ///< "larger blocks fail" (REF 7.2)
inline constexpr std::uint32_t leastBytes = 2;       ///< of a block (AN3156, REF 7.2)
inline constexpr std::uint32_t versionAddress = 0x1FF1'E7FE;
inline constexpr std::uint32_t uniqueIdAddress = 0x1FF1'E800;
inline constexpr std::uint32_t flashSizeAddress = 0x1FF1'E880;
inline constexpr contract::Region systemMemory{0x1FF0'0000, 0x2'0000};
inline constexpr std::uint32_t optionAddress = 0x5200'201C;
inline constexpr std::uint32_t optionBytes = 128;
/// OPEN: what bwPollTimeout says. The one log there is polls again after 1 ms (T-DFU), which is
/// truthful for nothing but an erase that is over.
inline constexpr std::uint32_t pollTimeoutMs = 1;

} // namespace rom

} // namespace virtual_h755
