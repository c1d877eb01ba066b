// The stages of a download, and what the journal says of each.
#include "bootloader/installer.h"

#include "bootloader/decide_boot.h"

namespace boot {

using namespace contract;
using dfu::Status;

namespace {

/// How often to ask while sectors are compared or a set is verified, which take 0.3 s at most.
constexpr std::uint32_t checkPollMs = 20;

constexpr Refusal journalReadOnly{Status::ErrVendor, StringIndex::JournalReadOnly};

/// The signed header only admits a stream; what was written must be what it announced.
bool isAnnounced(const SetContents& contents, const StreamHeader& header, Slot slot)
{
    const Slot linkedFor = header.isForSlotAOnly() ? Slot::A : slot;
    for (const Core core : cores) {
        if (contents.imageHashes[index(core)] != header.imageHashes[index(core)][index(linkedFor)])
            return false;
    }
    return contents.setId == header.setId && contents.securityCounter == header.securityCounter &&
           contents.keyIndex == header.keyIndex &&
           contents.releaseVersion == header.releaseVersion &&
           contents.coreVersions == header.coreVersions &&
           contents.flags == (header.flags & set_flags::knownInImage);
}

/// Every word was read back, so any other fault is one of the release.
bool isUnreadable(const SetContents& contents)
{
    return contents.faults[0] == ImageFault::Unreadable ||
           contents.faults[1] == ImageFault::Unreadable;
}

} // namespace

Installer::Installer(Board& board, const Crypto& crypto, const FlashMap& map,
                     const Identity& identity, Journal& journal, UpdateMemory& memory,
                     bool isCautious)
    : m_board(board), m_crypto(crypto), m_map(map), m_identity(identity), m_journal(journal),
      m_receiver(memory.transfer, memory.block), m_slotData(crypto, memory.slotData),
      m_survey(board, crypto, map, identity), m_check(board, crypto, map),
      m_writer(board, crypto, map, journal, memory.ring), m_eraser(board), m_isCautious(isCautious)
{
    if (!isCautious) m_survey.askBoth();
}

void Installer::poll()
{
    m_survey.poll();
    m_writer.poll();
    takeBlock();
    advance();
}

void Installer::stop()
{
    m_writer.stop();
    if (m_stage != Stage::Clearing) m_stage = Stage::Idle;
}

bool Installer::isWorking() const
{
    switch (m_stage) {
    case Stage::Idle:
    case Stage::Filling: return false;
    case Stage::Writing: return m_writer.wantsNone();
    case Stage::Complete: return !m_writer.isComplete();
    case Stage::Surveying:
    case Stage::Comparing:
    case Stage::Clearing:
    case Stage::Checking:
    case Stage::Failing: break;
    }
    return true;
}

std::uint32_t Installer::busyMs() const
{
    if (m_stage == Stage::Clearing) return m_eraser.remainingMs();
    if (m_stage != Stage::Writing) return checkPollMs;
    return m_writer.wantsNone() ? m_writer.untilWrittenMs() : m_writer.untilRoomMs();
}

void Installer::advance()
{
    const Status failure = m_writer.failure();
    switch (m_stage) {
    case Stage::Idle:
    case Stage::Filling: break;
    case Stage::Surveying: prepareSurvey(); break;
    case Stage::Comparing:
        if (m_check.step()) startWriter(m_check.intact());
        break;
    case Stage::Clearing: pollClearing(); break;
    case Stage::Writing:
        if (failure != Status::Ok) return failWriting({failure});
        if (m_writer.isComplete()) startChecking();
        break;
    case Stage::Checking:
        if (m_survey.isDone()) conclude();
        break;
    case Stage::Complete:
        if (failure != Status::Ok) failWriting({failure});
        break;
    case Stage::Failing: voidDownload(); break;
    }
}

void Installer::prepareSurvey()
{
    if (!m_writer.isIdle()) return;
    if (m_isCautious) {
        m_isCautious = false;
        m_journal.replay();
        const JournalView view = m_journal.view();
        if (view.isSuperseded) (void)m_journal.eraseAndRebuild(view.activeSlot, view.state);
        m_survey.askBoth();
    }
    if (m_survey.isDone()) admit();
}

SecurityLevel Installer::minimumLevel() const
{
    const JournalView& view = m_journal.view();
    const SecurityLevel floor = floorOf(view.state);
    if (view.activeSlot == noSet || !m_survey.isValid(slots[view.activeSlot])) return floor;
    return std::max(floor, m_survey.contents(slots[view.activeSlot]).level());
}

/// The last of the checks before anything is written, and the choice of the slot.
void Installer::admit()
{
    m_stage = Stage::Idle;
    const SecurityLevel level{m_header.keyIndex, m_header.securityCounter};
    if (level < minimumLevel()) return refuseHeader(StreamFault::Counter);

    const JournalView& view = m_journal.view();
    const StatePayload state = settledState(view, m_board.facts().resetCause);
    std::array<SlotCandidate, 2> candidates;
    for (const Slot slot : slots)
        candidates[index(slot)] = {m_survey.isValid(slot), state.state(slot),
                                   m_survey.contents(slot).isStaged};
    const std::optional<Download>& download = view.download;
    m_choice = chooseSlot(candidates, view.activeSlot,
                          download ? std::optional{download->slot} : std::nullopt);
    if (m_journal.isReadOnly() && m_choice.hasStayingSet) return refuse(journalReadOnly);

    // Decided here, for good: from now on GET_MISSING says what a resume leaves out.
    m_compacts = m_journal.needsCompaction();
    m_isResuming = !m_compacts && download && download->slot == m_choice.target &&
                   download->headerHash == prefix<16>(m_headerHash);
    m_slotData.start(m_header);
    m_check.start(m_isResuming ? *download : Download{},
                  {m_slotData.contentOf(Core::M7, m_choice.target).bytes(),
                   m_slotData.contentOf(Core::M4, m_choice.target).bytes()});
    m_stage = Stage::Comparing;
}

void Installer::startWriter(const std::array<SectorMask, 2>& finished)
{
    m_writer.start({m_choice.target,
                    {m_slotData.contentOf(Core::M7, m_choice.target),
                     m_slotData.contentOf(Core::M4, m_choice.target)},
                    finished});
    m_stage = Stage::Filling;
}

/// R5: the journal says what stays before anything goes.
void Installer::open()
{
    m_isInstalled = false; // a finished download gives way to this one
    const Slot stays = other(m_choice.target);
    const JournalView& view = m_journal.view();
    m_openState = stateBeforeErase(settledState(view, m_board.facts().resetCause), m_choice,
                                   view.activeSlot, m_survey.contents(stays).level());
    m_openActive = m_choice.hasStayingSet ? static_cast<std::uint8_t>(stays) : noSet;
    const bool isCommitted = m_journal.commit(m_openActive, m_openState);
    if (!isCommitted && m_journal.isReadOnly() && m_choice.hasStayingSet) {
        m_stage = Stage::Idle;
        return refuse(journalReadOnly);
    }
    if (m_compacts || !isCommitted) return startClearing();
    beginWriting();
}

/// R9: first the other slot's first M7 sector, so that exactly one set exists while there is no
/// journal.
void Installer::startClearing()
{
    m_isResuming = false;
    startWriter({});
    m_survey.forget(m_choice.target);
    m_isSlotCleared = false;
    m_eraser.start(m_map.sectorAt(m_map.slot(Core::M7, m_choice.target).address));
    m_stage = Stage::Clearing;
}

void Installer::pollClearing()
{
    const FlashResult result = m_eraser.poll();
    if (result == FlashResult::Busy && m_eraser.isLate()) refuse({Status::ErrErase});
    if (result == FlashResult::Busy) return;
    const bool isErased = result == FlashResult::Done;
    if (isErased && !m_isSlotCleared) {
        m_isSlotCleared = true;
        const bool isCarried = m_journal.carry(m_choice.target, m_openActive, m_openState);
        if (isCarried || !m_choice.hasStayingSet) return m_eraser.start(m_journal.sector());
        m_stage = Stage::Idle;
        return refuse({Status::ErrProg});
    }
    const bool isRebuilt = isErased && m_journal.rebuild(m_openActive, m_openState);
    if (isRebuilt || !m_choice.hasStayingSet) return beginWriting();
    m_stage = Stage::Idle;
    refuse(isErased ? journalReadOnly : Refusal{Status::ErrErase});
}

void Installer::beginWriting()
{
    const bool isNoted =
        m_isResuming || m_journal.appendDownloadBegin(m_choice.target, prefix<16>(m_headerHash));
    if (!isNoted && m_choice.hasStayingSet) {
        m_stage = Stage::Idle;
        return refuse(journalReadOnly);
    }
    m_survey.forget(m_choice.target);
    m_writer.begin();
    m_stage = Stage::Writing;
}

void Installer::startChecking()
{
    if (!commitTarget(SlotState::Checking, Reason::None)) return failWriting(journalReadOnly);
    m_survey.ask(m_choice.target);
    m_stage = Stage::Checking;
}

/// Error on the data block that has completed the set: dfu-util takes no notice of one in MANIFEST.
void Installer::conclude()
{
    const SetContents& contents = m_survey.contents(m_choice.target);
    if (isUnreadable(contents)) return failWriting({Status::ErrVerify});
    if (!contents.isValid() || !isAnnounced(contents, m_header, m_choice.target))
        return failWriting({Status::ErrFile});
    m_stage = Stage::Complete;
}

bool Installer::finish()
{
    if (m_stage != Stage::Complete || isWorking() || m_receiver.hasRest()) return false;
    if (!commitTarget(SlotState::Ready, Reason::None)) return false;
    m_stage = Stage::Idle;
    m_isInstalled = true;
    endTransfer();
    return true;
}

/// True as well if there is no journal to write and no set that could be lost (R2).
bool Installer::commitTarget(SlotState slotState, Reason reason)
{
    const JournalView& view = m_journal.view();
    const bool isReady = slotState == SlotState::Ready;
    const auto target = static_cast<std::uint8_t>(m_choice.target);
    StatePayload state = view.state;
    state.setState(m_choice.target, slotState);
    state.reason = reason;
    if (isReady) {
        state.starts = 0;
        state.setIds[index(m_choice.target)] = prefix<6>(m_header.setId);
    }
    return m_journal.commit(isReady ? target : view.activeSlot, state) || !m_choice.hasStayingSet;
}

void Installer::failWriting(const Refusal& refusal)
{
    m_writer.stop();
    m_stage = Stage::Failing;
    refuse(refusal);
}

/// R12: whatever was written is wanted again. If this cannot be noted, the next resume finds it
/// out.
void Installer::voidDownload()
{
    if (!m_writer.isIdle()) return;
    (void)commitTarget(SlotState::Invalid, Reason::CheckFailed);
    m_stage = Stage::Idle;
}

bool Installer::selectSet(Slot slot)
{
    const JournalView& view = m_journal.view();
    const bool isPossible = m_survey.isDone() && m_survey.isValid(slot) && m_writer.isIdle() &&
                            !isWorking() && m_journal.hasRoomForTrial() &&
                            view.activeSlot != static_cast<std::uint8_t>(slot) &&
                            view.state.state(slot) != SlotState::Partial; // may be torn (R4)
    if (!isPossible || m_survey.contents(slot).level() < minimumLevel()) return false;
    StatePayload state = settledState(view, m_board.facts().resetCause);
    state.setState(slot, SlotState::Ready);
    state.setIds[index(slot)] = prefix<6>(m_survey.contents(slot).setId);
    state.reason = Reason::Selected;
    state.starts = 0;
    if (!m_journal.commit(static_cast<std::uint8_t>(slot), state)) return false;
    stop(); // a download that waits was meant for this slot
    return true;
}

} // namespace boot
