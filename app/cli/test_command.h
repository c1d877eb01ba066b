// `h755ctl test`: a plan on all units, or what can be said of a plan without any.
#pragma once

#include "cli/output.h"
#include "core/result.h"

#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <vector>

namespace cli {

struct TestOptions {
    std::vector<std::string> program; ///< this one, to do with each unit what a step says
    std::filesystem::path plan;
    std::filesystem::path out;     ///< folder of the results
    std::filesystem::path fixture; ///< what is at which port and how it is switched
    std::filesystem::path retryFailed;
    std::filesystem::path checkRecords;
    std::filesystem::path rebuild;
    std::string target;
    std::string station;
    std::string operatorName;
    std::vector<std::string> variables; ///< NAME=VALUE
    std::vector<std::string> units;     ///< ids or ports; none: all that are connected
    std::optional<std::uint64_t> seed;
    std::uint64_t timeoutMs = 0; ///< for the whole run; 0: none
    unsigned jobs = 0;
    bool lints = false;
    bool isDry = false;
    bool showsSchema = false;
    bool showsRecordSchema = false;
};

/// Runs the plan, or checks plan or records. TestFailed, PlanInvalid, RecordsChanged and whatever
/// keeps a run from beginning.
updater::Result<> test(Output& output, const TestOptions& options, const std::stop_token& stop);

} // namespace cli
