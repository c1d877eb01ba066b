// The STM32H755 on register models: both cores, memories, and everything between them. It executes
// whatever its flash holds.
#pragma once

#include "emulator/core.h"
#include "emulator/flash_controller.h"
#include "emulator/small_peripherals.h"
#include "emulator/usb_core.h"

#include <deque>
#include <optional>

namespace emulator {

/// What the board around the chip tells it.
struct BoardInputs {
    virtual_h755::FlashModel& flash;
    virtual_h755::BackupRegisters& backup;
    const boot::BoardFacts& facts; ///< button, VBUS, UID, revisions
};

class Chip final : private Surroundings {
public:
    Chip(virtual_h755::Clock& clock, const BoardInputs& board);

    /// Supply on: registers that only a power-on resets, and RAM full of noise.
    void powerOn();
    /// System reset: new engines, all registers as after a reset.
    void reset(contract::ResetCause cause);
    /// Runs both cores until the clock says `endUs`, through resets that they ask for. Throws
    /// PowerLoss, IllegalAccess, RuleViolation.
    void run(std::uint64_t endUs);

    /// What the M7 executes: Bootloader, Application or RomLoader.
    virtual_h755::Mode mode() const { return m_mode; }
    /// Since when; 0 before the first start.
    std::uint64_t modeSinceUs() const { return m_modeSinceUs; }
    bool isM4Running() const { return m_m4 && !m_m4->isLockedUp(); }

    /// For accidents of applications that a test wants.
    void haltM7() { m_isM7Halted = true; }
    void holdM4(bool isHeld) { m_isM4Held = isHeld; }
    void requestReset(contract::ResetCause cause) { m_pendingReset = cause; }

    /// From the next reset on, while the bootloader runs.
    void remember(RememberedCalls* calls) { m_remembered = calls; }

    UsbCore& usb() { return m_usb; }
    PowerControl& power() { return m_power; }
    FlashController& flash() { return m_flash; }
    Core& m7() { return *m_m7; }
    std::uint32_t resets() const { return m_resets; }
    /// Instructions of the M7 from the last reset to its jump into the application; 0 before that.
    std::uint64_t instructionsToJump() const { return m_instructionsToJump; }
    /// Bytes in the DTCM's lowest 32 KB that no longer hold the reset handler's pattern.
    std::uint32_t stackBytesUsed() const;

private:
    bool loadsFromFlash(Core& core, std::uint32_t address, std::uint32_t bytes) override;
    void storesToFlash(std::uint32_t address, std::uint32_t value, std::uint32_t bytes) override;
    bool fetches(Core& core, std::uint32_t address, std::uint32_t bytes) override;
    std::uint32_t megahertz(const Core& core) const override;
    void requestReset(Core& core) override;
    void misbehaves(const Core& core, const std::string& what) override;

    using Clocked = std::function<bool()>;
    struct Place {
        std::uint32_t address;
        std::uint32_t bytes;
        Peripheral* peripheral;
    };

    void addPeripherals();
    void addPlace(std::uint32_t address, std::uint32_t bytes, Peripheral& inner, const char* name,
                  Clocked isClocked);
    Clocked enabledBy(std::uint32_t enableRegister, std::uint32_t bit) const;
    void fillSystemFlash();
    void fillWithNoise(std::span<std::uint8_t> memory, std::uint64_t seed) const;
    std::uint32_t inputsOf(unsigned port) const;
    bool isUsbFed() const;
    void checkOperatingPoint();
    void resetPeripherals(std::uint32_t resetRegister, std::uint32_t bits);
    void startM7();
    void startM4();
    void runSlice(std::uint64_t endUs);
    void enterMode(virtual_h755::Mode mode);
    void checkRomEntry(Core& core) const;
    bool isInSlot(contract::Core core, std::uint32_t address) const;

    virtual_h755::Clock& m_clock;
    BoardInputs m_board;
    PowerControl m_power;
    ClockControl m_clocks;
    M4ClockControl m_m4Clocks{m_clocks};
    FlashController m_flash;
    Watchdog m_watchdog;
    BackupDomain m_backup;
    PlainRegisters m_clockRecovery = clockRecovery();
    PlainRegisters m_systemConfiguration = systemConfiguration();
    PlainRegisters m_identity;
    std::deque<Port> m_ports;
    UsbCore m_usb;
    std::deque<ClockedPeripheral> m_clocked;
    std::vector<Place> m_places;
    std::deque<ClockedPeripheral> m_m4Clocked;

    std::vector<std::uint8_t> m_itcm;
    std::vector<std::uint8_t> m_dtcm;
    std::vector<std::uint8_t> m_axiRam;
    std::vector<std::uint8_t> m_d2Ram;
    std::vector<std::uint8_t> m_d3Ram;
    std::vector<std::uint8_t> m_systemFlash;

    RememberedCalls* m_remembered = nullptr;
    std::optional<Core> m_m7;
    virtual_h755::SimulatedClock m_m4Clock;
    std::optional<Core> m_m4;
    std::optional<contract::ResetCause> m_pendingReset;
    bool m_isM4Released = false;
    bool m_isM4Held = false;
    bool m_isM7Halted = false;
    bool m_isWatchingStores = false;
    bool m_shallForgetCode = false;
    virtual_h755::Mode m_mode = virtual_h755::Mode::Bootloader;
    std::uint64_t m_modeSinceUs = 0;
    std::uint64_t m_instructionsToJump = 0;
    std::uint32_t m_resets = 0;
    std::uint64_t m_powerOns = 0;
};

} // namespace emulator
