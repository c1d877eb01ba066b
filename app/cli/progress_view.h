// Shows progress: a bar on a terminal, a line now and then elsewhere, JSON lines for programs.
#pragma once

#include "cli/output.h"
#include "core/update/progress.h"
#include "core/usb/clock.h"

namespace cli {

class ProgressView final : public updater::Progress {
public:
    /// `patienceMs`: how long a disconnected device will be waited for, to say so.
    ProgressView(Output& output, const updater::Clock& clock, std::uint64_t patienceMs)
        : m_output(output), m_clock(clock), m_patienceMs(patienceMs)
    {
    }

    /// A line for each block, for whoever acts at a certain one.
    void showEveryBlock() { m_everyBlock = true; }

    void report(const updater::ProgressReport& report) override;
    void notice(updater::Notice notice) override;

private:
    void explain(updater::Activity activity);
    bool isNews(const updater::ProgressReport& report) const;

    Output& m_output;
    const updater::Clock& m_clock;
    std::uint64_t m_patienceMs;
    bool m_everyBlock = false;
    std::optional<updater::ProgressReport> m_shown;
    std::uint64_t m_shownMs = 0;
};

/// "[#####.....]  45 %  sending (may be unplugged), about 12 s left": at most 79 columns.
std::string barLine(const updater::ProgressReport& report);

/// The same without the bar, with blocks.
std::string plainLine(const updater::ProgressReport& report);

} // namespace cli
