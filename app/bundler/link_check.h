// Is firmware fit for its slot, and are two links of it fit to be one set stream? (boot.md, "Linked
// for both slots")
#pragma once

#include "bundler/linked_image.h"

#include <span>

namespace bundler {

struct TwoLinks {
    contract::Core core = contract::Core::M7;
    LinkedImage slotA;
    LinkedImage slotB;

    const LinkedImage& link(contract::Slot slot) const
    {
        return slot == contract::Slot::A ? slotA : slotB;
    }
};

/// Refuses links that differ in more than absolute addresses into a slot: words of data and MOVT
/// instructions that are higher in link B by just that core's slot distance.
updater::Result<> checkDifferences(const TwoLinks& links, const contract::FlashMap& map);

/// Refuses a pointer into a slot that is the same in both links, as a word of data or an
/// instruction: one of the links would reach into the other release. Not if the symbol around it is
/// in `allowed`.
updater::Result<> checkConstants(const TwoLinks& links, const contract::FlashMap& map,
                                 std::span<const std::string> allowed);

/// Refuses a vector table whose entries point neither into the payload nor into RAM.
updater::Result<> checkVectors(const LinkedImage& link, contract::Core core, contract::Slot slot,
                               const contract::FlashMap& map);

/// All of them, the vectors of both links.
updater::Result<> checkLinks(const TwoLinks& links, const contract::FlashMap& map,
                             std::span<const std::string> allowed);

} // namespace bundler
