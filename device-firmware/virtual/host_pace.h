// How far simulated clocks should be, by the host's clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <thread>

namespace virtual_h755 {

class HostPace {
public:
    /// Microseconds since construction.
    std::uint64_t nowUs() const
    {
        const auto elapsed = std::chrono::steady_clock::now() - m_start;
        return static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::microseconds>(elapsed).count());
    }

    /// Waits until the host's clock says `us` as well.
    void catchUpWith(std::uint64_t us) const
    {
        std::this_thread::sleep_until(m_start + std::chrono::microseconds(us));
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

} // namespace virtual_h755
