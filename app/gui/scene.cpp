#include "gui/scene.h"

namespace gui {
namespace {

using contract::RuntimeStatus;
using contract::SlotState;

const RuntimeStatus* applicationOf(const Situation& situation)
{
    return std::get_if<RuntimeStatus>(&situation.bus.chosen);
}

Scene sceneOfApplication(const Situation& situation, const RuntimeStatus& application)
{
    if (application.state == SlotState::Trial) return Scene::Looking;
    if (!situation.release) return Scene::UpToDate;
    if (refusalOf(situation)) return Scene::Problem;
    const bool runsIt = application.state == SlotState::Confirmed &&
                        application.setId == situation.release->streamHeader().setId;
    return runsIt ? Scene::UpToDate : Scene::UpdateAvailable;
}

Scene sceneOfDevice(const Situation& situation)
{
    if (situation.bus.problem) return Scene::Problem;
    if (situation.bus.devices.empty()) return Scene::NothingConnected;
    if (situation.bus.chosenId.empty()) return Scene::ChooseDevice;
    if (std::holds_alternative<updater::NotConnected>(situation.bus.chosen))
        return Scene::NothingConnected;
    if (const RuntimeStatus* application = applicationOf(situation))
        return sceneOfApplication(situation, *application);
    return refusalOf(situation) ? Scene::Problem : Scene::NeedsRepair;
}

} // namespace

Scene sceneOf(const Situation& situation)
{
    if (situation.running) {
        const bool isAway = situation.running->activity == updater::Activity::WaitingForDevice;
        return isAway ? Scene::ConnectionLost : Scene::Updating;
    }
    if (situation.failure) return Scene::Problem;
    if (situation.outcome) return Scene::Done;
    return situation.hasLooked ? sceneOfDevice(situation) : Scene::Looking;
}

std::optional<updater::Error> refusalOf(const Situation& situation)
{
    if (!situation.release) return std::nullopt;
    const auto step = updater::nextStep(situation.bus.chosen, updater::factsOf(*situation.release));
    return step ? std::nullopt : std::optional(step.error());
}

std::optional<contract::Version> runningVersion(const Situation& situation)
{
    const RuntimeStatus* application = applicationOf(situation);
    if (application == nullptr || application->state == SlotState::Empty) return std::nullopt;
    return application->releaseVersion;
}

bool isOlder(const Situation& situation)
{
    const std::optional<contract::Version> running = runningVersion(situation);
    return running && situation.release &&
           situation.release->streamHeader().releaseVersion < *running;
}

} // namespace gui
