// Spreads tasks over processes, so that one that crashes is a failure and not the end.
#pragma once

#include "tally.h"

#include <functional>

namespace power_loss {

using Task = std::function<Tally()>;

/// Runs every task in a process of its own, at most `processes` at a time, in order. `done` gets
/// each task's number and tally.
void runTasks(const std::vector<Task>& tasks, unsigned processes,
              const std::function<void(std::size_t, const Tally&)>& done);

} // namespace power_loss
