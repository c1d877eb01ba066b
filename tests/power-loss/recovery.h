// What every cut is followed by: a restart, a look at what came of it, and a normal update.
#pragma once

#include "scene.h"

namespace power_loss {

struct Recovery {
    Release target;
    contract::ResetCause cause = contract::ResetCause::PowerOn;
    bool updates = true; ///< try the update, too
};

/// Switches the scene's device on and follows it. Never throws for what the device does.
Aftermath recover(Scene& scene, const Recovery& recovery);

} // namespace power_loss
