// The short GET_STATUS that a running application answers at interface recipient (wire.md,
// Identity).
#pragma once

#include "contract/device_status.h"

namespace contract {

inline constexpr std::uint16_t runtimeStatusVersion = 1;

struct RuntimeStatus {
    std::uint16_t protocol = runtimeStatusVersion;
    std::uint8_t slot = noSet;
    SlotState state =
        SlotState::Empty; ///< Trial or Confirmed; Empty if there is no hand-off record
    std::uint32_t productId = 0;
    SetId setId{};
    Version releaseVersion;
    std::array<Version, 2> coreVersions{}; ///< read from the image headers in flash

    static constexpr std::size_t encodedBytes = 4 + 4 + 16 + 24;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.protocol);
        field(self.slot);
        field(self.state);
        field(self.productId);
        field(self.setId);
        field(self.releaseVersion);
        field(self.coreVersions);
    }

    constexpr bool operator==(const RuntimeStatus&) const = default;
};
static_assert(fillsItsBytes<RuntimeStatus>());

} // namespace contract
