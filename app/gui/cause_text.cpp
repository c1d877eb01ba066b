#include "gui/cause_text.h"

#include <QCoreApplication>
#include <array>

namespace gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(KnownCause)
};

using updater::Route;
using updater::Sign;

struct CauseWords {
    const char* title;
    const char* remedy;
};

/// By number, as core's catalogue has them; here because lupdate reads no other folder.
constexpr std::array<CauseWords, 17> words{{
    {QT_TRANSLATE_NOOP("KnownCause", "An update through ST's ROM loader was interrupted"),
     QT_TRANSLATE_NOOP("KnownCause", "The old firmware was erased before the new one was written. "
                                     "Start into the ROM loader: BOOT0 high, then power off and on "
                                     "(a reset alone is not enough). Then program the board.")},
    {QT_TRANSLATE_NOOP("KnownCause", "ROM loader V9.0 or V9.1 left bank 2 unwritten"),
     QT_TRANSLATE_NOOP(
         "KnownCause",
         "Other tools hang or report success with holes in the M4's image. Program the board with "
         "this tool: it waits, reads everything back and writes again what differs.")},
    {QT_TRANSLATE_NOOP("KnownCause",
                       "A file was written that is no firmware image, or to a wrong address"),
     QT_TRANSLATE_NOOP(
         "KnownCause",
         "Start into the ROM loader (BOOT0 high, power off and on) and program the board.")},
    {QT_TRANSLATE_NOOP("KnownCause", "The ROM loader does not come up"),
     QT_TRANSLATE_NOOP(
         "KnownCause",
         "Hold BOOT0 high while the power comes on, not only at a reset. V9.0 may need one more "
         "reset. Check the cable for data lines and 3.3 V at VDD33USB.")},
    {QT_TRANSLATE_NOOP("KnownCause", "Firmware for another supply (SMPS or LDO) has run"),
     QT_TRANSLATE_NOOP("KnownCause",
                       "The core has no voltage, so USB and SWD are dead. BOOT0 high, power off "
                       "and on, several times; then program the board.")},
    {QT_TRANSLATE_NOOP("KnownCause", "The supply setting is locked (PWR_CR3)"),
     QT_TRANSLATE_NOOP(
         "KnownCause",
         "Only power off and on clears it, several times if need be, with BOOT0 high.")},
    {QT_TRANSLATE_NOOP("KnownCause", "A flash word was torn by a power cut"),
     QT_TRANSLATE_NOOP(
         "KnownCause",
         "Reading it faults at every start. Our bootloader steps over such words and repairs the "
         "slot; where there is no such bootloader, program the board anew.")},
    {QT_TRANSLATE_NOOP("KnownCause", "Old error flags make the flash refuse"),
     QT_TRANSLATE_NOOP("KnownCause", "Power off and on, then do the repair again.")},
    {QT_TRANSLATE_NOOP("KnownCause", "A half-erased sector faults when it is read"),
     QT_TRANSLATE_NOOP(
         "KnownCause",
         "Write the release into both slots: each sector is erased before it is used.")},
    {QT_TRANSLATE_NOOP("KnownCause", "The supply broke down while the flash was written"),
     QT_TRANSLATE_NOOP(
         "KnownCause",
         "Write the release into both slots, on a good supply and a good cable; without our "
         "bootloader, program the board. Check option byte BOR_LEV = 3.")},
    {QT_TRANSLATE_NOOP("KnownCause",
                       "Sectors are write-protected (WRP) or hidden (PCROP, secure area)"),
     QT_TRANSLATE_NOOP(
         "KnownCause",
         "The ROM loader ignores writes to them and reports success. Clear WRP with an ST-LINK.")},
    {QT_TRANSLATE_NOOP("KnownCause", "The chip is read-protected (RDP level 1)"),
     QT_TRANSLATE_NOOP("KnownCause",
                       "Removing it erases everything, and no program of ours does that. Use ST's "
                       "programmer with an ST-LINK, on purpose; then program the board as a new "
                       "one.")},
    {QT_TRANSLATE_NOOP("KnownCause", "The chip is read-protected for ever (RDP level 2)"),
     QT_TRANSLATE_NOOP("KnownCause", "No tool opens it again: replace the chip.")},
    {QT_TRANSLATE_NOOP("KnownCause", "Boot addresses, BCM7 or SWAP_BANK were changed"),
     QT_TRANSLATE_NOOP(
         "KnownCause",
         "Nothing runs at 0x08000000. Set the option bytes back with an ST-LINK, under reset.")},
    {QT_TRANSLATE_NOOP("KnownCause", "Reset was pulled while option bytes were written"),
     QT_TRANSLATE_NOOP("KnownCause", "Power off and on, BOOT0 high; then read and set the option "
                                     "bytes with an ST-LINK, under reset.")},
    {QT_TRANSLATE_NOOP("KnownCause", "The M4 starts by itself (option byte BCM4 = 1)"),
     QT_TRANSLATE_NOOP("KnownCause",
                       "The unit was not set up completely. Set BCM4 = 0 with an ST-LINK.")},
    {QT_TRANSLATE_NOOP("KnownCause", "A debug probe was left on the board"),
     QT_TRANSLATE_NOOP("KnownCause", "Take it off and switch the power off and on.")},
}};

} // namespace

HeadText causeText(const updater::KnownCause& cause)
{
    const CauseWords& found = words.at(cause.number - 1U);
    return {Words::tr(found.title), Words::tr(found.remedy)};
}

QString signText(Sign sign)
{
    switch (sign) {
    case Sign::None: return Words::tr("Something else");
    case Sign::NothingOnBus:
        return Words::tr("Nothing is on the bus, with a data cable and after a power cycle");
    case Sign::NothingWithBoot0:
        return Words::tr("Still nothing with BOOT0 high while the power came on");
    case Sign::RomLoaderOnBus: return Words::tr("The ROM loader is on the bus");
    case Sign::RomLoaderStuck:
        return Words::tr("A tool hangs in the ROM loader, or what it wrote is not there");
    case Sign::WriteProtected: return Words::tr("HX-0619: the flash does not change");
    case Sign::ReadProtected: return Words::tr("HX-0618: the chip is read-protected");
    case Sign::BootloaderFaults: return Words::tr("Our bootloader reports faults or flash errors");
    case Sign::NotProvisioned: return Words::tr("HX-0615: the unit is not provisioned");
    case Sign::ProbeAttached: return Words::tr("Nothing, and an ST-LINK is on the board");
    case Sign::ProbeCannotAttach: return Words::tr("The ST-LINK gets no answer");
    }
    return {};
}

QString routeText(Route route)
{
    switch (route) {
    case Route::UpdateMode: return Words::tr("Look at the list of devices");
    case Route::RomLoader: return Words::tr("Program it through the ROM loader");
    case Route::Probe: return Words::tr("Use an ST-LINK");
    case Route::PowerCycle:
    case Route::ReplaceChip: return {}; // the remedy says it all
    }
    return {};
}

} // namespace gui
