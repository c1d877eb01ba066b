// One step of a plan from its JSON, with every variable filled in already.
#pragma once

#include "plan/field_reader.h"

namespace plan {

/// What a step takes over from its plan.
struct StepSurroundings {
    std::filesystem::path folder; ///< of the plan: files are looked for there first
    std::uint64_t timeoutMs = 0;
};

/// Everything but the steps inside "repeat", which the plan's reader adds. `json` must be an
/// object that says "do".
Step readStep(const nlohmann::json& json, const Place& place, const StepSurroundings& around,
              Problems& problems);

} // namespace plan
