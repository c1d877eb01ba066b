// One updater, one emulated device and releases of the real example firmware, on one clock.
#pragma once

#include "core/update/update.h"
#include "emulator/emulated_device.h"
#include "support/in_process_transport.h"
#include "support/release_fixture.h"
#include "support/update_bench.h"
#include "virtual/state_file.h"

namespace emulator {

/// Faster than silicon, so that polling costs the host less; the order of things stays.
inline constexpr virtual_h755::FlashTiming fastFlash{20, 5'000, true};

/// Links 1.0.0 (some kilobytes) or 1.1.0 (nearly fills its slots) of the example.
enum class Size : std::uint8_t { Small, Full };

updater::VerifiedBundle exampleRelease(Size size, const contract::Version& version);

struct EmulatorBench {
    virtual_h755::SimulatedClock clock;
    std::unique_ptr<EmulatedDevice> device;
    test_support::InProcessTransport transport{clock};
    test_support::Transcript transcript;
    std::stop_source stop;

    /// `remembers` shortens signature checks that this program has executed before.
    explicit EmulatorBench(const virtual_h755::FlashTiming& timing = fastFlash,
                           bool remembers = true);
    /// With what a board holds already; switched on.
    EmulatorBench(const virtual_h755::FlashContents& contents,
                  const virtual_h755::BackupRegisters& backup,
                  const virtual_h755::FlashTiming& timing = fastFlash);

    updater::Result<updater::UpdateOutcome> update(const updater::VerifiedBundle& bundle);
    /// Installs or throws.
    void install(const updater::VerifiedBundle& bundle);
    /// Runs until the condition holds; false if it does not within `limitMs` of device time.
    bool runUntil(const std::function<bool()>& condition, std::uint32_t limitMs);
    bool reachesApplication(std::uint32_t limitMs = 5'000);
    bool reachesUpdateMode(std::uint32_t limitMs = 20'000);
    contract::DeviceStatus status();
};

/// What a board holds, switched off, on which that release was installed and is confirmed.
virtual_h755::BoardState boardWith(const updater::VerifiedBundle& release);

} // namespace emulator
