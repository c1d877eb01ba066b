// What is told of an update or a repair that has succeeded.
#pragma once

#include "cli/command.h"
#include "core/update/update.h"

namespace cli {

/// The last line is part of the interface (app/cli/README.md).
void show(Output& output, const updater::UpdateOutcome& outcome);

/// --timeout bounds every wait for the device.
updater::Deadlines deadlinesOf(const Command& command);

} // namespace cli
