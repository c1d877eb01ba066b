// What the customer's window shows: a pure decision over everything that is known.
#pragma once

#include "core/update/update.h"
#include "gui/bus_snapshot.h"

#include <memory>

namespace gui {

/// One picture, one sentence, one button each (experience.md).
enum class Scene : std::uint8_t {
    Looking, ///< the first look at the bus, or a new release that is just proving itself
    NothingConnected,
    ChooseDevice, ///< several, and nobody has said which
    UpToDate,     ///< also a device for which no release has been opened
    UpdateAvailable,
    Updating,
    ConnectionLost,
    NeedsRepair, ///< waits in update mode
    Done,
    Problem,
};

/// Everything that the window knows.
struct Situation {
    bool hasLooked = false; ///< `bus` is known
    BusSnapshot bus;
    std::shared_ptr<const updater::VerifiedBundle> release;
    std::optional<updater::ProgressReport> running; ///< an update, from the click to its end
    bool isCancelling = false;
    std::optional<updater::UpdateOutcome> outcome; ///< of the last update, until it is put away
    std::optional<updater::Error> failure;         ///< of the last update or file, likewise
};

Scene sceneOf(const Situation& situation);

/// Why the opened release is not for the chosen device, if it is not.
std::optional<updater::Error> refusalOf(const Situation& situation);

/// The release that the chosen device runs, if it tells one.
std::optional<contract::Version> runningVersion(const Situation& situation);

/// True if the opened release is older than the running one.
bool isOlder(const Situation& situation);

} // namespace gui
