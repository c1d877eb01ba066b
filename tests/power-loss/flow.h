// What the product does with its flash, as flows: each is prepared without cuts and then run with
// one at every flash operation.
#pragma once

#include "scene.h"

#include <span>
#include <vector>

namespace power_loss {

struct Flow {
    std::string_view name;
    SetOf<Geometry> geometries;
    void (*prepare)(Scene&); ///< starts with an empty device that is off
    void (*run)(Scene&);     ///< goes on with the device off
    Release target;          ///< what the update after a cut installs
    contract::ResetCause cause = contract::ResetCause::PowerOn; ///< of the restart after a cut
};

std::span<const Flow> updateFlows();
std::span<const Flow> trialFlows();
std::span<const Flow> faultFlows();
std::span<const Flow> copyFlows();
/// All of them.
std::vector<Flow> allFlows();

/// A flow's prepared start.
struct Start {
    Remains remains;
    Expectation expected;
};
Start prepare(const World& world, const Flow& flow, std::uint64_t seed);

} // namespace power_loss
