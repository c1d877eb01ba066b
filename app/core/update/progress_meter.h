// Turns what the update does into one bar for the whole job and an estimate of what remains.
#pragma once

#include "core/update/progress.h"
#include "core/usb/clock.h"

namespace updater {

class ProgressMeter {
public:
    ProgressMeter(Progress& progress, const Clock& clock, std::uint32_t totalBlocks);

    /// Passes on what people must know.
    void notice(Notice notice) { m_progress.notice(notice); }

    /// Part of the job is that the device copies the set into place.
    void expectCopy() { m_isCopied = true; }

    /// A new activity has begun.
    void enter(Activity activity);

    /// Time has passed in an activity whose progress only time tells.
    void tick();

    /// The device says how much of the set it has: the start of one connection's transfer.
    void startSending(std::uint32_t blocksDone);

    /// One more block has reached the device.
    void sent(std::uint32_t bytes, std::uint32_t blocksDone);

    const ProgressReport& current() const { return m_report; }

private:
    void emit();
    std::uint64_t copyMs() const;
    std::uint64_t copiedMs() const;
    std::uint64_t blockMs() const;
    std::uint64_t behindMs() const;

    Progress& m_progress;
    const Clock& m_clock;
    ProgressReport m_report;
    std::uint64_t m_activeSinceMs = 0; ///< in the current activity
    std::uint64_t m_sendingSinceMs = 0;
    bool m_isCopied = false;
    std::uint32_t m_sentSince = 0; ///< blocks, in this connection
};

} // namespace updater
