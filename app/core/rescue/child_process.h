// Runs another program to its end: no shell, no search path, no descriptor of ours.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <vector>

namespace updater {

/// What to do with a program after it has said something: let it go on, or SIGKILL.
enum class ChildFate : std::uint8_t { GoesOn, Killed };

struct ChildCommand {
    std::filesystem::path program; ///< absolute
    std::vector<std::string> arguments;
    std::filesystem::path folder; ///< it works there
    std::uint64_t timeoutMs = 0;
    /// Nothing of ours, which is the default, or everything: a simulated bus lives in variables.
    bool keepsVariables = false;
    /// Gets each piece of output as it comes, if set; may be called with half a line.
    std::function<ChildFate(std::string_view)> listener = {};
};

struct ChildResult {
    int exitCode = 0;   ///< 128 + the signal's number if a signal has ended it
    std::string output; ///< both streams as they came; what is beyond 1 MiB is dropped
};

/// ProgrammerMissing if it cannot be started, OverallTimeout, Cancelled. However it ends, nothing
/// of the program's process group goes on running.
Result<ChildResult> runChild(const ChildCommand& command, const std::stop_token& stop);

} // namespace updater
