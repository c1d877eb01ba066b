// Runs a flow once and, at each flash operation that is asked for, forks what a cut would leave
// there, restarts the fork and lets the oracle judge it.
#pragma once

#include "bundler/set_builder.h"
#include "virtual/virtual_device.h"

#include <functional>
#include <span>

namespace power_loss {

/// The world of one test: the map, and every release that may ever be found on the device.
struct World {
    const contract::FlashMap& map;
    std::span<const bundler::SignedSet* const> releases;
};

/// A device at power-off: what survives a cut.
struct Remains {
    virtual_h755::FlashContents flash;
    virtual_h755::BackupRegisters backup{};
};

struct CutOptions {
    /// Which operations are cut. All by default.
    std::function<bool(const virtual_h755::FlashOperation&)> selects =
        [](const virtual_h755::FlashOperation&) { return true; };
    /// The release that an update must reach after the restart.
    const bundler::SignedSet* target = nullptr;
};

struct CutResult {
    std::uint64_t operations = 0; ///< of the whole flow
    std::uint64_t cuts = 0;       ///< restarted forks
};

/// Which release the device runs, by comparing flash bytes of both cores; nothing for none or a
/// mix.
const bundler::SignedSet* runningRelease(virtual_h755::VirtualDevice& device, const World& world);

/// A new device with these remains, not powered yet.
std::unique_ptr<virtual_h755::VirtualDevice>
deviceWith(const World& world, virtual_h755::Clock& clock, const Remains& remains);

/// Lets `flow` run on a device with `before` and cuts it as `options` say, with every kind of tear.
/// Each fork must boot one complete release as soon as the uncut device has run one, and an update
/// to the target must still succeed. Failures are reported through Catch2.
CutResult cutEverywhere(const World& world, const Remains& before, const CutOptions& options,
                        const std::function<bool(virtual_h755::VirtualDevice&)>& flow);

/// What the device leaves when the flow is done without a cut.
Remains remainsAfter(const World& world, const Remains& before,
                     const std::function<bool(virtual_h755::VirtualDevice&)>& flow);

} // namespace power_loss
