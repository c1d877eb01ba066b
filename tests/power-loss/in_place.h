// Today's practice for comparison: the ROM loader and dfu-util overwrite the running image where it
// lies, first the M7's, then the M4's, without a journal.
#pragma once

#include "world.h"

namespace power_loss {

struct InPlaceResult {
    std::uint64_t operations = 0;
    std::uint64_t cuts = 0;
    std::uint64_t notBootable = 0; ///< not both cores complete, of one release
    std::uint64_t mixed = 0;       ///< of these: both complete, of two releases
};

/// Cuts an update from First to Second at every flash operation, with every tear.
InPlaceResult updateInPlace(const World& world);

} // namespace power_loss
