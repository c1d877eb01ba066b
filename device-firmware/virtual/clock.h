// Time as the virtual board sees it. Nothing in this folder asks the operating system for the time:
// whoever wants real time lets the simulated clock follow a real one (host_pace.h).
#pragma once

#include <cstdint>

namespace virtual_h755 {

class Clock {
public:
    virtual std::uint64_t nowUs() const = 0;

    /// Lets `us` microseconds pass for the device.
    virtual void sleepUs(std::uint64_t us) = 0;

protected:
    ~Clock() = default;
};

/// Sleeping advances it; nothing else does.
class SimulatedClock final : public Clock {
public:
    std::uint64_t nowUs() const override { return m_nowUs; }
    void sleepUs(std::uint64_t us) override { m_nowUs += us; }

private:
    std::uint64_t m_nowUs = 0;
};

} // namespace virtual_h755
