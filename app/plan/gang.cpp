#include "plan/gang.h"

#include "plan/device_state.h"
#include "plan/statistics.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace plan {

using updater::Error;

namespace {

using Clock = std::chrono::steady_clock;

/// Why a run ends before its plan does. One for all units.
class Ending {
public:
    std::stop_token token() const { return m_source.get_token(); }
    bool isTimeUp() const { return m_isTimeUp; }

    /// Results that cannot be written end the run for all: tests without results are wasted.
    void cannotWrite(const Error& error)
    {
        const std::lock_guard guard(m_lock);
        if (!m_trouble) m_trouble = error;
        m_source.request_stop();
    }
    std::optional<Error> trouble()
    {
        const std::lock_guard guard(m_lock);
        return m_trouble;
    }

    /// Passes on somebody's wish to stop, and the end of the time, until `isOver`.
    void watch(const std::stop_token& stop, std::uint64_t timeoutMs, const std::stop_token& isOver)
    {
        constexpr std::uint64_t pollMs = 20;
        const Clock::time_point deadline = Clock::now() + std::chrono::milliseconds(timeoutMs);
        while (!isOver.stop_requested()) {
            const bool isLate = timeoutMs != 0 && Clock::now() >= deadline;
            if (isLate && !stop.stop_requested()) m_isTimeUp = true;
            if (isLate || stop.stop_requested()) {
                m_source.request_stop();
                return;
            }
            sleepFor(pollMs, isOver);
        }
    }

private:
    std::stop_source m_source;
    std::atomic<bool> m_isTimeUp = false;
    std::mutex m_lock;
    std::optional<Error> m_trouble;
};

void runAll(const GangTools& tools, unsigned jobs, Ending& ending)
{
    const std::vector<Unit> units = tools.folder.results().run.units;
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < units.size(); i = next++) {
            const Result<UnitResult> done = runUnit(tools, i, units[i], ending.token());
            if (!done) ending.cannotWrite(done.error());
        }
    };
    const std::size_t threads =
        jobs == 0 ? units.size() : std::min<std::size_t>(jobs, units.size());
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < threads; ++i)
        workers.emplace_back(work);
}

Verdict verdictOn(const Results& results, bool isTimeUp, bool isStopped)
{
    Verdict verdict;
    const std::uint64_t yield = yieldPercent(results.units);
    const auto hasFailed = [](const UnitResult& unit) { return unit.outcome == Outcome::Failed; };
    const bool isShort = yield < results.run.yieldPercent;
    if (isTimeUp) {
        verdict = {Outcome::Failed, "the time was up before the plan's end", 0};
    } else if (isStopped) {
        verdict = {Outcome::Cancelled, "stopped on request", 0};
    } else if (isShort) {
        verdict = {Outcome::Failed,
                   std::to_string(yield) + " % of the units passed, expected " +
                       std::to_string(results.run.yieldPercent) + " %",
                   0};
    } else {
        verdict.outcome = Outcome::Passed;
        const auto failures = std::ranges::count_if(results.units, hasFailed);
        if (failures != 0)
            verdict.reason = std::to_string(failures) + " units failed, which the limit allows";
    }
    return verdict;
}

} // namespace

Result<Verdict> runGang(const GangTools& tools, const GangLimits& limits,
                        const std::stop_token& stop)
{
    const Clock::time_point start = Clock::now();
    Ending ending;
    {
        const std::jthread watch(
            [&](const std::stop_token& isOver) { ending.watch(stop, limits.timeoutMs, isOver); });
        runAll(tools, limits.jobs, ending);
    }
    if (const std::optional<Error> trouble = ending.trouble()) return tl::unexpected(*trouble);
    const bool isStopped = stop.stop_requested();
    Verdict verdict = verdictOn(tools.folder.results(), ending.isTimeUp(), isStopped);
    const auto elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
    verdict.ms = static_cast<std::uint64_t>(elapsed.count());
    TRY(tools.folder.end(verdict));
    return verdict;
}

} // namespace plan
