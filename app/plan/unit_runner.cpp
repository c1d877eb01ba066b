#include "plan/gang.h"
#include "plan/step_runner.h"

namespace plan {

namespace {

using Clock = std::chrono::steady_clock;

std::uint64_t msSince(Clock::time_point start)
{
    const auto elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
    return static_cast<std::uint64_t>(elapsed.count());
}

class UnitRunner {
public:
    UnitRunner(const GangTools& tools, std::size_t number, const Unit& unit, std::stop_token stop)
        : m_tools(tools), m_number(number), m_name(unit.selector()), m_stop(std::move(stop)),
          m_steps({tools.program, tools.bench, tools.folder.path(),
                   [this](std::string_view text) { log(text); }, m_stop},
                  unit, tools.seed)
    {
        m_result.unit = m_name;
        m_result.port = unit.port;
    }

    Result<UnitResult> run()
    {
        for (const Variant& variant : m_tools.plan.variants) {
            m_variant = variant.name;
            TRY(runSteps(variant.steps, "", ""));
        }
        conclude();
        TRY(m_tools.folder.add(m_result));
        m_tools.view.unitEnded(m_number, m_result);
        return m_result;
    }

private:
    Result<> runSteps(const std::vector<Step>& steps, const std::string& prefix,
                      const std::string& cycle)
    {
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const std::string path = prefix + std::to_string(i + 1);
            const bool goesIn = steps[i].kind == StepKind::Repeat && whyNot().empty();
            TRY(goesIn ? repeat(steps[i], path, cycle) : runStep(steps[i], path, cycle));
        }
        return {};
    }

    Result<> repeat(const Step& step, const std::string& path, const std::string& cycle)
    {
        const Clock::time_point start = Clock::now();
        for (std::uint64_t n = 1; step.times == 0 || n <= step.times; ++n) {
            if (step.longestMs != 0 && msSince(start) >= step.longestMs) break;
            if (!whyNot().empty()) break;
            std::string inner = cycle.empty() ? std::string() : cycle + '.';
            inner += std::to_string(n);
            TRY(runSteps(step.steps, path + '.', inner));
        }
        return {};
    }

    Result<> runStep(const Step& step, const std::string& path, const std::string& cycle)
    {
        StepResult result;
        if (const std::string why = whyNot(); !why.empty()) {
            result.name = step.name;
            result.kind = std::string(word(step.kind));
            result.started = utcNow();
            result.reason = why;
        } else {
            m_tools.view.stepBegan(m_number, cycle.empty() ? path : path + " / " + cycle,
                                   step.name);
            result = m_steps.perform(step);
            checkCycleTime(result);
        }
        result.unit = m_name;
        result.variant = m_variant;
        result.path = path;
        result.cycle = cycle;
        count(result);
        TRY(m_tools.folder.add(result));
        m_tools.view.stepEnded(m_number, result);
        return m_trouble;
    }

    /// Why nothing is done any more; empty while all is well.
    std::string whyNot() const
    {
        if (m_stop.stop_requested()) return "the run was stopped";
        if (m_result.failed != 0 && m_tools.plan.stopsAtFailure) return "an earlier step failed";
        return {};
    }

    void checkCycleTime(StepResult& result) const
    {
        const std::uint64_t limitMs = m_tools.plan.limits.cycleMs;
        if (limitMs == 0 || msSince(m_start) <= limitMs) return;
        failStep(result, "the unit needs more than its cycle time of " +
                             std::to_string(limitMs / 1000) + " s");
    }

    void count(const StepResult& result)
    {
        switch (result.outcome) {
        case Outcome::Passed: ++m_result.passed; break;
        case Outcome::Failed: ++m_result.failed; break;
        case Outcome::NotApplicable: ++m_result.notApplicable; break;
        case Outcome::NotRun:
        case Outcome::Cancelled: ++m_result.notRun; break;
        }
        if (result.outcome == Outcome::Failed && m_result.reason.empty())
            m_result.reason = "step " + result.path + ": " + result.reason;
    }

    void conclude()
    {
        m_result.ms = msSince(m_start);
        if (m_result.failed != 0) {
            m_result.outcome = Outcome::Failed;
        } else if (m_stop.stop_requested()) {
            m_result.outcome = Outcome::Cancelled;
            m_result.reason = "the run was stopped";
        } else if (m_result.passed == 0) {
            m_result.outcome = Outcome::NotApplicable;
            m_result.reason = "no step of the plan can be done here";
        } else {
            m_result.outcome = Outcome::Passed;
        }
    }

    void log(std::string_view text)
    {
        if (Result<> logged = m_tools.folder.log(m_name, text); !logged) m_trouble = logged;
    }

    const GangTools& m_tools;
    std::size_t m_number;
    std::string m_name;
    std::string m_variant;
    std::stop_token m_stop;
    StepRunner m_steps;
    UnitResult m_result;
    Result<> m_trouble; ///< with the log
    Clock::time_point m_start = Clock::now();
};

} // namespace

Result<UnitResult> runUnit(const GangTools& tools, std::size_t number, const Unit& unit,
                           const std::stop_token& stop)
{
    return UnitRunner(tools, number, unit, stop).run();
}

} // namespace plan
