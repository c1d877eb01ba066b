// What a unit says of itself, through `h755ctl info`.
#pragma once

#include "plan/device_program.h"
#include "plan/plan.h"
#include "plan/unit.h"

namespace plan {

struct DeviceState {
    std::string mode;
    std::string slot;
    std::string version;
    std::string state;
    std::string setId;

    bool operator==(const DeviceState&) const = default;
    /// "1.1.0, confirmed, in slot B, application".
    std::string text() const;
};

/// From what `info` has said. ReplyMalformed if there is no state in it.
Result<DeviceState> stateIn(const ProgramRun& run);

/// Why the state is not what a step expects; empty if it is.
std::string differenceFrom(const Expectation& expect, const DeviceState& state);

/// Waits until the unit is on the bus, or is not; false if it stays otherwise.
Result<bool> waitForPresence(const DeviceProgram& program, const Unit& unit, bool isPresent,
                             std::uint64_t timeoutMs, const std::stop_token& stop);

/// Every device of ours on the bus.
Result<std::vector<Unit>> connectedUnits(const DeviceProgram& program, const std::stop_token& stop);

/// Sleeps, and wakes up when asked to stop.
void sleepFor(std::uint64_t ms, const std::stop_token& stop);

} // namespace plan
