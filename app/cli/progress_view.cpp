#include "cli/progress_view.h"

#include "cli/words.h"

namespace cli {

using updater::Activity;
using updater::ProgressReport;

namespace {

constexpr std::uint64_t redrawMs = 100;
constexpr std::uint64_t lineMs = 2'000;
constexpr unsigned lineStepPermille = 100;
constexpr std::size_t barColumns = 20;

std::string percent(const ProgressReport& report)
{
    const std::string digits = std::to_string(report.permille / 10);
    return std::string(3 - digits.size(), ' ') + digits + " %";
}

std::string remaining(const ProgressReport& report)
{
    if (!report.remainingMs || report.activity == Activity::Done) return {};
    return ", about " + std::to_string((*report.remainingMs + 999) / 1000) + " s left";
}

JsonLine jsonOf(const ProgressReport& report)
{
    JsonLine line("progress");
    line.text("activity", word(report.activity)).number("permille", report.permille);
    if (report.remainingMs) {
        line.number("remainingMs", *report.remainingMs);
    } else {
        line.nothing("remainingMs");
    }
    line.number("blocksSent", report.blocksSent)
        .number("bytesSent", report.bytesSent)
        .number("blocksDone", report.blocksDone)
        .number("totalBlocks", report.totalBlocks);
    return line;
}

} // namespace

void ProgressView::report(const ProgressReport& report)
{
    if (!isNews(report)) return;
    if (!m_shown || m_shown->activity != report.activity) explain(report.activity);
    m_output.event(jsonOf(report));
    if (m_output.style().isTerminal && !m_output.style().json) {
        m_output.redraw(barLine(report));
    } else {
        m_output.note(plainLine(report));
    }
    m_shown = report;
    m_shownMs = m_clock.nowMs();
}

void ProgressView::notice(updater::Notice notice)
{
    m_output.event(JsonLine("notice").text("notice", word(notice)).text("text", sentence(notice)));
    m_output.note(sentence(notice));
}

/// What the progress line has no room for.
void ProgressView::explain(Activity activity)
{
    if (activity == Activity::WaitingForDevice) {
        m_output.note(
            "The device is disconnected. Plug it in again, on any port: the update goes on "
            "by itself. Waiting for up to " +
            std::to_string(m_patienceMs / 1000) + " s.");
    } else if (activity == Activity::Copying) {
        m_output.note("The device copies the new firmware into place. It does not answer "
                      "meanwhile, for up to 40 s; if it loses power, it copies again.");
    }
}

bool ProgressView::isNews(const ProgressReport& report) const
{
    if (!m_shown || m_shown->activity != report.activity) return true;
    if (m_everyBlock && m_shown->blocksSent != report.blocksSent) return true;
    const std::uint64_t sinceMs = m_clock.nowMs() - m_shownMs;
    if (m_output.style().isTerminal && !m_output.style().json) return sinceMs >= redrawMs;
    return sinceMs >= lineMs ||
           report.permille / lineStepPermille != m_shown->permille / lineStepPermille;
}

std::string barLine(const ProgressReport& report)
{
    const std::size_t filled = report.permille * barColumns / 1000;
    return '[' + std::string(filled, '#') + std::string(barColumns - filled, '.') + "] " +
           percent(report) + "  " + std::string(sentence(report.activity)) + remaining(report);
}

std::string plainLine(const ProgressReport& report)
{
    std::string line = percent(report) + "  " + std::string(sentence(report.activity));
    if (report.activity == Activity::Sending) {
        line += ", " + std::to_string(report.blocksDone) + " of " +
                std::to_string(report.totalBlocks) + " blocks";
    }
    return line + remaining(report);
}

} // namespace cli
