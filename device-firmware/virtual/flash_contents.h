// What the silicon holds: bytes, and for each flash word how well it holds them. A plain value: a
// test forks a device by copying it, and the state file is made of it.
#pragma once

#include "contract/device_status.h"
#include "contract/flash_map.h"
#include "contract/layout.h"

#include <optional>
#include <vector>

namespace virtual_h755 {

/// Condition of one 32-byte flash word (RM0399 4.3.14 and 4.7).
enum class Cell : std::uint8_t {
    Erased,     ///< virgin: may be programmed
    Programmed, ///< reads as written
    OneBit,     ///< single-bit error: reads right, counted as corrected
    Bad,        ///< double-bit error: every read is an ECC error
    WeakBlank,  ///< reads blank, but programming it again leaves it Bad or Flaky
    Flaky,      ///< each read differs: the bytes, blank, or an ECC error
};

/// What a power cut leaves of a running operation.
enum class Tear : std::uint8_t {
    Clean,     ///< nothing has happened yet
    TornGood,  ///< it was complete
    TornBlank, ///< word or sector reads blank, weakly
    TornBad,   ///< the word is Bad; of a sector, old, weakly blank and Bad words are mixed
    TornFlaky, ///< the word, or every word of the sector, is Flaky
};

struct FlashContents {
    std::vector<std::uint8_t> bytes;
    std::vector<Cell> cells; ///< one per flash word
    /// As provisioning leaves them: the bootloader's sector protected, BCM4 = 0.
    contract::OptionBytes optionBytes{.writeProtectionBank1 = 0xFE};

    explicit FlashContents(const contract::FlashMap& map)
        : bytes(map.totalBytes(), 0xFF), cells(map.totalBytes() / contract::flashWordBytes)
    {
    }

    bool operator==(const FlashContents&) const = default;
};

/// A started erase or program operation.
struct FlashOperation {
    enum class Kind : std::uint8_t { Erase, Program };
    Kind kind = Kind::Erase;
    std::uint32_t address = 0; ///< of the sector or the word
    contract::ByteArray<contract::flashWordBytes> word{};
};

/// Leaves in `contents` what `tear` makes of the operation. `seed` picks among the possibilities.
void applyTear(FlashContents& contents, const contract::FlashMap& map,
               const FlashOperation& operation, Tear tear, std::uint64_t seed);

/// The operation's full effect; programming a word that is not virgin leaves it Bad or Flaky,
/// `seed` says which. Nobody has documented what programming 0xFF only does
/// (hardware-validation.md, 3): here the word still reads blank, but is virgin no more.
void applyOperation(FlashContents& contents, const contract::FlashMap& map,
                    const FlashOperation& operation, std::uint64_t seed);

/// Mixes its arguments into a number that tests can rely on to be the same everywhere (splitmix64).
constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b)
{
    std::uint64_t z = a + 0x9E37'79B9'7F4A'7C15 * (b + 1);
    z = (z ^ z >> 30) * 0xBF58'476D'1CE4'E5B9;
    z = (z ^ z >> 27) * 0x94D0'49BB'1331'11EB;
    return z ^ z >> 31;
}

} // namespace virtual_h755
