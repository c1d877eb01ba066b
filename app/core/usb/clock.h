// Time as the core sees it, so that tests run on virtual time.
#pragma once

#include <cstdint>

namespace updater {

class Clock {
public:
    virtual ~Clock() = default;

    /// Milliseconds from some fixed moment; never goes back.
    virtual std::uint64_t nowMs() const = 0;
    virtual void sleepMs(std::uint32_t ms) = 0;
};

/// The computer's monotonic clock.
class SteadyClock final : public Clock {
public:
    std::uint64_t nowMs() const override;
    void sleepMs(std::uint32_t ms) override;
};

} // namespace updater
