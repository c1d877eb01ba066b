#include "bootloader/start_up.h"

#include "bootloader/hand_off.h"
#include "bootloader/set_copier.h"

#include <algorithm>

namespace boot {

using namespace contract;

namespace {

constexpr std::uint32_t faultLimit = 2;         // consecutive, then minimal update mode
constexpr std::uint8_t doubleReset = 2;         // taps
constexpr std::uint8_t unhealthyStartLimit = 5; // in a row

StartResult updateMode(UpdateReason reason)
{
    StartResult result;
    result.reason = reason;
    return result;
}

/// A set that nobody has confirmed and that is not on trial runs only without a journal (R2).
SlotState reportedState(const BootAction& action)
{
    if (action.kind == BootAction::Kind::RunTrial) return SlotState::Trial;
    return action.state.state(action.slot) == SlotState::Confirmed ? SlotState::Confirmed
                                                                   : SlotState::Ready;
}

/// Only a set with boot-client can clear the counter, and a trial has limits of its own.
StartCounter counterAtJump(StartCounter counter, bool isFlagged, bool isTrial)
{
    if (!isFlagged) return {};
    counter.unhealthyStarts =
        isTrial ? std::uint8_t{0} : static_cast<std::uint8_t>(counter.unhealthyStarts + 1);
    return counter;
}

} // namespace

StartUp::StartUp(Board& board, const FlashMap& map, Journal& journal, SetVerifier& verifier)
    : m_board(board), m_map(map), m_journal(journal), m_verifier(verifier)
{
}

StartResult StartUp::run()
{
    clearHandOff(m_board);
    const UpdateReason stay = takeStayReason();
    if (stay == UpdateReason::FaultRepeated) return updateMode(stay);
    m_journal.replay();
    return decide(stay);
}

/// Power-on 3, strongest reason first. What led to it counts from zero again, so that the restart
/// after update mode is a real try; a repeated fault leaves one, so that the next one comes
/// straight back.
UpdateReason StartUp::takeStayReason()
{
    const BoardFacts& facts = m_board.facts();
    const h755_boot_request request = takeRequest(m_board);
    FaultRecord fault = faultRecord(m_board);
    StartCounter counter = startCounter(m_board);
    const bool isTap = facts.resetCause == ResetCause::Pin;
    counter.resetTaps = isTap ? static_cast<std::uint8_t>(counter.resetTaps + 1) : std::uint8_t{0};

    using Condition = std::pair<bool, UpdateReason>;
    const std::array<Condition, 7> conditions{{
        {fault.count >= faultLimit, UpdateReason::FaultRepeated},
        {facts.optionBytes.bootCm4 != 0, UpdateReason::BootCm4Set},
        {facts.isButtonHeld, UpdateReason::Button},
        {request != H755_BOOT_REQUEST_NONE, UpdateReason::Requested},
        {counter.resetTaps >= doubleReset, UpdateReason::DoubleReset},
        {counter.unhealthyStarts >= unhealthyStartLimit, UpdateReason::UnhealthyStarts},
        {true, UpdateReason::None},
    }};
    const UpdateReason reason =
        std::find_if(conditions.begin(), conditions.end(), [](const Condition& condition) {
            return condition.first;
        })->second;

    setStartCounter(m_board, reason == UpdateReason::None ? counter : StartCounter{});
    fault.count = std::min(fault.count, faultLimit - 1);
    setFaultRecord(m_board, fault);
    return reason;
}

/// Decide, act, decide: at most two verifications, one copy and one failed write come before the
/// last action.
StartResult StartUp::decide(UpdateReason stay)
{
    BootFacts facts;
    facts.cause = m_board.facts().resetCause;
    facts.stay = stay;
    for (int round = 0; round < 6; ++round) {
        const BootAction action = decideBoot(m_journal.view(), facts);
        if (action.kind == BootAction::Kind::Verify) {
            facts.sets[index(action.slot)] = verify(action.slot);
            continue;
        }
        if (facts.canAppend && !record(action)) {
            facts.canAppend = false;
            continue;
        }
        if (action.kind == BootAction::Kind::Copy) {
            copyStagedSet();
            facts.hasCopied = true;
            facts.sets[index(Slot::A)] = verify(Slot::A);
            continue;
        }
        if (action.kind == BootAction::Kind::UpdateMode) return updateMode(action.reason);
        if (opensRescueWindow(action)) return updateMode(UpdateReason::RescueWindow);
        if (action.kind != BootAction::Kind::RunTrial || beginTrial(action)) return jump(action);
        facts.canAppend = false;
    }
    return updateMode(UpdateReason::NoValidSet);
}

KnownSet StartUp::verify(Slot slot)
{
    m_contents[index(slot)] = m_verifier.verify(slot);
    return knownSet(m_contents[index(slot)]);
}

void StartUp::copyStagedSet()
{
    SetCopier(m_board, m_map).copy(m_contents[index(Slot::B)].imageBytes);
}

bool StartUp::record(const BootAction& action)
{
    return action.rebuildsJournal ? m_journal.eraseAndRebuild(action.activeSlot, action.state)
                                  : m_journal.commit(action.activeSlot, action.state);
}

/// boot.md, Power-on 3: once after a power-on, and always where nothing else leads back to update
/// mode. Behind the journal's State, which has counted how the last start ended; the restart that
/// closes the window must not be counted in its place.
bool StartUp::opensRescueWindow(const BootAction& action) const
{
    const BoardFacts& facts = m_board.facts();
    const std::uint16_t flags = m_contents[index(action.slot)].flags;
    const bool isOnlyWay = !facts.hasButton && (flags & set_flags::confirmsItself) == 0;
    return facts.resetCause == ResetCause::PowerOn && facts.hasBusPower &&
           (facts.wantsRescueWindow || isOnlyWay);
}

bool StartUp::beginTrial(const BootAction& action)
{
    const StatePayload& state = action.state;
    TrialPayload trial;
    trial.startNumber = static_cast<std::uint8_t>(state.crashStarts() + state.powerOffStarts() + 1);
    trial.lastReset = m_board.facts().resetCause;
    if (!m_journal.appendTrial(action.slot, trial)) return false;
    const auto ticket = m_journal.ticket(action.slot, m_contents[index(action.slot)].setId);
    if (ticket) writeTicket(m_board, *ticket);
    return ticket.has_value();
}

StartResult StartUp::jump(const BootAction& action)
{
    const SetContents& contents = m_contents[index(action.slot)];
    StartResult result;
    result.run = action.slot;
    result.isTrial = action.kind == BootAction::Kind::RunTrial;
    result.startM4 = (contents.flags & set_flags::applicationStartsM4) == 0;
    result.m7Vectors = m_map.slot(Core::M7, action.slot).address + imageHeaderBytes;
    result.m4Vectors = m_map.slot(Core::M4, action.slot).address + imageHeaderBytes;

    const bool isFlagged = (contents.flags & set_flags::confirmsItself) != 0;
    setStartCounter(m_board, counterAtJump(startCounter(m_board), isFlagged, result.isTrial));
    FaultRecord fault = faultRecord(m_board);
    fault.count = 0; // no longer consecutive
    setFaultRecord(m_board, fault);
    m_board.setBackup(H755_BACKUP_M4_VECTORS, result.m4Vectors);
    m_board.setBackup(H755_BACKUP_LAST_RESET,
                      static_cast<std::uint32_t>(m_board.facts().resetCause));
    const SlotState state = reportedState(action);
    writeHandOff(m_board,
                 {action.slot, state, contents.flags, contents.setId, contents.releaseVersion});
    // Also one that nobody has confirmed and nobody can count (R2): a hang must not be for ever.
    const bool isWatched = isFlagged && state != SlotState::Confirmed;
    if (isWatched) m_board.startWatchdog(trialWatchdogMs);
    return result;
}

} // namespace boot
