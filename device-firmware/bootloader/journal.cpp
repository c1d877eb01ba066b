// The appending side of the journal.
#include "bootloader/journal.h"

namespace boot {

using namespace contract;

namespace {

constexpr std::uint32_t reservedWords = 256; // R9

/// What choosing a set may come to: ten starts of three words each, the ticket, the States before
/// and after, and as much again for words that a cut has torn.
constexpr std::uint32_t trialWords = 64;

/// Words given up for one entry before the journal counts as stuck. A cut leaves one or two bad
/// words.
constexpr int triesPerWord = 8;

} // namespace

Journal::Journal(Board& board, const FlashMap& map) : m_board(board), m_map(map)
{
}

bool Journal::commit(std::uint8_t activeSlot, const StatePayload& state)
{
    const bool isThere = m_endsWithPair && m_view.activeSlot == activeSlot && m_view.state == state;
    return isReachable() && (isThere || writePair(activeSlot, state));
}

bool Journal::appendDownloadBegin(Slot slot, const ByteArray<16>& headerHash)
{
    return append(JournalType::DownloadBegin, slot, DownloadBeginPayload{headerHash, {}});
}

bool Journal::appendSectorDone(Slot slot, const FinishedSector& sector)
{
    const SectorDonePayload payload{
        static_cast<std::uint8_t>(sector.core), sector.sectorOfSlot, sector.digest, {}};
    return append(JournalType::SectorDone, slot, payload);
}

bool Journal::appendTrial(Slot slot, const TrialPayload& trial)
{
    return append(JournalType::Trial, slot, trial);
}

std::optional<Journal::Ticket> Journal::ticket(Slot slot, const SetId& setId) const
{
    const bool hasRoom = m_map.journalWords() - m_view.wordsUsed >= H755_TICKET_TRIES;
    if (!hasRoom || !m_isTrialLast || m_view.trial != slot) return std::nullopt;
    const JournalWord word{JournalType::Confirm, static_cast<std::uint8_t>(slot),
                           m_view.trialSequence + 1, encode(ConfirmPayload{setId, {}})};
    return Ticket{encode(word), addressOf(m_view.wordsUsed)};
}

bool Journal::needsCompaction() const
{
    return m_view.isLost || m_view.isSuperseded || m_isStuck ||
           m_map.journalWords() - m_view.wordsUsed < reservedWords;
}

bool Journal::hasRoomForTrial() const
{
    return m_map.journalWords() - m_view.wordsUsed >= trialWords;
}

Sector Journal::sector() const
{
    return m_map.sectorAt(m_map.journal.address);
}

bool Journal::rebuild(std::uint8_t activeSlot, const StatePayload& state)
{
    forget();
    m_isStuck = false;
    m_isReadOnly = !writePair(activeSlot, state) || m_view.isLost;
    return !m_isReadOnly;
}

bool Journal::carry(Slot slot, std::uint8_t activeSlot, const StatePayload& state)
{
    const Word word = encode({JournalType::State, activeSlot, m_nextSequence, encode(state)});
    ++m_nextSequence;
    const FlashResult first = place(carriedAddress(slot, 0), word);
    const FlashResult second = place(carriedAddress(slot, 1), word);
    return first == FlashResult::Done || second == FlashResult::Done;
}

bool Journal::eraseAndRebuild(std::uint8_t activeSlot, const StatePayload& state)
{
    m_board.flash().startErase(sector());
    const bool isErased = waitFor(m_board, sector().bank) == FlashResult::Done;
    m_isReadOnly = !isErased;
    return isErased && rebuild(activeSlot, state);
}

template <typename Payload>
bool Journal::append(JournalType type, Slot slot, const Payload& payload)
{
    if (!isReachable()) return false;
    if (!m_hasAppended && !writePair(m_view.activeSlot, m_view.state)) return false; // R3
    return write({type, static_cast<std::uint8_t>(slot), 0, encode(payload)});
}

bool Journal::writePair(std::uint8_t activeSlot, const StatePayload& state)
{
    const JournalWord word{JournalType::State, activeSlot, 0, encode(state)};
    m_hasAppended = write(word) && write(word);
    return m_hasAppended;
}

/// Gives the word the next sequence number and the first place where it reads back (R2).
bool Journal::write(JournalWord word)
{
    word.sequence = m_nextSequence;
    const Word bytes = encode(word);
    for (int tries = 0; tries < triesPerWord && m_view.wordsUsed < m_map.journalWords(); ++tries) {
        const std::uint32_t index = m_view.wordsUsed;
        const FlashResult result = place(addressOf(index), bytes);
        m_isReadOnly |= result == FlashResult::WriteProtected;
        if (result == FlashResult::WriteProtected) break;
        const bool isGood = result == FlashResult::Done;
        account(index, isGood ? std::optional{word} : std::nullopt);
        if (isGood) return true;
    }
    m_isStuck = true;
    return false;
}

/// Programs a word; one that does not read back has failed (R2).
FlashResult Journal::place(std::uint32_t address, const Word& word)
{
    m_board.flash().startProgram(address, word);
    const FlashResult result = waitFor(m_board, m_map.bankOf(address));
    if (result != FlashResult::Done) return result;
    Word found{};
    const bool isReadable = m_board.flash().read(address, found) == ReadResult::Ok;
    return isReadable && found == word ? FlashResult::Done : FlashResult::Failed;
}

std::uint32_t Journal::carriedAddress(Slot slot, std::uint32_t copy) const
{
    return m_map.slot(Core::M7, slot).address + carriedStateOffset + copy * flashWordBytes;
}

std::uint32_t Journal::addressOf(std::uint32_t index) const
{
    return m_map.journal.address + index * flashWordBytes;
}

} // namespace boot
