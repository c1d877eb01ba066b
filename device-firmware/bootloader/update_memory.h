#pragma once

#include "contract/dfu.h"
#include "contract/set_stream.h"

namespace boot {

/// RAM that update mode needs and that is too large for a stack (AXI SRAM on the chip).
struct UpdateMemory {
    static constexpr std::uint32_t ringBytes = 256 * contract::kib;
    std::array<std::uint8_t, contract::maximumSlotDataBytes> slotData;
    std::array<std::uint8_t, ringBytes> ring; ///< blocks between EP0 and the banks, half for each
    std::array<std::uint8_t, contract::dfu::transferBytes> transfer;
    std::array<std::uint8_t, contract::streamBlockBytes> block;
};

} // namespace boot
