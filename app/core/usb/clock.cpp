#include "core/usb/clock.h"

#include <chrono>
#include <thread>

namespace updater {

std::uint64_t SteadyClock::nowMs() const
{
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

void SteadyClock::sleepMs(std::uint32_t ms)
{
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

} // namespace updater
