// Many cuts in a row on one device: random actions, random cuts, and on with whatever is left.
#pragma once

#include "tally.h"

namespace power_loss {

/// `rounds` actions, each cut at a random operation (some not at all) and followed by a restart
/// that the oracle judges; an update at the end of every few. The same seed gives the same run.
Tally soak(const World& world, std::uint64_t seed, std::uint32_t rounds);

} // namespace power_loss
