// Performs one step on one unit and judges it.
#pragma once

#include "plan/bench.h"
#include "plan/device_state.h"
#include "plan/random_source.h"
#include "plan/results.h"

namespace plan {

/// What a unit's steps work with.
struct StepTools {
    const DeviceProgram& program;
    Bench& bench;
    std::filesystem::path folder; ///< for files that steps make
    std::function<void(std::string_view)> log;
    std::stop_token stop;
};

class StepRunner {
public:
    StepRunner(StepTools tools, Unit unit, std::uint64_t seed);

    /// Everything but "repeat". Fills in what was found; path, cycle and variant are the caller's.
    StepResult perform(const Step& step);

    const Unit& unit() const { return m_unit; }

private:
    void dispatch(const Step& step, StepResult& result);
    void update(const Step& step, StepResult& result);
    void mustFail(const Step& step, StepResult& result);
    void mustRevert(const Step& step, StepResult& result);
    void provision(const Step& step, StepResult& result);
    void simple(const Step& step, StepResult& result, const std::vector<std::string>& arguments);
    void handle(const Step& step, StepResult& result);
    void rotSector(const Step& step, StepResult& result);
    void command(const Step& step, StepResult& result);

    bool canDo(Ability ability, StepResult& result) const;
    /// Runs h755ctl for this unit; false, with the result filled in, if that was not possible.
    std::optional<ProgramRun> run(const Step& step, std::vector<std::string> arguments,
                                  StepResult& result, const Watcher& watcher = {});
    std::optional<DeviceState> readState(const Step& step, StepResult& result);
    void judge(const Step& step, const ProgramRun& run, std::uint64_t wantedExit,
               StepResult& result);
    void judgeState(const Step& step, StepResult& result);
    void expectBack(const Step& step, bool isPresent, StepResult& result);
    std::filesystem::path tampered(const std::filesystem::path& file, StepResult& result) const;

    StepTools m_tools;
    Unit m_unit;
    RandomSource m_random;
};

} // namespace plan
