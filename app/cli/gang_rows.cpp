#include "cli/gang_rows.h"

namespace cli {

using plan::Outcome;

GangRows::GangRows(Output& output, const std::vector<plan::Unit>& units) : m_output(output)
{
    for (const plan::Unit& unit : units) {
        const std::string& place = unit.socket.empty() ? unit.port : unit.socket;
        m_rows.push_back({place + "  " + unit.selector(), "waits", 0, 0});
    }
}

void GangRows::stepBegan(std::size_t unit, const std::string& path, const std::string& name)
{
    const std::lock_guard guard(m_lock);
    m_rows[unit].now = path + ": " + name;
    if (isLive()) draw();
}

void GangRows::stepEnded(std::size_t unit, const plan::StepResult& result)
{
    const std::lock_guard guard(m_lock);
    Row& row = m_rows[unit];
    if (result.outcome == Outcome::Passed) ++row.passed;
    if (result.outcome == Outcome::Failed) ++row.failed;
    if (isLive()) return draw();
    std::string line = row.unit + "  " + result.path;
    if (!result.cycle.empty()) line += " / " + result.cycle;
    line += "  " + std::string(word(result.outcome)) + "  " + std::to_string(result.ms) + " ms  " +
            result.name;
    if (!result.reason.empty()) line += ": " + result.reason;
    m_output.note(line);
}

void GangRows::unitEnded(std::size_t unit, const plan::UnitResult& result)
{
    const std::lock_guard guard(m_lock);
    Row& row = m_rows[unit];
    row.now = std::string(word(result.outcome));
    if (!result.reason.empty()) row.now += ": " + result.reason;
    if (isLive()) return draw();
    m_output.note(row.unit + "  " + row.now);
}

/// Moves back to the first row and writes all of them anew.
void GangRows::draw()
{
    std::string text;
    if (m_isDrawn) text = "\x1b[" + std::to_string(m_rows.size()) + "A";
    for (const Row& row : m_rows) {
        std::string line = row.unit + "  " + std::to_string(row.passed) + " passed, " +
                           std::to_string(row.failed) + " failed  " + row.now;
        constexpr std::size_t columns = 79;
        text += "\x1b[2K" + line.substr(0, columns) + '\n';
    }
    text.pop_back();
    m_isDrawn = true;
    m_output.note(text);
}

} // namespace cli
