// Cuts a flow: forks what a cut would leave at every moment, restarts the fork and lets the oracle
// judge it.
#pragma once

#include "flow.h"
#include "tally.h"

namespace power_loss {

/// One cut of one moment: what the running operation leaves, what the other bank's leaves, and
/// whether the backup registers go, too.
struct Cut {
    std::uint64_t moment = 0; ///< 1 is the first start of a flash operation
    virtual_h755::Tear tear = virtual_h755::Tear::Clean;
    virtual_h755::Tear otherTear = virtual_h755::Tear::Clean;
    bool losesBackup = false;
    std::optional<contract::Sector> rotted; ///< this sector has become unreadable as well

    bool operator==(const Cut&) const = default;
};

/// MOMENT:TEAR+TEAR[:nobackup][:rotBANK.SECTOR], as `--cut` takes it.
std::string textOf(const Cut& cut);
std::optional<Cut> parseCut(std::string_view text);

enum class Method : std::uint8_t {
    EveryCut, ///< at the product's geometry one seeded tear in the middle of sectors, else all
    Pairs,    ///< the recovery from each cut is cut at each moment as well
    Rot,      ///< no tear, but any one sector unreadable at rest
};

struct CutPlan {
    Method method = Method::EveryCut;
    std::uint64_t seed = 1;
    std::uint32_t shard = 0; ///< of `shards`: every so many moments
    std::uint32_t shards = 1;
    std::vector<Cut> only; ///< reproduce this cut, or this one after that one
};

/// The whole flow. Everything that goes wrong is in the tally.
Tally cutFlow(const World& world, const Flow& flow, const CutPlan& plan);

} // namespace power_loss
