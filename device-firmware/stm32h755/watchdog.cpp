#include "stm32h755/watchdog.h"

#include "stm32h755/registers/flash_registers.h"
#include "stm32h755/registers/peripheral_registers.h"
#include "stm32h755/wait_for.h"

#include <algorithm>

namespace stm32h755 {

namespace {

constexpr std::uint32_t startKey = 0xCCCC;
constexpr std::uint32_t accessKey = 0x5555;
constexpr std::uint32_t feedKey = 0xAAAA;

constexpr std::uint32_t oscillatorKhz = 32;
constexpr std::uint32_t longestCount = 4096;
constexpr std::uint32_t slowestPrescaler = 6; // divides by 256; 0 divides by 4

struct Period {
    std::uint32_t prescaler = 0;
    std::uint32_t reload = 0;
};

constexpr Period periodFor(std::uint32_t timeoutMs)
{
    const std::uint32_t ticks = timeoutMs * oscillatorKhz;
    for (std::uint32_t prescaler = 0; prescaler <= slowestPrescaler; ++prescaler) {
        const std::uint32_t divider = 4U << prescaler;
        const std::uint32_t count = (ticks + divider - 1) / divider;
        if (count <= longestCount) return {prescaler, std::max<std::uint32_t>(count, 1) - 1};
    }
    return {slowestPrescaler, longestCount - 1};
}
static_assert(periodFor(8000).prescaler == 4 && periodFor(8000).reload == 3999);
static_assert(periodFor(60'000).reload == longestCount - 1);

} // namespace

/// The start comes first: it switches the oscillator on, without which the registers are never
/// taken over (RM0399 49.4.1).
void startWatchdog(std::uint32_t timeoutMs)
{
    const Period period = periodFor(timeoutMs);
    write32(IWDG1_KR, startKey);
    write32(IWDG1_KR, accessKey);
    write32(IWDG1_PR, period.prescaler);
    write32(IWDG1_RLR, period.reload);
    (void)waitFor(IWDG1_SR, IWDG_SR_PVU | IWDG_SR_RVU, 0);
    feedWatchdog();
}

void prolongHardwareWatchdog()
{
    constexpr std::uint32_t longestMs = 30'000;
    const bool isSoftware = (read32(FLASH_OPTSR_CUR) & FLASH_OPTSR_IWDG1_SW) != 0;
    if (!isSoftware) startWatchdog(longestMs);
}

void feedWatchdog()
{
    write32(IWDG1_KR, feedKey);
}

} // namespace stm32h755
