// One journal entry = one 32-byte flash word with its own ECC (docs/boot-design.md, "Journal").
#pragma once

#include "contract/flash_map.h"
#include "contract/image_format.h"
#include "contract/layout.h"

#include <optional>

namespace contract {

/// CRC-32 (reflected 0xEDB88320, as zlib, Ethernet and the DFU suffix before its final inversion).
constexpr std::uint32_t crc32(ByteView bytes)
{
    std::uint32_t crc = 0xFFFF'FFFF;
    for (const std::uint8_t byte : bytes) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ (0xEDB8'8320 & (0U - (crc & 1)));
    }
    return ~crc;
}

inline constexpr std::uint16_t journalMagic = 0x754A; // "Ju"

enum class JournalType : std::uint8_t {
    State = 1,
    DownloadBegin = 2,
    SectorDone = 3,
    Trial = 4,
    Confirm = 5,
};

/// What a slot holds, as decided (journal) and as reported (status).
enum class SlotState : std::uint8_t {
    Empty = 0,
    Partial = 1,
    Checking = 2,
    Ready = 3,
    Trial = 4,
    Confirmed = 5,
    Reverted = 6,
    Invalid = 7,
};

/// Why the last State was written; for Reverted and Invalid slots, why they are not run. Frozen.
enum class Reason : std::uint8_t {
    None = 0,
    Watchdog = 1,    ///< trial ended by watchdog, fault or software reset too often
    PowerOff = 2,    ///< trial ended by power-off too often
    Superseded = 3,  ///< an unconfirmed trial gave way to a new download (R5)
    Selected = 4,    ///< SELECT_SET
    CheckFailed = 5, ///< the final verification of a download failed (R12)
    Rotted = 6,      ///< a set that was valid no longer verifies (R6)
    JournalLost = 7, ///< the journal was rebuilt (R9)
    Unfinished = 8,  ///< what a cut download has left verifies, and is not trusted (R4)
};

struct JournalWord {
    JournalType type = JournalType::State;
    std::uint8_t set = 0; ///< slot index; for State the active slot or `noSet`
    std::uint32_t sequence = 0;
    ByteArray<20> payload{};

    constexpr bool operator==(const JournalWord&) const = default;
};

inline constexpr std::uint8_t noSet = 0xFF;

constexpr ByteArray<flashWordBytes> encode(const JournalWord& word)
{
    ByteArray<flashWordBytes> bytes{};
    Encoder encoder{bytes};
    encoder(journalMagic);
    encoder(word.type);
    encoder(word.set);
    encoder(word.sequence);
    encoder(word.payload);
    encoder(crc32(ByteView{bytes}.first(28)));
    return bytes;
}

/// Nothing for a word with another magic, a wrong CRC or an unknown type: such a word is void (R1).
constexpr std::optional<JournalWord>
decodeJournalWord(std::span<const std::uint8_t, flashWordBytes> bytes)
{
    JournalWord word;
    std::uint16_t magic = 0;
    std::uint32_t crc = 0;
    Decoder decoder{bytes};
    decoder(magic);
    decoder(word.type);
    decoder(word.set);
    decoder(word.sequence);
    decoder(word.payload);
    decoder(crc);
    const bool isKnown = word.type >= JournalType::State && word.type <= JournalType::Confirm;
    if (magic != journalMagic || !isKnown || crc != crc32(bytes.first<28>())) return std::nullopt;
    return word;
}

/// While the journal is compacted, two copies of its State lie here in the first M7 sector of the
/// slot that is about to be written: in the header's fill, which is 0xFF in every image.
inline constexpr std::uint32_t carriedStateOffset = 512;

using SetIdPrefix = ByteArray<6>;

/// Payload of State: everything decided. The active slot is the word's `set`.
struct StatePayload {
    std::uint8_t slotStates = 0; ///< slot A in the low nibble, slot B in the high one
    Reason reason = Reason::None;
    std::uint32_t floorCounter = 0;
    std::uint8_t floorKeyIndex = 0;
    std::uint8_t starts =
        0; ///< unconfirmed starts: ended by a crash (low nibble), by power-off (high)
    std::array<SetIdPrefix, 2> setIds{};

    static constexpr std::size_t encodedBytes = 20;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.slotStates);
        field(self.reason);
        field(self.floorCounter);
        field(self.floorKeyIndex);
        field(self.starts);
        field(self.setIds);
    }

    constexpr SlotState state(Slot slot) const
    {
        return static_cast<SlotState>(slot == Slot::A ? slotStates & 0x7 : slotStates >> 4 & 0x7);
    }
    constexpr void setState(Slot slot, SlotState state)
    {
        const auto value = static_cast<unsigned>(state);
        slotStates = static_cast<std::uint8_t>(slot == Slot::A ? (slotStates & 0xF0U) | value
                                                               : (slotStates & 0x0FU) | value << 4);
    }
    constexpr std::uint8_t crashStarts() const { return starts & 0xF; }
    constexpr std::uint8_t powerOffStarts() const { return starts >> 4; }
    constexpr bool operator==(const StatePayload&) const = default;
};
static_assert(fillsItsBytes<StatePayload>());

/// Payload of DownloadBegin: the first half of the SHA-256 of the encoded stream header.
struct DownloadBeginPayload {
    ByteArray<16> headerHash{};
    ByteArray<4> reserved{};

    static constexpr std::size_t encodedBytes = 20;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.headerHash);
        field(self.reserved);
    }
};
static_assert(fillsItsBytes<DownloadBeginPayload>());

/// Payload of SectorDone: that sector holds content with this SHA-256 prefix.
struct SectorDonePayload {
    std::uint8_t core = 0;
    std::uint8_t sectorOfSlot = 0;
    ByteArray<16> digest{};
    ByteArray<2> reserved{};

    static constexpr std::size_t encodedBytes = 20;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.core);
        field(self.sectorOfSlot);
        field(self.digest);
        field(self.reserved);
    }
};
static_assert(fillsItsBytes<SectorDonePayload>());

/// What the last reset was, by precedence: watchdog > software > power-on or brown-out > pin.
enum class ResetCause : std::uint8_t {
    Unknown = 0,
    Pin = 1,
    PowerOn = 2,
    Software = 3,
    Watchdog = 4,
    Fault = 5
};

/// Payload of Trial, written before the jump.
struct TrialPayload {
    std::uint8_t startNumber = 0;
    ResetCause lastReset = ResetCause::Unknown;
    ByteArray<18> reserved{};

    static constexpr std::size_t encodedBytes = 20;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.startNumber);
        field(self.lastReset);
        field(self.reserved);
    }
};
static_assert(fillsItsBytes<TrialPayload>());

/// Payload of Confirm, prepared by the bootloader as a ticket and programmed by boot-client.
struct ConfirmPayload {
    SetId setId{};
    ByteArray<4> reserved{};

    static constexpr std::size_t encodedBytes = 20;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.setId);
        field(self.reserved);
    }
};
static_assert(fillsItsBytes<ConfirmPayload>());

} // namespace contract
