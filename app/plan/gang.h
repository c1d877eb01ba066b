// All units side by side, a thread for each: one bad unit never stops the others.
#pragma once

#include "plan/bench.h"
#include "plan/result_folder.h"

namespace plan {

/// Sees what happens, from the units' threads.
class GangView {
public:
    virtual ~GangView() = default;

    virtual void stepBegan(std::size_t unit, const std::string& path, const std::string& name) = 0;
    virtual void stepEnded(std::size_t unit, const StepResult& result) = 0;
    virtual void unitEnded(std::size_t unit, const UnitResult& result) = 0;
};

struct GangTools {
    const Plan& plan;
    const DeviceProgram& program;
    Bench& bench;
    ResultFolder& folder;
    GangView& view;
    std::uint64_t seed = 0;
};

/// One unit's whole plan. Fails only if its results cannot be written.
Result<UnitResult> runUnit(const GangTools& tools, std::size_t number, const Unit& unit,
                           const std::stop_token& stop);

struct GangLimits {
    unsigned jobs = 0;           ///< at most so many units at once; 0: all
    std::uint64_t timeoutMs = 0; ///< for the whole run; 0: none
};

/// Runs the plan on all units of the folder's run, and writes the verdict. Fails with
/// FileNotWritable only; everything else is in the verdict.
Result<Verdict> runGang(const GangTools& tools, const GangLimits& limits,
                        const std::stop_token& stop);

} // namespace plan
