// h755ctl as a program of its own, for each thing that is done to a device: what is tested is what
// people run, its exit code is real, and it can be killed.
#pragma once

#include "core/rescue/child_process.h"

#include <nlohmann/json.hpp>

namespace plan {

using updater::Result;

struct Phase {
    std::string name; ///< an activity of "progress", such as "sending"
    std::uint64_t ms = 0;
};

/// What a line of progress says.
struct Progress {
    std::string activity;
    std::uint64_t blocksSent = 0;
};
using Watcher = std::function<updater::ChildFate(const Progress&)>;

struct ProgramRun {
    int exitCode = 0;        ///< 128 + the signal's number if a signal ended it
    std::string errorLabel;  ///< "HX-0603"; empty without an error
    std::string errorDetail; ///< cause and detail
    std::uint64_t ms = 0;
    std::vector<Phase> phases; ///< in the order in which they began; one entry for each name
    std::uint64_t blocksSent = 0;
    std::uint64_t totalBlocks = 0;
    bool sawDeviceGone = false;
    std::vector<nlohmann::json> lines; ///< what else it said in JSON
    std::string said;                  ///< all of it, for the log
};

class DeviceProgram {
public:
    /// `program`: its absolute path and what comes before every command.
    explicit DeviceProgram(std::vector<std::string> program) : m_program(std::move(program)) {}

    /// Runs one command with --json and --timeout. Fails only if it cannot be started, had to be
    /// stopped after its own time-out and then some, or is cancelled.
    Result<ProgramRun> run(const std::vector<std::string>& arguments, std::uint64_t timeoutMs,
                           const std::stop_token& stop, const Watcher& watcher = {}) const;

private:
    std::vector<std::string> m_program;
};

} // namespace plan
