// The window's promise: its event loop never stands still for long.
#pragma once

#include <QElapsedTimer>
#include <QFile>
#include <QTimer>

namespace test_support {

/// How long the event loop has stood still at most. While its thread only waits for a processor
/// that other programs use, nothing of ours stands still: that time is the second number of
/// schedstat (Linux, Documentation/scheduler/sched-stats.rst).
class Stopwatch {
public:
    Stopwatch()
    {
        m_schedstat.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        m_waitedNs = waitedNs();
        QObject::connect(&m_tick, &QTimer::timeout, &m_tick, [this] { tick(); });
        m_tick.setTimerType(Qt::PreciseTimer);
        m_tick.start(5);
        m_sinceTick.start();
    }
    qint64 longestMs() const { return m_longestMs; }

private:
    /// Nanoseconds that this thread was ready to run and did not; 0 where the kernel does not tell.
    qint64 waitedNs()
    {
        m_schedstat.seek(0);
        return m_schedstat.readAll().split(' ').value(1).toLongLong();
    }

    void tick()
    {
        const qint64 waited = waitedNs();
        const qint64 stoodStillMs = m_sinceTick.restart() - (waited - m_waitedNs) / 1'000'000;
        m_waitedNs = waited;
        m_longestMs = qMax(m_longestMs, stoodStillMs);
    }

    QTimer m_tick;
    QElapsedTimer m_sinceTick;
    QFile m_schedstat{QStringLiteral("/proc/thread-self/schedstat")};
    qint64 m_waitedNs = 0;
    qint64 m_longestMs = 0;
};

inline constexpr qint64 stallLimitMs = 50;

} // namespace test_support
