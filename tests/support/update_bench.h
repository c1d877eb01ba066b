// One updater and its virtual devices on one clock: what the tests of the reconcile loop start
// from.
#pragma once

#include "core/update/update.h"
#include "support/in_process_transport.h"
#include "support/release_fixture.h"
#include "support/tiny_map.h"
#include "virtual/identity_from_branding.h"
#include "virtual/virtual_device.h"

namespace test_support {

/// A release as `update` takes it.
updater::VerifiedBundle verifiedRelease(const ReleaseSpec& spec,
                                        const bundler::BundleFields& fields = {},
                                        const contract::FlashMap& map = smallMap);

/// Release 1.0.0 or 1.1.0, 26 blocks each.
ReleaseSpec firstRelease();
ReleaseSpec secondRelease();

struct Transcript final : updater::Progress {
    void report(const updater::ProgressReport& report) override;
    void notice(updater::Notice notice) override { notices.push_back(notice); }
    std::vector<updater::ProgressReport> reports;
    std::vector<updater::Notice> notices;
    std::function<void(const updater::ProgressReport&)> onReport;
};

/// A board with a unique id made of `number`, powered on.
std::unique_ptr<virtual_h755::VirtualDevice>
makeDevice(virtual_h755::Clock& clock, std::uint8_t number = 1,
           const boot::Identity& identity = virtual_h755::brandedIdentity(),
           const contract::FlashMap& map = smallMap);

/// The bench with one empty device on port 1-1.
struct UpdateBench {
    virtual_h755::SimulatedClock clock;
    std::unique_ptr<virtual_h755::VirtualDevice> device = makeDevice(clock);
    InProcessTransport transport{clock};
    Transcript transcript;
    std::stop_source stop;
    updater::Deadlines deadlines{};
    updater::DeviceSelector selector{};

    UpdateBench();

    updater::Result<updater::UpdateOutcome> update(const updater::VerifiedBundle& bundle);
    /// Installs a release or throws; afterwards the device runs it, confirmed.
    void install(const ReleaseSpec& spec);
    std::vector<std::uint8_t> slots() const; ///< both cores' slots, byte by byte
    void runMs(std::uint32_t ms) { transport.clock().sleepMs(ms); }
};

} // namespace test_support
