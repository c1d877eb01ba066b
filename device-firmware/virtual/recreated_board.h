// Makes a board what a diagnostics report says it was: a support case on the desk.
#pragma once

#include "virtual/device.h"

#include <string>

namespace virtual_h755 {

/// A board as it was met in update mode.
struct FoundBoard {
    contract::DeviceStatus status;
    std::vector<std::uint8_t> journal; ///< from the sector's start; unreadable words are zeros
};

/// Gives `device`, which is off, the found one's facts. What a report does not hold, the bytes of
/// its images, is stood in for by images that pass as signed on this device. Throws
/// std::runtime_error if the board is of another product.
void identifyAs(Device& device, const boot::Identity& identity, const FoundBoard& found);

/// Also its flash, option bytes and fault record. At its next start it is in update mode again, for
/// the same reason.
void recreate(Device& device, const boot::Identity& identity, const FoundBoard& found);

/// Names what `now` says differently from the report; counters since power-on do not matter.
std::vector<std::string> differences(const contract::DeviceStatus& found,
                                     const contract::DeviceStatus& now);

} // namespace virtual_h755
