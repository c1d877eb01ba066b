// One block of memory-mapped registers. Whatever the chip does not document there is an error of
// the firmware, not a zero.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace emulator {

/// The firmware has done what the reference manual forbids or does not describe. Always a defect.
struct IllegalAccess : std::logic_error {
    using std::logic_error::logic_error;
};

class Peripheral {
public:
    virtual ~Peripheral() = default;

    /// `offset` is from the block's base; `bytes` is 1, 2 or 4. Throws IllegalAccess.
    virtual std::uint32_t read(std::uint32_t offset, unsigned bytes) = 0;
    virtual void write(std::uint32_t offset, std::uint32_t value, unsigned bytes) = 0;
};

} // namespace emulator
