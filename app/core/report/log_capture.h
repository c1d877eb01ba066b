// Keeps the last lines of the log, every step included, for a report; single USB
// requests are left out.
#pragma once

#include <memory>
#include <string>

namespace updater {

class LogCapture {
public:
    /// Listens to spdlog's default logger until destruction. What is shown elsewhere stays as it
    /// was. Create it while no other thread logs.
    LogCapture();
    ~LogCapture();
    LogCapture(const LogCapture&) = delete;
    LogCapture& operator=(const LogCapture&) = delete;

    /// The last lines, at most `maximumLines`, oldest first.
    std::string text() const;

    static constexpr std::size_t maximumLines = 2000;

private:
    struct Ring;
    std::unique_ptr<Ring> m_ring;
};

} // namespace updater
