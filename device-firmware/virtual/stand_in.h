// Images in place of those whose bytes nobody has: they say and lack exactly what a report tells.
#pragma once

#include "bootloader/identity.h"
#include "contract/device_status.h"
#include "contract/flash_map.h"

#include <optional>
#include <vector>

namespace virtual_h755 {

/// What one slot of a board was reported to hold, and for which board.
struct ReportedSlot {
    contract::Slot slot = contract::Slot::A;
    contract::SlotStatus status;
    contract::ProductRange product;
};

/// One image in a slot's region.
struct StandIn {
    std::uint32_t address = 0;
    std::vector<std::uint8_t> bytes;
    std::optional<std::uint32_t> unreadableAt; ///< a word with a double-bit error
    contract::Digest hash{};
    bool isSigned = true; ///< its hash is to pass as signed
};

/// Both images of the slot, such that the bootloader's verification finds what the report tells:
/// versions, set id, level, flags, and each image's fault. None for a slot that was blank.
std::vector<StandIn> standIns(const contract::FlashMap& map, const boot::Identity& identity,
                              const ReportedSlot& reported);

} // namespace virtual_h755
