// Installing, updating, resuming: what a host does.
#include "flow.h"

namespace power_loss {

using namespace contract;

namespace {

void empty(Scene&)
{
}

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

template <Release release>
void updating(Scene& scene)
{
    scene.powerOn();
    scene.update(release);
}

/// The host goes away after half of the blocks.
void halfOfSecond(Scene& scene)
{
    runningFirst(scene);
    scene.enterUpdateMode();
    scene.begin(Release::Second);
    scene.sendBlocks(Release::Second, scene.world()[Release::Second].header.totalBlocks() / 2);
    scene.runMs(3000);
}

/// The power goes after each sector in turn; every session resumes the one before.
void resuming(Scene& scene)
{
    const std::size_t blocksPerSector = scene.world().map().sectorBytes / streamBlockBytes;
    std::size_t sent = 0;
    for (int session = 0; session < 16; ++session) {
        scene.powerOn();
        scene.enterUpdateMode();
        scene.begin(Release::Second);
        const auto missing = scene.host().missing(scene.world()[Release::Second]);
        scene.demand(missing.has_value(), "GET_MISSING");
        const std::size_t left = missing->size();
        const std::size_t slotData = scene.world()[Release::Second].header.slotDataBlocks();
        if (left <= 2 * blocksPerSector + slotData) break;
        scene.demand(session == 0 || left < sent, "nothing was resumed");
        sent = left;
        scene.sendBlocks(Release::Second, slotData + 2 * blocksPerSector);
        scene.runMs(3000); // until what was taken is written
        scene.powerOff();
    }
    scene.sendBlocks(Release::Second);
    scene.activate(Release::Second);
    scene.reboot();
    scene.expectRunning(Release::Second);
    scene.restart();
}

/// Downloads until the next one must compact.
void nearlyFullJournal(Scene& scene)
{
    constexpr std::uint32_t reservedWords = 256;
    const std::uint32_t words = scene.world().map().journalWords();
    runningFirst(scene);
    for (int i = 0; i < 40; ++i) {
        scene.enterUpdateMode();
        const std::uint32_t left = words - scene.status().journalWordsUsed;
        scene.reboot();
        (void)scene.settle();
        if (left < reservedWords) return;
        scene.update(i % 2 == 0 ? Release::Second : Release::First);
    }
    throw FlowBroken("the journal does not fill up");
}

void refuseMisplacedBlock(Scene& scene)
{
    scene.powerOn();
    scene.enterUpdateMode();
    scene.begin(Release::Second);
    const bundler::SignedSet& second = scene.world()[Release::Second];
    scene.sendBlocks(Release::Second, second.header.totalBlocks() / 2);
    scene.demand(!scene.host().sendBlock(second, second.header.totalBlocks() - 1),
                 "a block that jumps was taken");
    scene.update(Release::Plain);
}

/// A word of what was written becomes unreadable before the final verification.
void checkThatFails(Scene& scene)
{
    scene.powerOn();
    scene.enterUpdateMode();
    scene.begin(Release::Second);
    const bundler::SignedSet& second = scene.world()[Release::Second];
    const auto blocks = scene.host().missing(second);
    scene.demand(blocks && blocks->size() > 2, "GET_MISSING");
    scene.sendBlocks(Release::Second, blocks->size() - 1);
    scene.runMs(1500);
    const std::uint32_t victim = scene.world().map().slot(Core::M7, Slot::B).address;
    scene.device().flash().damage(victim, virtual_h755::Cell::Bad);
    scene.demand(!scene.host().sendBlock(second, blocks->back()), "the check has passed");
    scene.update(Release::Second);
}

/// The flash reports an error in the middle, as a worn cell makes it do.
void programThatFails(Scene& scene)
{
    scene.powerOn();
    scene.device().flash().failIn(scene.world().map().slot(Core::M4, Slot::B), 2);
    scene.enterUpdateMode();
    scene.begin(Release::Second);
    bool isTaken = true;
    for (std::uint32_t block = 1; isTaken && block < 200; ++block) {
        isTaken = block < scene.world()[Release::Second].header.totalBlocks() &&
                  scene.host().sendBlock(scene.world()[Release::Second], block);
    }
    scene.demand(!isTaken, "no block was refused");
    scene.update(Release::Second);
}

/// The floor has risen: the fallback stays, but nobody can go back by choice.
void raisingTheFloor(Scene& scene)
{
    scene.powerOn();
    scene.update(Release::Third);
    scene.enterUpdateMode();
    scene.demand(scene.status().floorCounter == 2, "the floor has not risen");
    scene.demand(!scene.host().selectSet(scene.slotOf(Release::First)), "SELECT_SET below it");
    scene.demand(!scene.host().begin(scene.world()[Release::Second]), "a download below it");
    scene.reboot();
    scene.expectRunning(Release::Third);
}

void raisedFloor(Scene& scene)
{
    runningFirst(scene);
    scene.update(Release::Third);
}

void onlyTrial(Scene& scene)
{
    scene.powerOn();
    scene.install(Release::Silent);
    scene.expected().reasons = notConfirmable;
}

/// Its only set must survive the download of another one.
void updateOverOnlyTrial(Scene& scene)
{
    scene.powerOn();
    scene.runMs(500);
    scene.install(Release::First);
    scene.expectRunning(Release::First);
    scene.restart();
}

void unconfirmedTrial(Scene& scene)
{
    runningFirst(scene);
    scene.install(Release::Silent);
}

void updateOverTrial(Scene& scene)
{
    scene.powerOn();
    scene.runMs(500);
    scene.demand(scene.look().executed[0] == Release::Silent, "the trial does not run");
    scene.update(Release::Second);
}

constexpr SetOf<Geometry> small{Geometry::Small, Geometry::Product};
constexpr SetOf<Geometry> all{Geometry::Tiny, Geometry::Minimal, Geometry::Product};
constexpr SetOf<Geometry> tinies{Geometry::Tiny, Geometry::Minimal};

const std::vector<Flow> flows{
    {"first installation", all, empty, updating<Release::First>, Release::First},
    {"update, A to B", all, runningFirst, updating<Release::Second>, Release::Second},
    {"update, B to A", all, runningSecond, updating<Release::First>, Release::First},
    {"update over half of another", all, halfOfSecond, updating<Release::Plain>, Release::Plain},
    {"update, resumed after each sector", small, runningFirst, resuming, Release::Second},
    {"update that compacts a full journal",
     {Geometry::Small},
     nearlyFullJournal,
     updating<Release::Plain>,
     Release::Plain},
    {"update that does not compact", small, runningFirst, updating<Release::Second>,
     Release::Second},
    {"update to a release without confirm", tinies, runningFirst, updating<Release::Plain>,
     Release::Plain},
    {"update to the next key", tinies, runningFirst, updating<Release::Rekeyed>, Release::Rekeyed},
    {"update that raises the floor", all, runningFirst, raisingTheFloor, Release::Third},
    {"update above a raised floor", tinies, raisedFloor, updating<Release::Rekeyed>,
     Release::Rekeyed},
    {"update while the only set is on trial", all, onlyTrial, updateOverOnlyTrial, Release::First},
    {"update over an unconfirmed trial", all, unconfirmedTrial, updateOverTrial, Release::Second},
    {"download refused half-way", all, runningFirst, refuseMisplacedBlock, Release::Plain},
    {"final verification fails, tried again", all, runningFirst, checkThatFails, Release::Second},
    {"flash error while writing, tried again", tinies, runningFirst, programThatFails,
     Release::Second},
};

} // namespace

std::span<const Flow> updateFlows()
{
    return flows;
}

} // namespace power_loss
