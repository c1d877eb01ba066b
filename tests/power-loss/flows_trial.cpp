// Trials: confirmed, failed, chosen, interrupted.
#include "flow.h"

#include "contract/hand_off.h"

namespace power_loss {

using namespace contract;
using virtual_h755::Cell;

namespace {

template <Release release>
void ready(Scene& scene)
{
    scene.powerOn();
    scene.update(Release::First);
    scene.install(release);
    scene.powerOff(); // before its first start has begun
}

template <ResetCause cause>
void confirming(Scene& scene)
{
    scene.expected().tolerated = {UpdateReason::DoubleReset};
    scene.powerOn(cause);
    scene.expectRunning(Release::Second);
    scene.restart(cause == ResetCause::Pin ? ResetCause::Software : cause);
}

void reverting(Scene& scene)
{
    scene.powerOn();
    scene.expectRunning(Release::First);
    scene.restart();
}

/// The fallback has rotted while the trial fails: nothing to go back to, so the device asks.
void fallbackRotted(Scene& scene)
{
    ready<Release::Crasher>(scene);
    const std::uint32_t victim =
        scene.world().map().slot(Core::M4, scene.slotOf(Release::First)).address;
    scene.device().flash().damage(victim, Cell::Bad);
    scene.expected().mayRun = {Release::Crasher};
    scene.expected().reasons = notConfirmable;
}

void trialFails(Scene& scene)
{
    scene.powerOn();
    scene.expectUpdateMode(UpdateReason::TrialFailed);
    scene.update(Release::Second);
}

/// Both sets confirmed; Second runs.
void twoSets(Scene& scene)
{
    scene.powerOn();
    scene.update(Release::First);
    scene.update(Release::Second);
}

void goingBack(Scene& scene)
{
    scene.powerOn();
    scene.selectSet(Release::First);
    scene.expectRunning(Release::First);
    scene.restart();
    scene.selectSet(Release::Second);
    scene.expectRunning(Release::Second);
    scene.restart();
}

/// Before the first erase the other set can still be chosen; afterwards it is gone, and the
/// download goes on.
void selectingDuringDownload(Scene& scene)
{
    scene.powerOn();
    const Slot slotOfFirst = scene.slotOf(Release::First);
    scene.enterUpdateMode();
    scene.begin(Release::Plain);
    scene.selectSet(Release::First);
    scene.expectRunning(Release::First);
    scene.selectSet(Release::Second);
    scene.expectRunning(Release::Second);
    scene.enterUpdateMode();
    scene.begin(Release::Plain);
    scene.sendBlocks(Release::Plain, 3);
    scene.demand(!scene.host().selectSet(slotOfFirst), "SELECT_SET of what is being written");
    scene.begin(Release::Plain);
    scene.sendBlocks(Release::Plain);
    scene.activate(Release::Plain);
    scene.reboot();
    scene.expectRunning(Release::Plain);
}

/// A customer who pulls the plug during every trial start.
void unplugging(Scene& scene)
{
    for (int start = 0; start < 8; ++start) {
        scene.powerOn();
        scene.runMs(100);
        scene.demand(scene.look().executed[0] == Release::Second, "the trial was given up early");
        scene.powerOff();
    }
    scene.powerOn();
    scene.expectRunning(Release::First);
    scene.restart();
}

std::uint32_t ticketAddress(Scene& scene)
{
    return scene.device().board().backup(H755_BACKUP_TICKET_ADDRESS);
}

/// Two of the four words where the Confirm may go are no good.
void confirmingBesideBadWords(Scene& scene)
{
    scene.powerOn();
    const std::uint32_t address = ticketAddress(scene);
    scene.demand(address != 0, "no ticket");
    scene.device().flash().damage(address, Cell::Bad);
    scene.device().flash().damage(address + flashWordBytes, Cell::WeakBlank);
    scene.expectRunning(Release::Second);
    scene.restart();
}

/// Firmware that has kept the ticket of its trial and uses it whenever it runs again: what
/// boot-client would do with it, into the first word that reads blank.
void useTicket(Scene& scene, std::uint32_t address, const virtual_h755::BackupRegisters& kept)
{
    virtual_h755::FlashModel& flash = scene.device().flash();
    ByteArray<flashWordBytes> word{};
    Encoder encoder{word};
    for (unsigned i = 0; i < flashWordBytes / 4; ++i)
        encoder(kept[H755_BACKUP_TICKET_WORD + i]);
    for (std::uint32_t i = 0; i < H755_TICKET_TRIES; ++i) {
        ByteArray<flashWordBytes> found{};
        const std::uint32_t place = address + i * flashWordBytes;
        if (flash.read(place, found) != boot::ReadResult::Blank) continue;
        flash.startProgram(place, word);
        scene.runMs(1);
        return;
    }
    throw FlowBroken("no word is left for the stale ticket");
}

/// Silent fails its trial; the ticket that it got last is used after the revert.
void usingStaleTicket(Scene& scene)
{
    scene.powerOn();
    scene.device().reset(ResetCause::Watchdog); // the second and last trial start
    scene.demand(scene.look().executed[0] == Release::Silent, "no second trial");
    const std::uint32_t address = ticketAddress(scene);
    const virtual_h755::BackupRegisters kept = scene.device().board().backupRegisters();
    scene.device().reset(ResetCause::Watchdog);
    scene.expectRunning(Release::First);
    useTicket(scene, address, kept);
    scene.restart();
    scene.update(Release::Second);
}

constexpr SetOf<Geometry> all{Geometry::Tiny, Geometry::Minimal, Geometry::Product};
constexpr SetOf<Geometry> tinies{Geometry::Tiny, Geometry::Minimal};
constexpr Release second = Release::Second;

const std::vector<Flow> flows{
    {"trial and confirm", all, ready<second>, confirming<ResetCause::PowerOn>, second},
    {"trial, restarts by unknown cause", tinies, ready<second>, confirming<ResetCause::Unknown>,
     second, ResetCause::Unknown},
    {"trial, restarts by pin", tinies, ready<second>, confirming<ResetCause::Pin>, second,
     ResetCause::Pin},
    {"trial, restarts by software", tinies, ready<second>, confirming<ResetCause::Software>, second,
     ResetCause::Software},
    {"trial, restarts by watchdog", tinies, ready<second>, confirming<ResetCause::Watchdog>, second,
     ResetCause::Watchdog},
    {"trial, restarts by fault", tinies, ready<second>, confirming<ResetCause::Fault>, second,
     ResetCause::Fault},
    {"confirm beside damaged words", tinies, ready<second>, confirmingBesideBadWords, second},
    {"trial that crashes reverts", all, ready<Release::Crasher>, reverting, second},
    {"trial that hangs reverts", tinies, ready<Release::Hanger>, reverting, second},
    {"trial that is never confirmed reverts", tinies, ready<Release::Silent>, reverting, second},
    {"revert with a rotted fallback", tinies, fallbackRotted, trialFails, second},
    {"unplugged during eight trial starts", all, ready<second>, unplugging, second},
    {"stale ticket after a revert", tinies, ready<Release::Silent>, usingStaleTicket, second},
    {"SELECT_SET there and back", all, twoSets, goingBack, second},
    {"SELECT_SET during a download", tinies, twoSets, selectingDuringDownload, Release::Plain},
};

} // namespace

std::span<const Flow> trialFlows()
{
    return flows;
}

} // namespace power_loss
