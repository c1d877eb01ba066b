// How much of the log a person wants to see on stderr. A report always holds every step.
#pragma once

#include <cstdint>

namespace gui {

enum class LogLevel : std::uint8_t {
    Errors,
    Steps,      ///< of updates too, and what was tried again
    Everything, ///< every USB request too
};

/// Sends the log to stderr from now on. Call it once, before a LogCapture listens.
void startLog(LogLevel level);

/// May be called at any time after `startLog`, by any thread.
void setLogLevel(LogLevel level);

} // namespace gui
