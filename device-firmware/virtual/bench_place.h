// One device on the workbench with its power supply, its cable and its accidents.
#pragma once

#include "virtual/host_pace.h"
#include "virtual/state_file.h"
#include "virtual/usb_function.h"

#include <memory>

namespace virtual_h755 {

/// Makes the board that a place is for, on the place's clock.
using MakeDevice = std::function<std::unique_ptr<Device>(
    const contract::FlashMap& map, const boot::Identity& identity, Clock& clock,
    const DeviceOptions& options)>;

/// What is to happen by itself. Each trigger fires once; 0 = never.
struct Accidents {
    std::uint64_t unplugAtBytes = 0; ///< once the device has accepted so much DNLOAD data in all
    std::uint64_t unplugAtBlock = 0; ///< the same in DNLOAD requests
    /// The same; the chip then stands still, on the bus, until it is reset or loses its power.
    std::uint64_t hangAtBlock = 0;
    std::uint64_t cutAtOperation = 0; ///< while that flash operation runs, counted from the start
    Tear tear = Tear::TornBad;
    /// Pulled cables and cut supplies come back after this time; nothing: they do not.
    std::optional<std::uint32_t> replugAfterMs;
};

class BenchPlace final : public UsbFunction {
public:
    /// `statePath` may be empty; if the file exists the board wakes up with it. Throws
    /// std::runtime_error if it is damaged.
    BenchPlace(const contract::FlashMap& map, const boot::Identity& identity, const HostPace& pace,
               const MakeDevice& make, const DeviceOptions& options,
               std::filesystem::path statePath);

    ControlOutcome control(const boot::SetupPacket& packet, contract::ByteSpan data) override;
    void busReset() override;

    /// Runs the device up to the host's present.
    void advance();

    void plug() { m_device->plug(); }
    void unplug();
    void cutPower(Tear tear);
    void powerOn(contract::ResetCause cause = contract::ResetCause::PowerOn);
    void reset();

    /// Arms `cutAtOperation` operations from now.
    void cutAtOperation(std::uint64_t fromNow, Tear tear);

    /// Nothing happens by itself any more.
    void disarm();

    /// Every word of that sector that holds something has a double-bit error from now on. Returns
    /// why that cannot be, or nothing: like real rot it is met at the next start, so the supply
    /// must be off.
    std::string rotSector(std::uint64_t address);

    /// True if it woke up with a state file.
    bool hasPast() const { return m_hasPast; }

    /// By how much the board's clock is ahead of the host's.
    std::uint64_t aheadUs() const;

    Device& device() { return *m_device; }
    Accidents& accidents() { return m_accidents; }

    /// One line of key=value pairs.
    std::string status();

    /// Writes the state file, if there is one, as a cut of the power would leave the board now.
    /// Returns what went wrong, or nothing.
    std::string save();

private:
    void loadState();
    void catchUp(std::uint64_t hostUs);
    void checkAccidents();
    void scheduleReturn();
    /// True while one of the accidents is still to come.
    bool isArmed() const;

    SimulatedClock m_clock;
    const HostPace& m_pace;
    std::unique_ptr<Device> m_device;
    std::filesystem::path m_statePath;
    Accidents m_accidents;
    std::optional<std::uint64_t> m_returnUs; ///< power and cable come back
    std::uint64_t m_missedUs = 0;            ///< that the board was too slow for
    std::uint64_t m_cutAt = 0;               ///< flash operation; 0 = none, or long past
    bool m_hasPast = false;
    bool m_wasPowered = false;
    bool m_isHanging = false;
};

} // namespace virtual_h755
