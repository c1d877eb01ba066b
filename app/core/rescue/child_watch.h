// What every system watches of a running child: its output, its time, and whether it is to end.
#pragma once

#include "core/rescue/child_process.h"

#include <chrono>

namespace updater {

/// How long a look at a child waits for something new.
constexpr std::chrono::milliseconds childSlice{20};

/// What the program has said so far.
struct Heard {
    const std::function<ChildFate(std::string_view)>& listener;
    std::string output = {}; ///< at most 1 MiB
    ChildFate fate = ChildFate::GoesOn;
    std::size_t bytes = 0; ///< those included that were dropped

    void take(std::string_view text);
};

/// ProgrammerMissing if its path is not absolute, Cancelled.
Result<> checkBeforeStart(const ChildCommand& command, const std::stop_token& stop);

/// Calls `listen`, which reads or waits for a slice of time, until the program has ended or is to
/// end. OverallTimeout, Cancelled.
Result<> watchChild(const ChildCommand& command, const std::function<bool()>& hasEnded,
                    const Heard& heard, const std::function<void()>& listen,
                    const std::stop_token& stop);

} // namespace updater
