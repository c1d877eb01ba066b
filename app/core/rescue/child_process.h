// Runs another program to its end: no shell, no search path, no descriptor or variable of ours.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <vector>

namespace updater {

struct ChildCommand {
    std::filesystem::path program; ///< absolute
    std::vector<std::string> arguments;
    std::filesystem::path folder; ///< it works there
    std::uint64_t timeoutMs = 0;
};

struct ChildResult {
    int exitCode = 0;   ///< 128 + the signal's number if a signal has ended it
    std::string output; ///< both streams as they came; what is beyond 1 MiB is dropped
};

/// ProgrammerMissing if it cannot be started, OverallTimeout, Cancelled. However it ends, nothing
/// of the program's process group goes on running.
Result<ChildResult> runChild(const ChildCommand& command, const std::stop_token& stop);

} // namespace updater
