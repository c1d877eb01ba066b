// What goes wrong at rest or in the hardware: journal lost or not writable, sets rotted, a fault in
// the bootloader itself.
#include "flow.h"

#include "contract/hand_off.h"

namespace power_loss {

using namespace contract;
using virtual_h755::Cell;
using virtual_h755::FlashModel;

namespace {

void runningFirst(Scene& scene)
{
    scene.powerOn();
    scene.update(Release::First);
}

void runningSecond(Scene& scene)
{
    runningFirst(scene);
    scene.update(Release::Second);
}

void damageAll(FlashModel& flash, const Region& region)
{
    for (std::uint32_t address = region.address; address < region.end(); address += flashWordBytes)
        flash.damage(address, Cell::Bad);
}

enum class Loss : std::uint8_t { Blank, Unreadable, Nonsense };

/// The journal is gone; which set runs is no longer known, but one of them must.
template <Loss loss>
void journalLost(Scene& scene)
{
    runningSecond(scene);
    FlashModel& flash = scene.device().flash();
    const Region& journal = scene.world().map().journal;
    const bundler::Bytes bytes(journal.bytes, loss == Loss::Nonsense ? 0x3C : 0xFF);
    flash.poke(journal.address, bytes);
    if (loss == Loss::Unreadable) damageAll(flash, journal);
    scene.expected().mayRun = {Release::First, Release::Second};
}

void goingOn(Scene& scene)
{
    scene.powerOn();
    scene.demand(scene.settle() == Aftermath::End::Application, "no application");
    scene.update(Release::Plain);
}

/// Both slots unreadable: only USB is left.
void nothingValid(Scene& scene)
{
    runningSecond(scene);
    for (const Slot slot : slots)
        damageAll(scene.device().flash(), scene.world().map().slot(Core::M7, slot));
    scene.expected().mayRun = {};
    scene.expected().reasons = {UpdateReason::NoValidSet};
}

void reflashing(Scene& scene)
{
    scene.powerOn();
    scene.expectUpdateMode(UpdateReason::NoValidSet);
    scene.update(Release::Second);
}

void protectJournal(Scene& scene)
{
    OptionBytes& options = scene.device().flash().optionBytes();
    options.writeProtectionBank1 &= static_cast<std::uint8_t>(
        ~(1U << scene.world().map().sectorAt(scene.world().map().journal.address).number));
}

void protectedJournal(Scene& scene)
{
    runningFirst(scene);
    protectJournal(scene);
    scene.expected().canUpdate = false;
}

/// It runs what it has, says so, and refuses updates.
void refusing(Scene& scene)
{
    scene.powerOn();
    scene.expectRunning(Release::First);
    scene.enterUpdateMode();
    const bundler::SignedSet& second = scene.world()[Release::Second];
    bool isTaken = scene.host().begin(second);
    for (std::uint32_t block = 1; isTaken && block < second.header.totalBlocks(); ++block)
        isTaken = scene.host().sendBlock(second, block);
    scene.demand(!isTaken, "a download was taken");
    const bool isReported = scene.status().journalHealth == JournalHealth::ReadOnly;
    scene.reboot();
    scene.demand(scene.settle() == Aftermath::End::Application, "no application");
    scene.demand(scene.look().executed[0] == Release::First, "First does not run");
    scene.enterUpdateMode();
    scene.demand(isReported || scene.status().journalHealth == JournalHealth::ReadOnly,
                 "the journal's state is not reported");
}

/// Without a journal nothing can be confirmed, but a device without firmware takes some.
void installingWithoutJournal(Scene& scene)
{
    scene.powerOn();
    scene.install(Release::First);
    scene.demand(scene.settle() == Aftermath::End::Application, "no application");
    scene.demand(scene.look().executed[0] == Release::First, "First does not run");
}

void emptyWithProtectedJournal(Scene& scene)
{
    protectJournal(scene);
    scene.expected().canUpdate = false;
    scene.powerOn();
    (void)scene.settle();
}

void wornJournal(Scene& scene)
{
    runningFirst(scene);
    scene.wear(scene.world().map().journal);
    scene.expected().canUpdate = false;
}

void protectedSlot(Scene& scene)
{
    runningFirst(scene);
    const FlashMap& map = scene.world().map();
    const Sector last = map.sectorAt(map.slot(Core::M4, Slot::B).address);
    scene.device().flash().optionBytes().writeProtectionBank2 &=
        static_cast<std::uint8_t>(~(1U << last.number));
    scene.expected().canUpdate = false;
}

/// Somebody has protected a sector of the inactive slot: refused, and what runs goes on.
void refusingForSlot(Scene& scene)
{
    scene.powerOn();
    scene.enterUpdateMode();
    const bundler::SignedSet& second = scene.world()[Release::Second];
    scene.begin(Release::Second);
    bool isTaken = true;
    for (std::uint32_t block = 1; isTaken && block < second.header.totalBlocks(); ++block)
        isTaken = scene.host().sendBlock(second, block);
    scene.demand(!isTaken, "a download was taken");
    scene.reboot();
    scene.expectRunning(Release::First);
}

/// One bit in every eighth word has flipped, in the journal as well: corrected and counted.
void singleBitErrors(Scene& scene)
{
    runningFirst(scene);
    const FlashMap& map = scene.world().map();
    FlashModel& flash = scene.device().flash();
    for (std::uint32_t address = map.bootloader.end(); address < map.baseAddress + map.totalBytes();
         address += 8 * flashWordBytes) {
        if (flash.cellAt(address) == Cell::Programmed) flash.damage(address, Cell::OneBit);
    }
}

void updatingOverSingleBits(Scene& scene)
{
    scene.powerOn();
    scene.expectRunning(Release::First);
    scene.enterUpdateMode();
    scene.runMs(1000);
    scene.demand(scene.status().correctedEccErrors > 0, "nothing was corrected");
    scene.update(Release::Second);
}

/// The bootloader has faulted twice in a row.
void faulted(Scene& scene)
{
    runningFirst(scene);
    scene.device().board().setBackup(H755_BACKUP_FAULT_COUNT, 2);
}

void recoveringFromFault(Scene& scene)
{
    scene.powerOn();
    scene.expectUpdateMode(UpdateReason::FaultRepeated);
    scene.update(Release::Second);
}

constexpr SetOf<Geometry> all{Geometry::Tiny, Geometry::Minimal, Geometry::Product};
constexpr SetOf<Geometry> tinies{Geometry::Tiny, Geometry::Minimal};

const std::vector<Flow> flows{
    {"journal lost: blank", all, journalLost<Loss::Blank>, goingOn, Release::Plain},
    {"journal lost: unreadable", tinies, journalLost<Loss::Unreadable>, goingOn, Release::Plain},
    {"journal lost: nonsense", tinies, journalLost<Loss::Nonsense>, goingOn, Release::Plain},
    {"both sets invalid, flashed again", all, nothingValid, reflashing, Release::Second},
    {"journal write-protected", all, protectedJournal, refusing, Release::First},
    {"journal worn out", tinies, wornJournal, refusing, Release::First},
    {"first installation without a journal", tinies, emptyWithProtectedJournal,
     installingWithoutJournal, Release::First},
    {"slot write-protected", tinies, protectedSlot, refusingForSlot, Release::First},
    {"single-bit errors everywhere", tinies, singleBitErrors, updatingOverSingleBits,
     Release::Second},
    {"fault in the bootloader's own start", all, faulted, recoveringFromFault, Release::Second},
};

} // namespace

std::span<const Flow> faultFlows()
{
    return flows;
}

} // namespace power_loss
