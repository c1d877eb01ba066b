#include "gui/recovery_steps.h"

#include <QCoreApplication>

namespace gui {
namespace {

using updater::ErrorCode;
using updater::ErrorGroup;

struct Steps {
    Q_DECLARE_TR_FUNCTIONS(TechnicianSteps)

public:
    static QString powerCycle() { return tr("Take all power away for some seconds."); }
    static QString onceMore() { return tr("Do it once more: nothing that was done is lost."); }
    static QString otherCable()
    {
        return tr("Try another cable, another port, or a hub between computer and board.");
    }
    static QString report() { return tr("If it comes again, save a report for support."); }

    static QStringList toRomLoader()
    {
        return {tr("Hold BOOT0 high while the power comes on. A reset alone is not enough."),
                tr("If the loader does not come up, press reset once more while BOOT0 is high: "
                   "version 9.0 may need that.")};
    }
    static QStringList access()
    {
        return {tr("Allow access to the board, as the page “What can I do?” describes."),
                tr("Unplug the board and plug it in again.")};
    }
    static QStringList file()
    {
        return {tr("Choose a signed unit file. Its name ends in .h755factory."),
                tr("Get the file from the build server again if it does.")};
    }
    static QStringList flash()
    {
        return {onceMore(), tr("Measure the supply while it is written: 2.7 V at least."),
                tr("Otherwise the flash is worn: set the board aside.")};
    }
    static QStringList readProtected()
    {
        return {tr("Nothing was erased. Only removing the protection opens the chip, and that "
                   "erases everything."),
                tr("If that is what you want, do it on purpose, with a programmer."),
                tr("Then program the board as a new one.")};
    }
};

/// Of the debug probe.
QStringList probeSteps(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NoProbe:
        return {Steps::tr("Connect the ST-LINK with a data cable."),
                Steps::tr("With several, type the serial number of the one that you mean. The "
                          "number on its label is not always that one.")};
    case ErrorCode::OtherUnit:
        return {Steps::tr("Compare the id above with the one that you typed."),
                Steps::tr("Connect the ST-LINK to the unit that you mean.")};
    case ErrorCode::ProgrammerMissing:
        return {Steps::tr("Install OpenOCD 0.12 or newer from your system's packages."),
                Steps::tr("If it is in another folder than usual, start this program with "
                          "--openocd and its path.")};
    case ErrorCode::OptionBytes:
        return {Steps::tr("Read above which field is meant."), Steps::powerCycle(),
                Steps::tr("Do it once more. If it stays, set the board aside.")};
    case ErrorCode::SwdConnection:
        return {Steps::tr("Check the cable from the ST-LINK to the board, and the board's power."),
                Steps::tr("Hold BOOT0 high while the power comes on: firmware that turns off its "
                          "own supply or the debug pins does not run then."),
                Steps::onceMore()};
    default:
        return {Steps::tr("Unplug the ST-LINK and plug it in again."), Steps::onceMore(),
                Steps::report()};
    }
}

} // namespace

QStringList technicianSteps(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NoRomLoader: return Steps::toRomLoader();
    case ErrorCode::NamedDeviceMissing:
        return QStringList{Steps::tr("Connect the board that you began with.")} +
               Steps::toRomLoader();
    case ErrorCode::PermissionDenied:
    case ErrorCode::DriverMissing: return Steps::access();
    case ErrorCode::DeviceBusy:
        return {Steps::tr("Close other programs that use it, such as an IDE or a debug server."),
                Steps::onceMore()};
    case ErrorCode::FlashErase:
    case ErrorCode::FlashProgram:
    case ErrorCode::FlashVerify: return Steps::flash();
    case ErrorCode::ProvisioningIncomplete:
        return {Steps::tr("The image is in place. Go on with the ST-LINK: it sets the option "
                          "bytes.")};
    case ErrorCode::WrongChip:
        return {Steps::tr("Nothing was written. Look for the board that you mean: this one has "
                          "another chip.")};
    case ErrorCode::ReadProtected: return Steps::readProtected();
    case ErrorCode::WriteProtected:
        return {Steps::tr("Go on with the ST-LINK: only that way the protection can be removed.")};
    case ErrorCode::DeviceDidNotReturn:
        return {Steps::tr("Set BOOT0 low, and only then switch the power off and on."),
                Steps::tr("Connect the board's own USB port."), Steps::tr("Wait again.")};
    case ErrorCode::ConfirmationTimeout:
        return {Steps::tr("Wait again: the release has started and is still on trial."),
                Steps::report()};
    case ErrorCode::NoProbe:
    case ErrorCode::OtherUnit:
    case ErrorCode::ProgrammerMissing:
    case ErrorCode::OptionBytes:
    case ErrorCode::SwdConnection:
    case ErrorCode::OverallTimeout: return probeSteps(code);
    default: break;
    }
    const ErrorGroup group = updater::errorGroup(code);
    if (group == ErrorGroup::Bundle || group == ErrorGroup::Usage) return Steps::file();
    if (code == ErrorCode::WrongProduct) return Steps::file();
    if (group == ErrorGroup::Connection) return {Steps::otherCable(), Steps::onceMore()};
    return {Steps::powerCycle(), Steps::onceMore(), Steps::report()};
}

} // namespace gui
