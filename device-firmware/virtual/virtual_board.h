// The bootloader's board, virtual: flash model, RTC backup registers, independent watchdog, facts.
#pragma once

#include "bootloader/board.h"
#include "virtual/flash_model.h"

namespace virtual_h755 {

/// The watchdog has expired while the bootloader ran: whoever owns the board resets it.
struct WatchdogExpired {};

using BackupRegisters = std::array<std::uint32_t, H755_BACKUP_REGISTERS>;

class VirtualBoard final : public boot::Board {
public:
    VirtualBoard(FlashModel& flash, Clock& clock);

    FlashModel& flash() override { return m_flash; }
    const boot::BoardFacts& facts() const override { return m_facts; }
    std::uint32_t nowMs() const override;

    /// Feeds the watchdog and lets time pass: to the end of the next flash operation, at most 1 ms.
    void idle() override;
    void startWatchdog(std::uint32_t timeoutMs) override;
    std::uint32_t backup(unsigned number) const override { return m_backup.at(number); }
    void setBackup(unsigned number, std::uint32_t value) override { m_backup.at(number) = value; }

    /// A reset of the chip: stops the watchdog, takes over the option bytes, begins a flash power
    /// cycle.
    void reset(contract::ResetCause cause);

    /// Power was lost and no VBAT held the backup registers.
    void loseBackup() { m_backup = {}; }

    /// For the running application, which waits without `idle`.
    void feedWatchdog();
    bool isWatchdogExpired() const;

    /// Facts to set: button, VBUS, revisions. Cause and option bytes are taken over at the next
    /// reset.
    boot::BoardFacts& mutableFacts() { return m_facts; }
    BackupRegisters& backupRegisters() { return m_backup; }

private:
    FlashModel& m_flash;
    Clock& m_clock;
    boot::BoardFacts m_facts;
    BackupRegisters m_backup{};
    std::uint64_t m_resetUs = 0;
    std::uint64_t m_watchdogUs = 0; ///< time-out; 0 = not started
    std::uint64_t m_fedUs = 0;
};

} // namespace virtual_h755
