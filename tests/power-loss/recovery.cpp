#include "recovery.h"

namespace power_loss {

using namespace contract;
using End = Aftermath::End;

namespace {

/// GET_STATUS in update mode, whichever way the device gets there.
void ask(Scene& scene, Aftermath& found)
{
    scene.enterUpdateMode();
    const auto status = scene.host().deviceStatus();
    scene.demand(status.has_value(), "GET_STATUS");
    found.floor = Level{status->floorKeyIndex, status->floorCounter};
    found.isJournalReadable = status->journalHealth == JournalHealth::Good;
    if (found.end == End::UpdateMode) found.reason = status->updateReason;
}

void followUp(Scene& scene, const Recovery& recovery, Aftermath& found)
try {
    ask(scene, found);
    if (!recovery.updates || !scene.expected().canUpdate) return;
    scene.expected().floor = *found.floor;
    scene.update(recovery.target);
    found.hasUpdated = true;
} catch (const FlowBroken& broken) {
    found.hasUpdated = false;
    found.trouble = broken.what();
}

} // namespace

Aftermath recover(Scene& scene, const Recovery& recovery)
{
    Aftermath found;
    try {
        scene.powerOn(recovery.cause);
        const End end = scene.settle();
        found = scene.look();
        found.end = end;
        if (end != End::Loop) followUp(scene, recovery, found);
    } catch (const std::exception& broken) {
        found.violation = broken.what();
    }
    return found;
}

} // namespace power_loss
