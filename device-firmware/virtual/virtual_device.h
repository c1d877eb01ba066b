// The whole virtual board: from power-on through the bootloader's own code to the application, and
// the end of a USB cable.
#pragma once

#include "bootloader/start_up.h"
#include "bootloader/update_mode.h"
#include "virtual/application_model.h"
#include "virtual/device.h"
#include "virtual/rom_loader.h"
#include "virtual/stand_in_crypto.h"
#include "virtual/timed_crypto.h"

#include <memory>

namespace virtual_h755 {

class VirtualDevice : public Device {
public:
    VirtualDevice(const contract::FlashMap& map, const boot::Identity& identity, Clock& clock,
                  const DeviceOptions& options = {});

    /// Runs the start-up code at once, in device time.
    void powerOn(contract::ResetCause cause = contract::ResetCause::PowerOn) override;
    void powerOff(Tear tear = Tear::TornBad) override;
    void reset(contract::ResetCause cause) override;
    void run(std::uint64_t us) override;
    ControlOutcome control(const boot::SetupPacket& packet, contract::ByteSpan data) override;
    void busReset() override;

    /// What answers on EP0 now, or nothing: for hosts that leave transfers unfinished.
    boot::ControlHandler* handler();

    void unplug() override;
    void plug() override;
    bool isPlugged() const override { return m_isPlugged; }
    bool isAttached() const override { return m_isPlugged && m_isPulledUp; }
    std::uint32_t generation() const override { return m_generation; }
    bool isSettled() const override { return m_attachUs == 0 && !m_pendingReset; }

    Mode mode() const override { return m_mode; }
    /// Times that the bootloader has been entered.
    std::uint32_t starts() const { return m_starts; }
    bool isM4Running() const override { return m_isM4Running; }
    bool isSupplyLocked() const override { return m_isSupplyLocked; }
    const boot::StartResult& startResult() const { return m_start; }
    const DownloadCounters& downloads() const override { return m_downloads; }

    FlashModel& flash() override { return m_flash; }
    VirtualBoard& board() { return m_board; }
    BackupRegisters& backupRegisters() override { return m_board.backupRegisters(); }
    boot::BoardFacts& mutableFacts() override { return m_board.mutableFacts(); }
    DeviceOptions& options() override { return m_options; }
    ApplicationBehaviour& applicationBehaviour() { return m_options.application; }
    /// The running application; only in mode Application.
    const ApplicationModel& application() const { return *m_application; }
    /// The journal as the bootloader has it; valid since the first `powerOn`.
    const boot::Journal& journal() const { return *m_journal; }

private:
    void boot(contract::ResetCause cause);
    void stop();
    void startRomLoader(contract::ResetCause cause);
    void startFlash();
    boot::StartResult startUp();
    void attachSoon();
    void startApplication();
    bool startM4();
    contract::Version fetchImage(contract::Core core, std::uint32_t vectors);
    void leaveBus();
    void step(std::uint64_t endUs);
    void runBootloader();
    void runApplication(std::uint64_t endUs);
    void takeRestart();
    void leaveRomLoader();
    ControlOutcome transfer(boot::ControlHandler& handler, const boot::SetupPacket& packet,
                            contract::ByteSpan data);

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
    StandInCrypto m_crypto;
    std::unique_ptr<boot::UpdateMemory> m_memory;

    std::optional<boot::Journal> m_journal;
    std::optional<boot::SetVerifier> m_verifier;
    std::optional<boot::UpdateMode> m_updateMode;
    std::optional<ApplicationModel> m_application;
    std::optional<RomLoader> m_rom;
    boot::StartResult m_start;

    Mode m_mode = Mode::Off;
    std::optional<contract::ResetCause> m_pendingReset;
    std::uint64_t m_attachUs = 0;
    bool m_isPulledUp = false;
    bool m_isPlugged = true;
    bool m_isM4Running = false;
    bool m_wasBoot0High = false; ///< at power-on
    bool m_isSupplyLocked = false;
    std::uint32_t m_generation = 0;
    std::uint32_t m_starts = 0;
    DownloadCounters m_downloads;
};

} // namespace virtual_h755
