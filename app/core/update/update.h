// The reconcile loop: read the device, ask nextStep, perform that step, read again. Update, resume
// after an unplug, repair of a device without firmware and downgrade are this one loop.
#pragma once

#include "core/bundle/verified_bundle.h"
#include "core/update/bundle_facts.h"
#include "core/update/progress.h"
#include "core/usb/device_selector.h"

namespace updater {

/// Bounds of the waits; each of them ends with an error that says so.
struct Deadlines {
    /// For a device that was unplugged, restarted or is silent. One that copies a release into
    /// place is waited for up to 60 s in any case.
    std::uint64_t returnMs = 600'000;
    std::uint64_t confirmationMs = 120'000; ///< from the first sight of the trial
    std::uint64_t overallMs = 3'600'000;
};

struct UpdateOutcome {
    enum class Kind : std::uint8_t {
        Updated,                ///< from another release
        Installed,              ///< there was none, or it did not tell
        AlreadyCurrent,         ///< it was running and confirmed before
        InstalledNotObservable, ///< verified by the device; its application cannot report itself
    };
    Kind kind = Kind::Installed;
    std::string uniqueId;
    std::optional<contract::Version> from;
    contract::Version to;
    std::uint32_t blocksSent = 0; ///< by this run
    std::uint64_t bytesSent = 0;
};

BundleFacts factsOf(const VerifiedBundle& bundle);

/// What the device has to run in the end.
struct Goal {
    BundleFacts release;
    const VerifiedBundle* bundle = nullptr; ///< none: the device has to hold the release already
    std::optional<contract::Slot> slot;     ///< where it has to run; none: anywhere
};

/// Brings the chosen device to the goal. Success is only what the device itself reports: that set
/// runs and is confirmed. A device that is unplugged meanwhile is waited for, on any port.
Result<UpdateOutcome> reach(const Goal& goal, UsbTransport& transport,
                            const DeviceSelector& selector, Progress& progress,
                            std::stop_token stop, const Deadlines& deadlines);

/// Brings the chosen device to run the bundle's set, from whichever slot.
Result<UpdateOutcome> update(UsbTransport& transport, const DeviceSelector& selector,
                             const VerifiedBundle& bundle, Progress& progress, std::stop_token stop,
                             const Deadlines& deadlines);

} // namespace updater
