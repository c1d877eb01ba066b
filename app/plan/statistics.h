// Times of many runs in a few numbers.
#pragma once

#include "plan/results.h"

namespace plan {

struct Quantiles {
    std::uint64_t count = 0;
    std::uint64_t p50 = 0;
    std::uint64_t p95 = 0;
    std::uint64_t p99 = 0;
    std::uint64_t most = 0;
};

/// By nearest rank: each number is one that was measured. All zero without values.
Quantiles quantilesOf(std::vector<std::uint64_t> values);

struct PhaseQuantiles {
    std::string phase; ///< "update" for whole steps, "update/sending" for a phase of them
    Quantiles ms;
};

/// Of the steps that passed, in the order in which they and their phases first appear.
std::vector<PhaseQuantiles> phaseQuantiles(const std::vector<StepResult>& steps);

/// Percent of the units that passed, rounded down; 0 without units.
std::uint64_t yieldPercent(const std::vector<UnitResult>& units);

} // namespace plan
