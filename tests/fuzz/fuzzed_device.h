// The whole device with a host that obeys no rule, and what must hold whatever that host does:
// no flash operation touches the active set, only complete releases run, every answer is
// well-formed and in time. The flash model throws on every broken rule of the chip.
#pragma once

#include "fuzz_input.h"
#include "invariant.h"
#include "releases.h"
#include "virtual/virtual_device.h"

namespace fuzz {

using boot::SetupPacket;
using contract::ByteView;
using contract::Slot;
using contract::dfu::State;
using contract::dfu::StatusReply;
using virtual_h755::Mode;
using virtual_h755::Tear;

/// A device at power-off.
struct Remains {
    virtual_h755::FlashContents flash;
    virtual_h755::BackupRegisters backup{};
};

class FuzzedDevice {
public:
    struct Options {
        MapChoice map = MapChoice::Tiny;
        bool isGullible = false; ///< takes every signature
    };

    explicit FuzzedDevice(const Options& options);

    /// `isBootable`: the device runs a confirmed release whenever nothing asks for update mode.
    void restore(const Remains& remains, bool isBootable);
    void start(contract::ResetCause cause = contract::ResetCause::PowerOn);
    void askForUpdateMode();
    /// Two faults in a row before the next start: minimal update mode.
    void recordFaults();
    /// Clean, without running operations.
    Remains switchOff();

    /// Device time; flash operations and USB go on.
    void run(std::uint64_t us);
    /// Long silence on the bus, in few steps.
    void stayQuiet(std::uint32_t ms);
    void cutPower(Tear tear);
    void cutPowerAfter(std::uint64_t operations, Tear tear, Tear otherTear);
    void reset(contract::ResetCause cause);

    /// One control transfer. Nothing: stalled, or nobody there.
    std::optional<Bytes> in(const SetupPacket& packet);
    bool out(const SetupPacket& packet, ByteView data = {});
    /// A SETUP packet whose data or status stage may never come.
    void halfTransfer(const SetupPacket& packet, bool hasData, bool hasStatus, ByteView data);
    void busReset();

    /// GETSTATUS, checked.
    std::optional<StatusReply> status();
    /// GETSTATUS until the device is no longer busy.
    std::optional<StatusReply> waitWhileBusy();
    bool download(std::uint16_t number, ByteView bytes);
    /// The zero-length DNLOAD and its GETSTATUS.
    bool finish(std::uint16_t number = 0);
    /// To dfuIDLE, as our tools do it.
    bool prepare();
    bool classRequest(contract::dfu::Request request, std::uint16_t value = 0);
    bool vendorOut(contract::vendor::Request request, std::uint16_t value = 0, ByteView data = {});
    std::optional<Bytes> vendorIn(contract::vendor::Request request, std::uint16_t value = 0,
                                  std::uint16_t length = 0xFFFF);
    /// Blocks that the device wants, of `total`; checked.
    std::vector<std::uint16_t> missing(std::uint16_t& total);
    void checkDeviceStatus();

    /// All that our tools do to install a release, from any state of update mode.
    bool install(const bundler::SignedSet& set, std::size_t mostBlocks = 1000);

    /// Switches on undisturbed: what was confirmed once, or a successor, boots; then, if wanted,
    /// the newest release can be installed, confirms itself, and runs.
    void mustSurvive(bool isUpdated);

    const Releases& releases() const { return m_releases; }
    virtual_h755::VirtualDevice& device() { return *m_device; }

private:
    struct Floor {
        std::uint8_t keyIndex = 0;
        std::uint32_t counter = 0;
        auto operator<=>(const Floor&) const = default;
    };

    void onOperation();
    void check();
    void checkFloor();
    /// `place` holds a complete release, linked for `link`, every word of it readable.
    bool holdsRelease(Slot place, Slot link) const;
    bool isStaged() const { return holdsRelease(Slot::B, Slot::A); }
    bool mayChange(Slot slot) const;
    bool isConfirmedReleaseActive() const;
    std::optional<bool> transfer(const SetupPacket& packet, bool hasData, bool hasStatus,
                                 ByteView data, Bytes* reply);
    void checkAnswer(const SetupPacket& packet, const boot::SetupAnswer& answer) const;
    template <typename Action>
    void timed(Action&& action);

    const Options m_options;
    const Releases& m_releases;
    virtual_h755::SimulatedClock m_clock;
    std::unique_ptr<virtual_h755::VirtualDevice> m_device;
    bool m_isBootable = false; ///< a confirmed release has been active
    Floor m_floor;
    std::optional<std::uint64_t> m_checkedOperations;
};

contract::Digest headerHash(ByteView stream);
ByteView blockOf(ByteView stream, std::uint32_t block);

} // namespace fuzz
