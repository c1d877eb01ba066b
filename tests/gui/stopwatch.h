// The window's promise: its event loop never stands still for long.
#pragma once

#include <QElapsedTimer>
#include <QTimer>

namespace test_support {

/// How long the event loop has stood still at most.
class Stopwatch {
public:
    Stopwatch()
    {
        QObject::connect(&m_tick, &QTimer::timeout, &m_tick,
                         [this] { m_longestMs = qMax(m_longestMs, m_sinceTick.restart()); });
        m_tick.setTimerType(Qt::PreciseTimer);
        m_tick.start(5);
        m_sinceTick.start();
    }
    qint64 longestMs() const { return m_longestMs; }

private:
    QTimer m_tick;
    QElapsedTimer m_sinceTick;
    qint64 m_longestMs = 0;
};

inline constexpr qint64 stallLimitMs = 50;

} // namespace test_support
