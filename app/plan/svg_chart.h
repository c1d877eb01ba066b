// Charts as inline SVG: no script, no font and no picture from elsewhere.
#pragma once

#include "plan/statistics.h"

namespace plan {

/// For each phase a bar from nothing to p50, with marks at p95 and p99.
std::string phaseChart(const std::vector<PhaseQuantiles>& phases);

struct Point {
    std::uint64_t ms = 0;
    bool isFailure = false;
};

/// One dot for each execution, in their order; at most some hundred, each then the slowest of its
/// neighbours.
std::string durationChart(const std::vector<Point>& points);

} // namespace plan
