// The only place that reads flash which may be torn (R10): a double ECC error must not fault.
#pragma once

#include <cstdint>
#include <span>

namespace stm32h755 {

/// What a read has found.
struct GuardedRead {
    bool isReadable = false;
    std::uint32_t correctedErrors = 0;
};

/// Reads whole flash words; `address` is a multiple of 32, `out` of 8 words. The bank is idle.
GuardedRead guardedRead(std::uint32_t address, std::span<std::uint32_t> out);

} // namespace stm32h755
