// Reads a plan with everything that it includes. Never stops at the first mistake: a lint that
// tells one of ten makes ten rounds.
#pragma once

#include "plan/plan.h"
#include "plan/plan_problem.h"

#include <map>
#include <variant>

namespace plan {

/// Values from the command line, which win over the plan's own.
using GivenVariables = std::map<std::string, std::string>;

/// The plan, or all of its mistakes.
std::variant<Plan, Problems> readPlan(const std::filesystem::path& path,
                                      const GivenVariables& given);

/// plan.schema.json: the JSON Schema that plans are written by.
std::string_view planSchema();
/// record.schema.json: of the lines in record.jsonl.
std::string_view recordSchema();

} // namespace plan
