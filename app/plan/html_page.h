// One page for people: verdict, units, times, failures. Complete in itself.
#pragma once

#include "plan/results.h"

namespace plan {

/// Long runs show their last steps only; all of them are in the other files.
std::string htmlPage(const Results& results);

} // namespace plan
