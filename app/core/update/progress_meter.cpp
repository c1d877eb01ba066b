#include "core/update/progress_meter.h"

#include <algorithm>

namespace updater {
namespace {

// How long the parts of an update take, as planned before anything is measured: re-enumeration,
// start and confirmation on a desktop; erasing and programming of one 4096-byte block with both
// banks at work (1 s per 128 KB sector and 0.1 ms per flash word, datasheet).
constexpr std::uint64_t enterMs = 1'500;
constexpr std::uint64_t plannedBlockMs = 26;
constexpr std::uint64_t restartMs = 1'500;
constexpr std::uint64_t confirmationMs = 2'000;
constexpr std::uint64_t plannedCopyMs = 2 * plannedBlockMs; // one bank after the other
constexpr std::uint32_t blocksToTrustRate = 32;

} // namespace

ProgressMeter::ProgressMeter(Progress& progress, const Clock& clock, std::uint32_t totalBlocks)
    : m_progress(progress), m_clock(clock)
{
    m_report.totalBlocks = totalBlocks;
}

void ProgressMeter::enter(Activity activity)
{
    m_report.activity = activity;
    m_activeSinceMs = m_clock.nowMs();
    emit();
}

void ProgressMeter::tick()
{
    if (m_report.activity == Activity::Copying) emit();
}

void ProgressMeter::startSending(std::uint32_t blocksDone)
{
    m_report.blocksDone = blocksDone;
    m_sendingSinceMs = m_clock.nowMs();
    m_sentSince = 0;
    enter(Activity::Sending);
}

void ProgressMeter::sent(std::uint32_t bytes, std::uint32_t blocksDone)
{
    ++m_sentSince;
    ++m_report.blocksSent;
    m_report.bytesSent += bytes;
    m_report.blocksDone = blocksDone;
    emit();
}

void ProgressMeter::emit()
{
    const std::uint64_t wholeMs =
        enterMs + m_report.totalBlocks * plannedBlockMs + copyMs() + restartMs + confirmationMs;
    const bool isDone = m_report.activity == Activity::Done;
    const auto permille = static_cast<std::uint16_t>(
        isDone ? 1000 : std::min<std::uint64_t>(999, behindMs() * 1000 / wholeMs));
    m_report.permille = std::max(m_report.permille, permille);

    const std::uint64_t blocksLeft = m_report.totalBlocks - m_report.blocksDone;
    const std::uint64_t afterMs = m_report.activity == Activity::WaitingForConfirmation
                                      ? confirmationMs
                                      : copyMs() - copiedMs() + restartMs + confirmationMs;
    if (isDone) {
        m_report.remainingMs = 0;
    } else if (m_report.activity == Activity::WaitingForDevice) {
        m_report.remainingMs = std::nullopt;
    } else {
        const bool isSent = m_report.activity == Activity::Restarting ||
                            m_report.activity == Activity::Copying ||
                            m_report.activity == Activity::WaitingForConfirmation;
        m_report.remainingMs = afterMs + (isSent ? 0 : blocksLeft * blockMs());
    }
    m_progress.report(m_report);
}

std::uint64_t ProgressMeter::blockMs() const
{
    if (m_sentSince < blocksToTrustRate) return plannedBlockMs;
    return (m_clock.nowMs() - m_sendingSinceMs) / m_sentSince;
}

std::uint64_t ProgressMeter::copyMs() const
{
    return m_isCopied ? m_report.totalBlocks * plannedCopyMs : 0;
}

/// By the clock alone: nobody can be asked.
std::uint64_t ProgressMeter::copiedMs() const
{
    if (m_report.activity != Activity::Copying) return 0;
    return std::min(copyMs(), m_clock.nowMs() - m_activeSinceMs);
}

/// Planned time of everything that lies behind.
std::uint64_t ProgressMeter::behindMs() const
{
    const std::uint64_t allSentMs = enterMs + m_report.totalBlocks * plannedBlockMs;
    switch (m_report.activity) {
    case Activity::Sending: return enterMs + m_report.blocksDone * plannedBlockMs;
    case Activity::Restarting: return allSentMs;
    case Activity::Copying: return allSentMs + copiedMs();
    case Activity::WaitingForConfirmation: return allSentMs + copyMs() + restartMs;
    case Activity::Done: return allSentMs + copyMs() + restartMs + confirmationMs;
    case Activity::ReadingDevice:
    case Activity::EnteringUpdateMode:
    case Activity::WaitingForDevice: break;
    }
    return 0;
}

} // namespace updater
