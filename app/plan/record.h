// Records: one JSON object a line, as record.schema.json describes them.
#pragma once

#include "core/report/json_line.h"
#include "plan/results.h"

namespace plan {

updater::JsonLine recordOf(const RunFacts& run);
updater::JsonLine recordOf(const StepResult& step);
updater::JsonLine recordOf(const UnitResult& unit);
/// The last one, with what the whole run comes to.
updater::JsonLine recordOf(const Verdict& verdict, const Results& results);

/// What `record.jsonl` tells, its chain checked line by line. A last line that a crash has cut off
/// is left out; any other fault is RecordsChanged, and the detail says where. FileNotReadable.
Result<Results> readRecords(const std::filesystem::path& file);

} // namespace plan
