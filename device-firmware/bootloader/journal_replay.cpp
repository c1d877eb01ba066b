// The reading side of the journal: what the words in flash mean, one after the other. The appending
// side (journal.cpp) accounts for its words by the same functions, so that the view is always what
// a replay would give.
#include "bootloader/journal.h"

#include <algorithm>

namespace boot {

using namespace contract;

namespace {

/// Only a State may name no slot at all; everything else is void, whoever wrote it.
bool namesSlot(const JournalWord& word)
{
    return word.set < slots.size() || (word.type == JournalType::State && word.set == noSet);
}

std::optional<JournalWord> decodeSane(std::span<const std::uint8_t, flashWordBytes> bytes)
{
    const std::optional<JournalWord> word = decodeJournalWord(bytes);
    return word && namesSlot(*word) ? word : std::nullopt;
}

Slot slotOf(const JournalWord& word)
{
    return static_cast<Slot>(word.set);
}

bool saySame(const JournalWord& a, const JournalWord& b)
{
    return a.type == b.type && a.set == b.set && a.payload == b.payload;
}

/// True if a slot in this state can no longer be completed by the download that was under way
/// (R12).
bool endsDownload(SlotState state)
{
    return state == SlotState::Trial || state == SlotState::Confirmed ||
           state == SlotState::Reverted || state == SlotState::Invalid;
}

} // namespace

void Journal::replay()
{
    forget();
    for (std::uint32_t index = 0; index < m_map.journalWords(); ++index) {
        Word bytes{};
        const ReadResult result = m_board.flash().read(addressOf(index), bytes);
        if (result == ReadResult::Blank) continue;
        account(index, result == ReadResult::Ok ? decodeSane(bytes) : std::nullopt); // R1
    }
    for (const Slot slot : slots) {
        adoptCarried(carriedAddress(slot, 0));
        adoptCarried(carriedAddress(slot, 1));
    }
}

/// A State that a compaction has left in a slot counts if the log is lost, or older: then the erase
/// was torn. It is true as long as it lies there, because the slot's next download begins with the
/// erase of its sector.
void Journal::adoptCarried(std::uint32_t address)
{
    Word bytes{};
    if (m_board.flash().read(address, bytes) != ReadResult::Ok) return;
    const std::optional<JournalWord> word = decodeSane(bytes);
    if (!word || word->type != JournalType::State) return;
    if (!m_view.isLost && word->sequence < m_nextSequence) return;
    const std::uint32_t wordsUsed = m_view.wordsUsed;
    forget();
    m_view.isLost = false;
    m_view.isBlank = false;
    m_view.isSuperseded = true;
    m_view.wordsUsed = wordsUsed;
    accountState(*word);
    m_nextSequence = std::max(m_nextSequence, word->sequence + 1);
}

void Journal::forget()
{
    m_view = {};
    m_last.reset();
    m_isTrialLast = false;
    m_endsWithPair = false;
}

void Journal::account(std::uint32_t index, const std::optional<JournalWord>& word)
{
    m_view.isBlank = false;
    m_view.wordsUsed = index + 1;
    m_endsWithPair = word && m_last && word->type == JournalType::State && saySame(*word, *m_last);
    m_last = word;
    if (!word) return;

    m_nextSequence = word->sequence + 1;
    const bool isBehindTrial = m_isTrialLast;
    m_isTrialLast = word->type == JournalType::Trial;
    switch (word->type) {
    case JournalType::State:
        if (index < 2) m_view.isLost = false;
        accountState(*word);
        break;
    case JournalType::DownloadBegin:
        m_view.download.emplace();
        m_view.download->slot = slotOf(*word);
        m_view.download->headerHash = decode<DownloadBeginPayload>(word->payload).headerHash;
        break;
    case JournalType::SectorDone: accountSectorDone(*word); break;
    case JournalType::Trial: accountTrial(*word); break;
    case JournalType::Confirm:
        m_view.isTrialConfirmed |= isBehindTrial && slotOf(*word) == m_view.trial &&
                                   word->sequence == m_view.trialSequence + 1;
        break;
    }
}

void Journal::accountState(const JournalWord& word)
{
    m_view.activeSlot = word.set;
    m_view.state = decode<StatePayload>(word.payload);
    m_view.trial.reset();
    m_view.isTrialConfirmed = false;
    if (m_view.download && endsDownload(m_view.state.state(m_view.download->slot)))
        m_view.download.reset();
}

void Journal::accountTrial(const JournalWord& word)
{
    m_view.trial = slotOf(word);
    m_view.trialStart = decode<TrialPayload>(word.payload);
    m_view.trialSequence = word.sequence;
    m_view.isTrialConfirmed = false;
    if (m_view.download && m_view.download->slot == slotOf(word)) m_view.download.reset();
}

/// A sector that was written again counts with its last digest.
void Journal::accountSectorDone(const JournalWord& word)
{
    if (!m_view.download || m_view.download->slot != slotOf(word)) return;
    const auto payload = decode<SectorDonePayload>(word.payload);
    if (payload.core >= cores.size()) return;
    const Core core = cores[payload.core];
    if (payload.sectorOfSlot >= m_map.slotSectors(core)) return;

    Download& download = *m_view.download;
    std::size_t at = 0;
    while (at < download.finishedCount &&
           (download.finished[at].core != core ||
            download.finished[at].sectorOfSlot != payload.sectorOfSlot))
        ++at;
    if (at == download.finished.size()) return;
    download.finished[at] = {core, payload.sectorOfSlot, payload.digest};
    if (at == download.finishedCount) ++download.finishedCount;
}

} // namespace boot
