#include "flow.h"

namespace power_loss {

std::vector<Flow> allFlows()
{
    std::vector<Flow> flows;
    for (const auto& part : {updateFlows(), trialFlows(), faultFlows(), copyFlows()})
        flows.insert(flows.end(), part.begin(), part.end());
    return flows;
}

Start prepare(const World& world, const Flow& flow, std::uint64_t seed)
{
    Expectation nothingInstalled;
    nothingInstalled.reasons = {contract::UpdateReason::NoValidSet};
    Scene scene(world, Remains(world.map()), nothingInstalled, seed);
    flow.prepare(scene);
    scene.powerOff();
    return {scene.remains(), scene.expected()};
}

} // namespace power_loss
