#include "core/recovery/known_causes.h"

namespace updater {

namespace {

using enum Sign;

constexpr std::array<KnownCause, 17> causes{{
    {1,
     "An update through ST's ROM loader was interrupted",
     "The old firmware was erased before the new one was written. Start into the ROM loader: "
     "BOOT0 high, then power off and on (a reset alone is not enough). Then program the board.",
     {{NothingOnBus, RomLoaderOnBus}},
     Route::RomLoader},
    {2,
     "ROM loader V9.0 or V9.1 left bank 2 unwritten",
     "Other tools hang or report success with holes in the M4's image. Program the board with "
     "this tool: it waits, reads everything back and writes again what differs.",
     {{RomLoaderStuck, RomLoaderOnBus}},
     Route::RomLoader},
    {3,
     "A file was written that is no firmware image, or to a wrong address",
     "Start into the ROM loader (BOOT0 high, power off and on) and program the board.",
     {{NothingOnBus, RomLoaderOnBus}},
     Route::RomLoader},
    {4,
     "The ROM loader does not come up",
     "Hold BOOT0 high while the power comes on, not only at a reset. V9.0 may need one more "
     "reset. Check the cable for data lines and 3.3 V at VDD33USB.",
     {{NothingWithBoot0}},
     Route::PowerCycle},
    {5,
     "Firmware for another supply (SMPS or LDO) has run",
     "The core has no voltage, so USB and SWD are dead. BOOT0 high, power off and on, several "
     "times; then program the board.",
     {{NothingOnBus, NothingWithBoot0, ProbeCannotAttach}},
     Route::PowerCycle},
    {6,
     "The supply setting is locked (PWR_CR3)",
     "Only power off and on clears it, several times if need be, with BOOT0 high.",
     {{NothingOnBus, RomLoaderStuck}},
     Route::PowerCycle},
    {7,
     "A flash word was torn by a power cut",
     "Reading it faults at every start. Our bootloader steps over such words and repairs the "
     "slot; where there is no such bootloader, program the board anew.",
     {{NothingOnBus, BootloaderFaults}},
     Route::UpdateMode},
    {8,
     "Old error flags make the flash refuse",
     "Power off and on, then do the repair again.",
     {{BootloaderFaults, RomLoaderStuck}},
     Route::PowerCycle},
    {9,
     "A half-erased sector faults when it is read",
     "Write the release into both slots: each sector is erased before it is used.",
     {{BootloaderFaults}},
     Route::UpdateMode},
    {10,
     "The supply broke down while the flash was written",
     "Write the release into both slots, on a good supply and a good cable; without our "
     "bootloader, program the board. Check option byte BOR_LEV = 3.",
     {{NothingOnBus, BootloaderFaults}},
     Route::UpdateMode},
    {11,
     "Sectors are write-protected (WRP) or hidden (PCROP, secure area)",
     "The ROM loader ignores writes to them and reports success. Clear WRP with an ST-LINK.",
     {{WriteProtected, RomLoaderStuck}},
     Route::Probe},
    {12,
     "The chip is read-protected (RDP level 1)",
     "Removing it erases everything, and no program of ours does that. Use ST's programmer with an "
     "ST-LINK, on purpose; then program the board as a new one.",
     {{ReadProtected}},
     Route::Probe},
    {13,
     "The chip is read-protected for ever (RDP level 2)",
     "No tool opens it again: replace the chip.",
     {{NothingWithBoot0, ProbeCannotAttach}},
     Route::ReplaceChip},
    {14,
     "Boot addresses, BCM7 or SWAP_BANK were changed",
     "Nothing runs at 0x08000000. Set the option bytes back with an ST-LINK, under reset.",
     {{NothingOnBus, NothingWithBoot0}},
     Route::Probe},
    {15,
     "Reset was pulled while option bytes were written",
     "Power off and on, BOOT0 high; then read and set the option bytes with an ST-LINK, under "
     "reset.",
     {{NothingWithBoot0, ProbeCannotAttach}},
     Route::Probe},
    {16,
     "The M4 starts by itself (option byte BCM4 = 1)",
     "The unit was not set up completely. Set BCM4 = 0 with an ST-LINK.",
     {{NotProvisioned}},
     Route::Probe},
    {17,
     "A debug probe was left on the board",
     "Take it off and switch the power off and on.",
     {{ProbeAttached}},
     Route::PowerCycle},
}};

} // namespace

std::span<const KnownCause> knownCauses()
{
    return causes;
}

std::vector<const KnownCause*> causesOf(Sign sign)
{
    std::vector<const KnownCause*> found;
    for (std::size_t rank = 0; rank < KnownCause{}.signs.size(); ++rank) {
        for (const KnownCause& cause : causes)
            if (cause.signs[rank] == sign) found.push_back(&cause);
    }
    return found;
}

} // namespace updater
