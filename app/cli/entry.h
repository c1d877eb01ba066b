// h755ctl's main as a function: `h755-updater --headless` is the same program.
#pragma once

#include <string>
#include <vector>

namespace cli {

/// Runs the command on the real bus and the real streams; returns the exit code. `prefix` is what
/// this very program takes before the arguments of h755ctl, for when it starts itself again.
int runOnBus(std::vector<std::string> arguments, std::vector<std::string> prefix = {});

} // namespace cli
