// Runs the command that is to see the virtual devices.
#pragma once

#include <string>
#include <vector>

namespace virtual_h755 {

/// Restarts this program under umockdev's preload library unless it runs there already: uevents
/// look at the mock sysfs through it. Throws std::runtime_error if that fails.
void enterMockEnvironment(char** arguments);

/// Blocks the signals that `runCommand` waits for. Call before any thread starts.
void blockCommandSignals();

/// Runs the command, which inherits the preload library, forwards SIGINT and SIGTERM to it, and
/// returns its exit status: 128 + n if signal n ended it, 127 if it cannot be started.
int runCommand(const std::vector<std::string>& command);

} // namespace virtual_h755
