// The journal: what was decided, as an append-only log of 32-byte words in bank 1, sector 7.
//
// State is derived from flash only: `replay` reads every word through the guarded read, and nothing
// that is not in flash counts. Appending is synchronous (0.2 ms a word); bank 1 must be idle. Erasing
// is not: whoever erases `sector()` calls `rebuild` afterwards.
#pragma once

#include "bootloader/board.h"
#include "contract/journal_word.h"

#include <optional>

namespace boot {

/// A sector that an unfinished download has programmed and read back.
struct FinishedSector {
    contract::Core core = contract::Core::M7;
    std::uint8_t sectorOfSlot = 0;
    contract::ByteArray<16> digest{}; ///< first half of the SHA-256 of the sector's content
};

/// An unfinished download: begun, not voided by a trial or a failed final verification (R12).
struct Download {
    contract::Slot slot = contract::Slot::A;
    contract::ByteArray<16> headerHash{};
    std::array<FinishedSector, 16> finished{};
    std::uint8_t finishedCount = 0;
};

/// Everything that the log says, in the form that decisions need.
struct JournalView {
    bool isLost = true;  ///< no State in the first two words (R9)
    bool isBlank = true; ///< not one word that is not blank
    std::uint8_t activeSlot = contract::noSet;
    contract::StatePayload state;
    std::optional<contract::Slot>
        trial; ///< the last Trial behind the last State: its set is on trial
    contract::TrialPayload trialStart;
    std::uint32_t trialSequence = 0;
    bool isTrialConfirmed = false; ///< its Confirm counts (boot.md, Power-on 8), not sealed yet
    std::optional<Download> download;
    std::uint32_t wordsUsed = 0; ///< up to and including the last non-blank word
};

class Journal {
public:
    Journal(Board& board, const contract::FlashMap& map);

    /// Reads the whole log. Bank 1 must be idle.
    void replay();
    const JournalView& view() const { return m_view; }

    /// Writes State twice, read back (R2, R3); does nothing if the log already ends with two equal ones
    /// and nothing was appended behind them. False: nothing can be appended (JournalReadOnly).
    [[nodiscard]] bool commit(std::uint8_t activeSlot, const contract::StatePayload& state);

    /// Appends one word; the first append of a power cycle is preceded by the current State twice (R3).
    [[nodiscard]] bool appendDownloadBegin(contract::Slot slot,
                                           const contract::ByteArray<16>& headerHash);
    [[nodiscard]] bool appendSectorDone(contract::Slot slot, const FinishedSector& sector);
    [[nodiscard]] bool appendTrial(contract::Slot slot, const contract::TrialPayload& trial);

    /// The Confirm word that would confirm the Trial appended last, and where it may go.
    struct Ticket {
        contract::ByteArray<contract::flashWordBytes> word{};
        std::uint32_t address = 0;
    };
    [[nodiscard]] std::optional<Ticket> ticket(contract::Slot slot,
                                               const contract::SetId& setId) const;

    /// True when fewer than the 256 reserved words are left: compact before the next download (R9).
    bool needsCompaction() const;

    /// For compaction and lost journals: the sector to erase, and the first two words afterwards.
    contract::Sector sector() const;
    [[nodiscard]] bool rebuild(std::uint8_t activeSlot, const contract::StatePayload& state);

    bool isReadOnly() const { return m_isReadOnly; }

private:
    [[nodiscard]] bool append(contract::JournalWord word);
    [[nodiscard]] bool program(std::uint32_t index, ByteView word);

    Board& m_board;
    const contract::FlashMap& m_map;
    JournalView m_view;
    std::uint32_t m_nextSequence = 1;
    bool m_hasAppended = false;
    bool m_isReadOnly = false;
};

} // namespace boot
