// The journal: what was decided, as an append-only log of 32-byte words in bank 1, sector 7.
//
// State is derived from flash only: `replay` reads every word through the guarded read, and nothing
// that is not in flash counts. Appending is synchronous (0.2 ms a word); bank 1 must be idle.
//
// How a State is read (decide_boot.cpp acts on it):
// * activeSlot is the slot that the next start runs. Ready or Trial: on trial, with the other slot
//   as its fallback. Confirmed: simply run. So a complete download and SELECT_SET commit their slot
//   as the active one with state Ready and starts = 0, and leave the other slot's state alone.
// * Ready, Trial, Confirmed and Reverted claim that the slot holds the set whose id starts with
//   setIds[slot]; a slot that verifies as another set, without a download, means R9. Mark a slot
//   Partial before its first erase.
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

/// An unfinished download: begun, and since then neither tried nor marked Invalid (R12).
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
    /// A cut compaction has left this State in a slot (`carry`); the log is older: rebuild it.
    bool isSuperseded = false;
    std::uint8_t activeSlot = contract::noSet;
    contract::StatePayload state;
    std::optional<contract::Slot> trial; ///< of the last Trial behind the last State
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

    /// Writes State twice, read back (R2, R3); does nothing if the log already ends with two equal
    /// ones. False: it is not in the log, because nothing can be appended or the log is lost.
    [[nodiscard]] bool commit(std::uint8_t activeSlot, const contract::StatePayload& state);

    /// Appends one word; the first append of a power cycle is preceded by the current State twice
    /// (R3).
    [[nodiscard]] bool appendDownloadBegin(contract::Slot slot,
                                           const contract::ByteArray<16>& headerHash);
    [[nodiscard]] bool appendSectorDone(contract::Slot slot, const FinishedSector& sector);
    [[nodiscard]] bool appendTrial(contract::Slot slot, const contract::TrialPayload& trial);

    /// The Confirm word that would confirm the Trial appended last, and where it may go.
    struct Ticket {
        contract::ByteArray<contract::flashWordBytes> word{};
        std::uint32_t address = 0; ///< the first of H755_TICKET_TRIES unused words
    };
    /// Nothing if the log does not end with a Trial of that slot, or is too full.
    [[nodiscard]] std::optional<Ticket> ticket(contract::Slot slot,
                                               const contract::SetId& setId) const;

    /// False when a set that is chosen now might not find words for its trial. Only an update makes
    /// room (R9).
    bool hasRoomForTrial() const;

    /// True when fewer than the 256 reserved words are left, the log is lost or an append has
    /// failed: compact before the next download (R9). `commit` may then fail before the compaction.
    bool needsCompaction() const;

    /// For compaction, which erases `sector()` by itself: the first two words afterwards.
    contract::Sector sector() const;
    [[nodiscard]] bool rebuild(std::uint8_t activeSlot, const contract::StatePayload& state);

    /// Before the sector is erased: leaves the State twice in the first M7 sector of `slot`, erased
    /// in this power cycle. A torn erase may leave the log's first words readable and the rest
    /// blank: an old State that looks current.
    [[nodiscard]] bool carry(contract::Slot slot, std::uint8_t activeSlot,
                             const contract::StatePayload& state);

    /// Erases the sector, waiting for it, and rebuilds (R9). False leaves the journal read-only.
    [[nodiscard]] bool eraseAndRebuild(std::uint8_t activeSlot,
                                       const contract::StatePayload& state);

    /// The sector is write-protected, or even a rebuild has failed: refuse updates (R2).
    bool isReadOnly() const { return m_isReadOnly; }

private:
    using Word = contract::ByteArray<contract::flashWordBytes>;

    void forget();
    void account(std::uint32_t index, const std::optional<contract::JournalWord>& word);
    void accountState(const contract::JournalWord& word);
    void accountTrial(const contract::JournalWord& word);
    void accountSectorDone(const contract::JournalWord& word);
    void adoptCarried(std::uint32_t address);

    template <typename Payload>
    [[nodiscard]] bool append(contract::JournalType type, contract::Slot slot,
                              const Payload& payload);
    [[nodiscard]] bool writePair(std::uint8_t activeSlot, const contract::StatePayload& state);
    [[nodiscard]] bool write(contract::JournalWord word);
    FlashResult place(std::uint32_t address, const Word& word);
    std::uint32_t carriedAddress(contract::Slot slot, std::uint32_t copy) const;
    bool isReachable() const { return !m_view.isLost || m_view.isBlank; }
    std::uint32_t addressOf(std::uint32_t index) const;

    Board& m_board;
    const contract::FlashMap& m_map;
    JournalView m_view;
    std::optional<contract::JournalWord> m_last; ///< the last non-blank word; nothing if it is void
    bool m_isTrialLast = false;                  ///< the last valid word is a Trial
    bool m_endsWithPair = false;                 ///< the last two non-blank words are equal States
    std::uint32_t m_nextSequence = 1;
    bool m_hasAppended = false; ///< in this power cycle
    bool m_isStuck = false;     ///< an append has failed since the last rebuild
    bool m_isReadOnly = false;
};

} // namespace boot
