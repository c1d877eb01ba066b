// A whole board as the people around it meet it: supply, reset, USB cable and flash. Who executes
// its bootloader is another question: this machine (VirtualDevice) or an emulated Cortex-M7
// (tests/emulator).
#pragma once

#include "bootloader/control_request.h"
#include "bootloader/crypto.h"
#include "virtual/application_behaviour.h"
#include "virtual/rom_behaviour.h"
#include "virtual/virtual_board.h"

namespace virtual_h755 {

/// What the USB costs on a full-speed bus; all zero lets the host's own clock measure it.
struct WireTiming {
    std::uint32_t transferUs = 0; ///< SETUP and status stages
    std::uint32_t packetUs = 0;   ///< each 64 bytes of data

    /// 19 packets of 64 bytes fit into a frame (USB 2.0 5.8.4); the stages without data need 2
    /// more.
    static constexpr WireTiming fullSpeed() { return {106, 53}; }
};

struct DeviceOptions {
    FlashTiming flashTiming = FlashTiming::datasheet();
    WireTiming wireTiming = WireTiming::fullSpeed();
    ApplicationBehaviour application;
    /// If set, decides instead of `application`, by the version in the running M7 image's header.
    std::function<ApplicationBehaviour(const contract::Version&)> applicationOf;
    std::uint32_t applicationStepUs = 1000; ///< one round of the application's main loop
    /// A board that cannot keep up with the host's clock runs no longer than this in one go, and
    /// what it has missed is forgotten.
    std::uint64_t longestLagUs = 60'000'000;
    bool keepsBackup = true;              ///< VBAT holds the backup registers without power
    std::uint32_t attachDelayMs = 50;     ///< from reset to the pull-up on D+
    const boot::Crypto* crypto = nullptr; ///< instead of TimedCrypto, for tests that memoise
    RomOptions rom;
    bool isBoot0High = false; ///< the pin, as a jumper or a button holds it now
    /// The bootloader runs only if sector 0 holds one; else it is there whatever sector 0 holds.
    bool needsBootloader = false;
    std::vector<std::uint8_t> bootloaderImage; ///< if set, sector 0 must hold exactly this
    std::vector<contract::Digest> standIns;    ///< hashes of images that pass as signed
    /// If set, the board's next start is none: it was found in update mode, for this reason.
    std::optional<contract::UpdateReason> foundFor;

    /// What the release does whose M7 image carries this version.
    ApplicationBehaviour behaviourOf(const contract::Version& version) const;
};

/// LockedUp: the core has met what it cannot execute, and nothing but a reset helps.
enum class Mode : std::uint8_t { Off, Bootloader, Application, RomLoader, LockedUp };

struct ControlOutcome {
    enum class Kind : std::uint8_t {
        Done,
        Stalled,
        Detached, ///< nobody is there, or it has left during the transfer
        Silent,   ///< the device does not answer: the host's time-out decides
        Babbled,  ///< it sent more than was asked for: the host controller stops it
    };
    Kind kind = Kind::Detached;
    std::size_t bytes = 0; ///< moved in the data stage
    /// How long the host still waits for the end, by its own clock.
    std::uint64_t lateUs = 0;
};

/// What the device has been sent, over all power cycles: tests prove a resume by it.
struct DownloadCounters {
    std::uint64_t bytes = 0; ///< data of accepted DFU_DNLOAD requests
    std::uint64_t blocks = 0;

    void count(const boot::SetupPacket& packet, const ControlOutcome& outcome);
};

class Device {
public:
    Device() = default;
    virtual ~Device() = default;
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;

    /// Supply on. Does nothing if it is on already.
    virtual void powerOn(contract::ResetCause cause = contract::ResetCause::PowerOn) = 0;

    /// Supply off at any moment; `tear` is what running flash operations leave.
    virtual void powerOff(Tear tear = Tear::TornBad) = 0;

    /// Reset without loss of power. Flash operations that run are torn.
    virtual void reset(contract::ResetCause cause) = 0;

    /// Executes the bootloader or the application for this time.
    virtual void run(std::uint64_t us) = 0;

    /// One control transfer to its end. For IN, `data` is filled; for OUT it is sent; wLength
    /// rules.
    virtual ControlOutcome control(const boot::SetupPacket& packet, contract::ByteSpan data) = 0;

    virtual void busReset() = 0;

    /// The cable. Pulling it does not cut the power.
    virtual void unplug() = 0;
    virtual void plug() = 0;
    virtual bool isPlugged() const = 0;

    /// True while a host would see a device; `generation` grows with each time it newly appears.
    virtual bool isAttached() const = 0;
    virtual std::uint32_t generation() const = 0;
    /// False while it is about to appear on the bus or to restart.
    virtual bool isSettled() const = 0;

    virtual Mode mode() const = 0;
    /// True once the M4 has been released and runs.
    virtual bool isM4Running() const = 0;
    /// PWR_CR3 was written before our software could: the supply stays as it is until power-off.
    virtual bool isSupplyLocked() const { return false; }
    virtual const DownloadCounters& downloads() const = 0;

    virtual FlashModel& flash() = 0;
    virtual BackupRegisters& backupRegisters() = 0;
    /// Facts to set: button, UID, revisions; what the device finds out by itself is overwritten.
    virtual boot::BoardFacts& mutableFacts() = 0;
    virtual DeviceOptions& options() = 0;
};

} // namespace virtual_h755
