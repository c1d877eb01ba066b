#include "virtual/recreated_board.h"

#include "virtual/stand_in.h"

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace virtual_h755 {

using namespace contract;

namespace {

void writeJournal(FlashModel& flash, ByteView journal)
{
    const std::uint32_t first = flash.map().journal.address;
    if (journal.size() > flash.map().journal.bytes) throw std::runtime_error("journal too long");
    flash.poke(first, journal);
    for (std::uint32_t at = 0; at + flashWordBytes <= journal.size(); at += flashWordBytes) {
        const ByteView word = journal.subspan(at, flashWordBytes);
        const bool isUnreadable = std::ranges::all_of(word, [](auto byte) { return byte == 0; });
        if (isUnreadable) flash.damage(first + at, Cell::Bad);
    }
}

/// The only backup registers that an update mode leaves with something in them.
void writeFaultRecord(BackupRegisters& registers, const FaultRecord& record)
{
    registers = {};
    registers[H755_BACKUP_FAULT_COUNT] = record.count;
    registers[H755_BACKUP_FAULT_COUNT + 1] = record.faultStatus;
    registers[H755_BACKUP_FAULT_COUNT + 2] = record.address;
    registers[H755_BACKUP_FAULT_COUNT + 3] = record.eccAddress;
}

void setFacts(boot::BoardFacts& facts, const DeviceStatus& status)
{
    facts.uniqueId = status.uniqueId;
    facts.hardwareRevision = status.hardwareRevision;
    facts.siliconRevision = status.siliconRevision;
    facts.romVersion = status.romVersion;
}

std::vector<StandIn> imagesOf(const FlashMap& map, const boot::Identity& identity,
                              const DeviceStatus& status)
{
    const ProductRange product{status.productId, status.hardwareRevision, status.hardwareRevision};
    std::vector<StandIn> images;
    for (const Slot slot : slots)
        std::ranges::move(standIns(map, identity, {slot, status.slot(slot), product}),
                          std::back_inserter(images));
    return images;
}

} // namespace

void identifyAs(Device& device, const boot::Identity& identity, const FoundBoard& found)
{
    const DeviceStatus& status = found.status;
    if (status.productId != identity.productId)
        throw std::runtime_error("the report is about product " + std::to_string(status.productId) +
                                 ", this program is for " + std::to_string(identity.productId));
    setFacts(device.mutableFacts(), status);
    for (const StandIn& image : imagesOf(device.flash().map(), identity, status)) {
        if (image.isSigned) device.options().standIns.push_back(image.hash);
    }
}

void recreate(Device& device, const boot::Identity& identity, const FoundBoard& found)
{
    identifyAs(device, identity, found);
    FlashModel& flash = device.flash();
    for (const StandIn& image : imagesOf(flash.map(), identity, found.status)) {
        flash.poke(image.address, image.bytes);
        if (image.unreadableAt) flash.damage(*image.unreadableAt, Cell::Bad);
    }
    writeJournal(flash, found.journal);
    flash.optionBytes() = found.status.optionBytes;
    writeFaultRecord(device.backupRegisters(), found.status.lastFault);
    device.options().foundFor = found.status.updateReason;
}

std::vector<std::string> differences(const DeviceStatus& found, const DeviceStatus& now)
{
    std::vector<std::string> names;
    const auto compare = [&](const char* name, const auto& a, const auto& b) {
        if (!(a == b)) names.emplace_back(name);
    };
    compare("bootloader version", found.bootloaderVersion, now.bootloaderVersion);
    compare("reason of update mode", found.updateReason, now.updateReason);
    compare("last reset", found.resetCause, now.resetCause);
    compare("active slot", found.activeSlot, now.activeSlot);
    compare("slot A", found.slot(Slot::A), now.slot(Slot::A));
    compare("slot B", found.slot(Slot::B), now.slot(Slot::B));
    compare("floor counter", found.floorCounter, now.floorCounter);
    compare("floor key", found.floorKeyIndex, now.floorKeyIndex);
    compare("trial's crashes", found.trialCrashStarts, now.trialCrashStarts);
    compare("trial's power-offs", found.trialPowerOffStarts, now.trialPowerOffStarts);
    compare("journal's health", found.journalHealth, now.journalHealth);
    compare("journal's length", found.journalWordsUsed, now.journalWordsUsed);
    compare("option bytes", found.optionBytes, now.optionBytes);
    compare("fault record", found.lastFault, now.lastFault);
    compare("unfinished download", found.downloadHash, now.downloadHash);
    compare("its slot", found.downloadSlot, now.downloadSlot);
    return names;
}

} // namespace virtual_h755
