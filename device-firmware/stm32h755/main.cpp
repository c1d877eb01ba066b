// From RAM on: settle the core, set up clock and board, decide, and jump or stay in update mode.
#include "stm32h755/application_start.h"
#include "stm32h755/backup_registers.h"
#include "stm32h755/clocks.h"
#include "stm32h755/core.h"
#include "stm32h755/memory_guard.h"
#include "stm32h755/reset_handler.h"
#include "stm32h755/rom_loader.h"
#include "stm32h755/stm32_board.h"
#include "stm32h755/supply.h"
#include "stm32h755/system_tick.h"
#include "stm32h755/usb_device.h"
#include "stm32h755/watchdog.h"

#include "bootloader/start_up.h"
#include "bootloader/update_mode.h"
#include "identity/branded_identity.h"

namespace stm32h755 {

namespace {

constexpr boot::Identity identity = boot::brandedIdentity();
constexpr const contract::FlashMap& map = contract::h755FlashMap;

/// 392 KB; touched in update mode only.
[[gnu::section(".bss.axi_ram")]] alignas(8) boot::UpdateMemory updateMemory;

/// RAM with ECC is written before it is read, in the 64 bits that its ECC covers.
void clearUpdateMemory()
{
    auto* words = reinterpret_cast<volatile std::uint64_t*>(&updateMemory);
    for (std::size_t i = 0; i < sizeof(updateMemory) / sizeof(*words); ++i)
        words[i] = 0;
}
static_assert(sizeof(updateMemory) % sizeof(std::uint64_t) == 0);

/// Clocks and voltage may change only with the supply set up (RM0399 7.4.1). Without it the chip
/// runs slowly but runs: update mode, which says what is wrong.
void startChip()
{
    prolongHardwareWatchdog();
    openBackupRegisters();
    enterRomLoaderIfAsked();
    const bool isSupplied = isSupplyReady();
    if (!isSupplied) writeBackup(H755_BACKUP_REQUEST, H755_BOOT_REQUEST_UPDATE);
    startSystemTick(isSupplied ? startClocks() : internalClockHz);
    startMemoryGuard();
}

/// Shows itself on the bus not before `attachMs` after reset, so that a host has seen the last
/// device go; tries again when the core does not come up.
class BusAttachment {
public:
    explicit BusAttachment(UsbDevice& device) : m_device(device) {}

    void poll(std::uint32_t nowMs)
    {
        constexpr std::uint32_t retryMs = 1000;
        if (m_isConnected || nowMs - m_lastMs < m_waitMs) return;
        m_isConnected = m_device.connect();
        m_lastMs = nowMs;
        m_waitMs = retryMs;
    }

private:
    static constexpr std::uint32_t attachMs = 50;

    UsbDevice& m_device;
    std::uint32_t m_lastMs = 0;
    std::uint32_t m_waitMs = attachMs;
    bool m_isConnected = false;
};

[[noreturn]] void runUpdateMode(Stm32Board& board, const boot::Crypto& crypto,
                                boot::Journal& journal, contract::UpdateReason reason)
{
    clearUpdateMemory();
    boot::UpdateMode updateMode(board, crypto, map, identity, journal, updateMemory, reason);
    UsbDevice usb(updateMode, elapsedMs);
    BusAttachment attachment(usb);
    while (updateMode.restart() == boot::Restart::No) {
        attachment.poll(board.nowMs());
        usb.poll();
        updateMode.poll();
        board.idle();
    }
    usb.disconnect();
    resetSystem();
}

} // namespace

void bootloaderMain()
{
    settleCore();
    startChip();
    Stm32Board board;
    const boot::BearSslCrypto crypto;
    boot::Journal journal(board, map);
    boot::SetVerifier verifier(board, crypto, map, identity);
    const boot::StartResult start = boot::StartUp(board, map, journal, verifier).run();
    if (start.run) startApplication(start);
    runUpdateMode(board, crypto, journal, start.reason);
}

} // namespace stm32h755
