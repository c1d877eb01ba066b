#include "bootloader/status_report.h"

namespace boot {

using namespace contract;

namespace {

JournalHealth healthOf(const Journal& journal)
{
    if (journal.isReadOnly()) return JournalHealth::ReadOnly;
    const JournalView& view = journal.view();
    const bool isRebuilt = view.isLost || view.state.reason == Reason::JournalLost;
    return isRebuilt && !view.isBlank ? JournalHealth::Rebuilt : JournalHealth::Good;
}

SlotStatus slotStatus(const Installer& installer, Slot slot)
{
    const StatePayload& decided = installer.journal().view().state;
    const SetContents& contents = installer.survey().contents(slot);
    SlotStatus status;
    status.state = decided.state(slot);
    if (status.state == SlotState::Reverted || status.state == SlotState::Invalid)
        status.reason = decided.reason;
    if (!installer.survey().isKnown(slot)) return status;
    status.isVerified = contents.isValid() ? 1 : 0;
    if (!contents.isBlank) {
        status.m7Fault = contents.faults[index(Core::M7)];
        status.m4Fault = contents.faults[index(Core::M4)];
    }
    status.setId = contents.setId;
    status.releaseVersion = contents.releaseVersion;
    status.coreVersions = contents.coreVersions;
    status.securityCounter = contents.securityCounter;
    status.keyIndex = contents.keyIndex;
    status.flags = contents.flags;
    if (contents.isStaged) status.flags |= set_flags::slotAOnly;
    return status;
}

void reportBoard(const BoardFacts& facts, DeviceStatus& status)
{
    status.hardwareRevision = facts.hardwareRevision;
    status.siliconRevision = facts.siliconRevision;
    status.uniqueId = facts.uniqueId;
    status.romVersion = facts.romVersion;
    status.resetCause = facts.resetCause;
    status.optionBytes = facts.optionBytes;
}

void reportJournal(const Journal& journal, DeviceStatus& status)
{
    const JournalView& view = journal.view();
    status.activeSlot = view.activeSlot;
    status.floorCounter = view.state.floorCounter;
    status.floorKeyIndex = view.state.floorKeyIndex;
    status.trialCrashStarts = view.state.crashStarts();
    status.trialPowerOffStarts = view.state.powerOffStarts();
    status.journalHealth = healthOf(journal);
    status.journalWordsUsed = static_cast<std::uint16_t>(view.wordsUsed);
    if (!view.download) return;
    const SlotState target = view.state.state(view.download->slot);
    if (target != SlotState::Partial && target != SlotState::Checking) return;
    status.downloadHash = view.download->headerHash;
    status.downloadSlot = static_cast<std::uint8_t>(view.download->slot);
}

} // namespace

DeviceStatus reportStatus(Board& board, const Identity& identity, const Installer& installer,
                          UpdateReason reason, const FaultRecord& lastFault)
{
    DeviceStatus status;
    status.bootloaderVersion = identity.bootloaderVersion;
    status.productId = identity.productId;
    status.updateReason = reason;
    status.lastFault = lastFault;
    status.streamFault = installer.lastFault();
    status.correctedEccErrors = board.flash().correctedErrors();
    status.flashErases = installer.writer().erases();
    status.flashPrograms = installer.writer().programs();
    for (const Slot slot : slots)
        status.slotStatus[index(slot)] = slotStatus(installer, slot);
    reportBoard(board.facts(), status);
    reportJournal(installer.journal(), status);
    return status;
}

} // namespace boot
