// Releases that are linked for slot A only: staged in B, copied, repaired.
#include "flow.h"

#include <algorithm>

namespace power_loss {

using namespace contract;
using virtual_h755::FlashOperation;

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

/// Slot A runs it, slot B keeps it.
void runningOneLink(Scene& scene)
{
    runningFirst(scene);
    scene.update(Release::OneLink);
    scene.demand(scene.slotOf(Release::OneLink) == Slot::A, "it does not run from slot A");
}

template <Release release>
void updating(Scene& scene)
{
    scene.powerOn();
    scene.update(release);
}

void stagedAndReady(Scene& scene)
{
    runningFirst(scene);
    scene.install(Release::OneLink);
    scene.powerOff(); // before the copy
}

std::size_t erases(Scene& scene)
{
    const std::vector<FlashOperation>& history = scene.device().flash().history();
    return static_cast<std::size_t>(
        std::count_if(history.begin(), history.end(), [](const FlashOperation& operation) {
            return operation.kind == FlashOperation::Kind::Erase;
        }));
}

void copying(Scene& scene)
{
    scene.powerOn();
    scene.expectRunning(Release::OneLink);
    scene.demand(erases(scene) > 0, "nothing was copied");
    const std::size_t erasesBefore = erases(scene);
    scene.restart();
    scene.demand(erases(scene) == erasesBefore, "what slot A holds already was copied again");
}

/// Slot A is inactive: the release is written where it runs.
void writingDirectly(Scene& scene)
{
    scene.powerOn();
    scene.update(Release::OneLink);
    scene.demand(scene.look().held.has(Release::Second), "the fallback is gone");
}

template <Core core>
void damagedSlotA(Scene& scene)
{
    runningOneLink(scene);
    const Region& slot = scene.world().map().slot(core, Slot::A);
    scene.device().flash().damage(slot.address + 1024, virtual_h755::Cell::Bad);
}

void damagedBackup(Scene& scene)
{
    runningOneLink(scene);
    const Region& slot = scene.world().map().slot(Core::M7, Slot::B);
    scene.device().flash().damage(slot.address, virtual_h755::Cell::Bad);
}

void runningWithoutBackup(Scene& scene)
{
    scene.powerOn();
    scene.expectRunning(Release::OneLink);
    scene.update(Release::OneLinkNext);
}

/// Its backup is the same firmware, so there is nothing to go back to.
void copiedCrasher(Scene& scene)
{
    runningFirst(scene);
    scene.install(Release::OneLinkCrasher);
    scene.powerOff();
    scene.expected().reasons = notConfirmable;
}

void crashingAfterCopy(Scene& scene)
{
    scene.powerOn();
    scene.expectUpdateMode(UpdateReason::TrialFailed);
    scene.expected().mayRun = {Release::OneLinkCrasher};
    scene.update(Release::Second);
}

/// Without a journal slot A, which is valid, is not copied over.
void journalLostWithBackup(Scene& scene)
{
    runningOneLink(scene);
    const Region& journal = scene.world().map().journal;
    scene.device().flash().poke(journal.address, bundler::Bytes(journal.bytes, 0xFF));
}

void startingWithoutCopy(Scene& scene)
{
    scene.powerOn();
    scene.expectRunning(Release::OneLink);
    scene.demand(erases(scene) == 1, "more than the journal was erased");
    scene.restart();
}

constexpr SetOf<Geometry> all{Geometry::Tiny, Geometry::Minimal, Geometry::Product};
constexpr SetOf<Geometry> tinies{Geometry::Tiny, Geometry::Minimal};

const std::vector<Flow> flows{
    {"one link: staged in B, copied to A", all, runningFirst, updating<Release::OneLink>,
     Release::OneLink},
    {"one link: the copy alone", all, stagedAndReady, copying, Release::OneLink},
    {"one link: first installation", tinies, [](Scene&) {}, updating<Release::OneLink>,
     Release::OneLink},
    {"one link: written directly to A", tinies, runningSecond, writingDirectly, Release::OneLink},
    {"one link: over another one", tinies, runningOneLink, updating<Release::OneLinkNext>,
     Release::OneLinkNext},
    {"one link: M7 in A repaired from B", all, damagedSlotA<Core::M7>, copying, Release::Second},
    {"one link: M4 in A repaired from B", tinies, damagedSlotA<Core::M4>, copying, Release::Second},
    {"one link: backup in B rotted", tinies, damagedBackup, runningWithoutBackup,
     Release::OneLinkNext},
    {"one link: trial that crashes", tinies, copiedCrasher, crashingAfterCopy, Release::Second},
    {"one link: journal lost, nothing copied", tinies, journalLostWithBackup, startingWithoutCopy,
     Release::Second},
};

} // namespace

std::span<const Flow> copyFlows()
{
    return flows;
}

} // namespace power_loss
