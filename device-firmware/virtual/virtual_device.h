// The whole virtual board: from power-on through the bootloader's own code to the application, and
// the end of a USB cable.
#pragma once

#include "bootloader/start_up.h"
#include "bootloader/update_mode.h"
#include "virtual/application_model.h"
#include "virtual/timed_crypto.h"

#include <functional>
#include <memory>

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
    bool keepsBackup = true;                ///< VBAT holds the backup registers without power
    std::uint32_t attachDelayMs = 50;       ///< from reset to the pull-up on D+
    const boot::Crypto* crypto = nullptr;   ///< instead of TimedCrypto, for tests that memoise
};

enum class Mode : std::uint8_t { Off, Bootloader, Application, RomLoader };

struct ControlOutcome {
    enum class Kind : std::uint8_t {
        Done,
        Stalled,
        Detached, ///< nobody is there, or it has left during the transfer
        Silent,   ///< the device does not answer: the host's time-out decides
    };
    Kind kind = Kind::Detached;
    std::size_t bytes = 0; ///< moved in the data stage
};

/// What the device has been sent, over all power cycles: tests prove a resume by it.
struct DownloadCounters {
    std::uint64_t bytes = 0; ///< data of accepted DFU_DNLOAD requests
    std::uint64_t blocks = 0;
};

class VirtualDevice {
public:
    VirtualDevice(const contract::FlashMap& map, const boot::Identity& identity, Clock& clock,
                  const DeviceOptions& options = {});
    VirtualDevice(const VirtualDevice&) = delete;
    VirtualDevice& operator=(const VirtualDevice&) = delete;

    /// Supply on: runs the start-up code at once, in device time.
    void powerOn(contract::ResetCause cause = contract::ResetCause::PowerOn);

    /// Supply off at any moment; `tear` is what running flash operations leave.
    void powerOff(Tear tear = Tear::TornBad);

    /// Reset without loss of power. Flash operations that run are torn.
    void reset(contract::ResetCause cause);

    /// Executes the bootloader's loop or the application for this time.
    void run(std::uint64_t us);

    /// One control transfer to its end. For IN, `data` is filled; for OUT it is sent; wLength
    /// rules.
    ControlOutcome control(const boot::SetupPacket& packet, contract::ByteSpan data);

    /// What answers on EP0 now, or nothing: for hosts that leave transfers unfinished.
    boot::ControlHandler* handler();

    void busReset();

    /// The cable. Pulling it does not cut the power.
    void unplug();
    void plug();
    bool isPlugged() const { return m_isPlugged; }

    /// True while a host would see a device; `generation` grows with each time it newly appears.
    bool isAttached() const { return m_isPlugged && m_isPulledUp; }
    std::uint32_t generation() const { return m_generation; }
    /// False while it is about to appear on the bus or to restart.
    bool isSettled() const { return m_attachUs == 0 && !m_pendingReset; }

    Mode mode() const { return m_mode; }
    /// Times that the bootloader has been entered.
    std::uint32_t starts() const { return m_starts; }
    /// True once the M4 has been released to a vector table that can be read.
    bool isM4Running() const { return m_isM4Running; }
    const boot::StartResult& startResult() const { return m_start; }
    const DownloadCounters& downloads() const { return m_downloads; }

    FlashModel& flash() { return m_flash; }
    VirtualBoard& board() { return m_board; }
    DeviceOptions& options() { return m_options; }
    ApplicationBehaviour& applicationBehaviour() { return m_options.application; }
    /// The running application; only in mode Application.
    const ApplicationModel& application() const { return *m_application; }
    /// The journal as the bootloader has it; valid since the first `powerOn`.
    const boot::Journal& journal() const { return *m_journal; }

private:
    void boot(contract::ResetCause cause);
    void startApplication();
    bool startM4();
    contract::Version fetchImage(contract::Core core, std::uint32_t vectors);
    void leaveBus();
    void step(std::uint64_t endUs);
    void runBootloader();
    void runApplication(std::uint64_t endUs);
    void takeRestart();
    ControlOutcome transfer(boot::ControlHandler& handler, const boot::SetupPacket& packet,
                            contract::ByteSpan data);
    void count(const boot::SetupPacket& packet, const ControlOutcome& outcome);

    /// The one place where the model's exceptions end: lost power switches off, an expired watchdog
    /// asks for a reset.
    template <typename Action>
    void guarded(Action&& action);

    const contract::FlashMap& m_map;
    boot::Identity m_identity;
    Clock& m_clock;
    DeviceOptions m_options;
    FlashModel m_flash;
    VirtualBoard m_board;
    TimedCrypto m_timedCrypto;
    const boot::Crypto& m_crypto;
    std::unique_ptr<boot::UpdateMemory> m_memory;

    std::optional<boot::Journal> m_journal;
    std::optional<boot::SetVerifier> m_verifier;
    std::optional<boot::UpdateMode> m_updateMode;
    std::optional<ApplicationModel> m_application;
    boot::StartResult m_start;

    Mode m_mode = Mode::Off;
    std::optional<contract::ResetCause> m_pendingReset;
    std::uint64_t m_attachUs = 0;
    bool m_isPulledUp = false;
    bool m_isPlugged = true;
    bool m_isM4Running = false;
    std::uint32_t m_generation = 0;
    std::uint32_t m_starts = 0;
    DownloadCounters m_downloads;
};

} // namespace virtual_h755
