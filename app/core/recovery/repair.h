// Does what a diagnosis offers. Each repair is a goal for the update loop: it is resumed after a
// cut or an unplug like any update, and its success is only what the device reports.
#pragma once

#include "core/recovery/diagnosis.h"
#include "core/update/update.h"

namespace updater {

/// `release` may be null for Start and StartOther; else BadArguments. NotAllowed if the device no
/// longer offers what the repair starts from.
Result<UpdateOutcome> repair(Repair repair, UsbTransport& transport, const DeviceSelector& selector,
                             const VerifiedBundle* release, Progress& progress,
                             const std::stop_token& stop, const Deadlines& deadlines);

} // namespace updater
