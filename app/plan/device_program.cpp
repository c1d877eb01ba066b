#include "plan/device_program.h"

#include <algorithm>
#include <chrono>

namespace plan {

using nlohmann::json;
using updater::ChildFate;

namespace {

using Clock = std::chrono::steady_clock;

/// Beyond the time-out that the program has itself: a device copies for up to a minute.
constexpr std::uint64_t graceMs = 90'000;
constexpr std::string_view deviceGone = "waiting-for-device";

std::uint64_t msSince(Clock::time_point start)
{
    const auto elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
    return static_cast<std::uint64_t>(elapsed.count());
}

std::string textIn(const json& line, const char* key)
{
    const auto found = line.find(key);
    return found != line.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::uint64_t numberIn(const json& line, const char* key)
{
    const auto found = line.find(key);
    return found != line.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

/// Puts lines together and gives each activity the time until the next one begins.
class Listener {
public:
    Listener(ProgramRun& run, const Watcher& watcher) : m_run(run), m_watcher(watcher) {}

    ChildFate hear(std::string_view text)
    {
        ChildFate fate = ChildFate::GoesOn;
        for (const char c : text) {
            if (c != '\n') {
                m_line += c;
            } else if (takeLine() == ChildFate::Killed) {
                fate = ChildFate::Killed;
            }
        }
        return fate;
    }

    void end()
    {
        takeLine();
        closePhase();
    }

private:
    ChildFate takeLine()
    {
        const json line = json::parse(std::exchange(m_line, {}), nullptr, false);
        if (!line.is_object()) return ChildFate::GoesOn;
        const std::string type = textIn(line, "type");
        if (type == "progress") return takeProgress(line);
        if (type == "error") {
            m_run.errorLabel = textIn(line, "code");
            m_run.errorDetail = textIn(line, "cause");
            const std::string detail = textIn(line, "detail");
            if (!detail.empty()) m_run.errorDetail += " (" + detail + ')';
        }
        m_run.lines.push_back(line);
        return ChildFate::GoesOn;
    }

    ChildFate takeProgress(const json& line)
    {
        const std::string activity =
            textIn(line, "activity") + textIn(line, "step"); // the latter of "provision"
        if (activity != m_activity) {
            closePhase();
            m_activity = activity;
        }
        if (activity == deviceGone) m_run.sawDeviceGone = true;
        m_run.blocksSent = std::max(m_run.blocksSent, numberIn(line, "blocksSent"));
        m_run.totalBlocks = std::max(m_run.totalBlocks, numberIn(line, "totalBlocks"));
        return m_watcher ? m_watcher({activity, m_run.blocksSent}) : ChildFate::GoesOn;
    }

    void closePhase()
    {
        const std::uint64_t ms = msSince(std::exchange(m_since, Clock::now()));
        if (m_activity.empty() || m_activity == "done") return;
        const auto known = std::ranges::find(m_run.phases, m_activity, &Phase::name);
        if (known == m_run.phases.end()) {
            m_run.phases.push_back({m_activity, ms});
        } else {
            known->ms += ms;
        }
    }

    ProgramRun& m_run;
    const Watcher& m_watcher;
    std::string m_line;
    std::string m_activity;
    Clock::time_point m_since = Clock::now();
};

} // namespace

Result<ProgramRun> DeviceProgram::run(const std::vector<std::string>& arguments,
                                      std::uint64_t timeoutMs, const std::stop_token& stop,
                                      const Watcher& watcher) const
{
    updater::ChildCommand command;
    command.program = m_program.front();
    command.arguments.assign(m_program.begin() + 1, m_program.end());
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    const std::string seconds = std::to_string(std::max<std::uint64_t>(timeoutMs / 1000, 1));
    command.arguments.insert(command.arguments.end(), {"--json", "--timeout", seconds});
    command.folder = std::filesystem::current_path();
    command.timeoutMs = timeoutMs + graceMs;
    command.keepsVariables = true;

    ProgramRun run;
    Listener listener(run, watcher);
    command.listener = [&listener](std::string_view text) { return listener.hear(text); };
    const Clock::time_point start = Clock::now();
    TRY_ASSIGN(updater::ChildResult child, updater::runChild(command, stop));
    listener.end();
    run.ms = msSince(start);
    run.exitCode = child.exitCode;
    run.said = std::move(child.output);
    return run;
}

} // namespace plan
