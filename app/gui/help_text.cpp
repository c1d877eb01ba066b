#include "gui/help_text.h"

#include <QCoreApplication>

namespace gui {
namespace {

struct Pages {
    Q_DECLARE_TR_FUNCTIONS(HelpText)

public:
    static HelpText cable()
    {
        return {
            .title = tr("The cable may only charge"),
            .sentence = tr("Some cables carry power but no data. The device then lights up, but "
                           "the computer does not see it."),
            .steps = {tr("Use the cable that came with the device, or another data cable."),
                      tr("Push both plugs in firmly."), tr("Switch the device on."),
                      tr("Wait ten seconds. The device appears here by itself.")},
            .fixLabel = {},
        };
    }

    static HelpText hub()
    {
        return {
            .title = tr("The port or the hub may be the cause"),
            .sentence = tr("A hub, a dock or a worn port can interrupt the connection."),
            .steps = {tr("Plug the device straight into the computer, without a hub."),
                      tr("Try a port on another side of the computer."),
                      tr("If it was plugged in straight before, try it with a hub in between."),
                      tr("If nothing helps, restart the computer.")},
            .fixLabel = {},
        };
    }

    static HelpText permission()
    {
        return {
            .title = tr("The computer does not allow access"),
            .sentence = tr("The device is fine. Your account on this computer has no permission "
                           "to use it yet."),
            .steps = {tr("Choose “Allow access…”."),
                      tr("Confirm when the computer asks. It may ask for a password."),
                      tr("Unplug the device and plug it in again.")},
            .fixLabel = tr("Allow access…"),
        };
    }

    static HelpText driver()
    {
        return {
            .title = tr("The driver may be missing"),
            .sentence = tr("A driver lets the computer talk to the device. The computer sets it "
                           "up by itself, which can take a minute the first time."),
            .steps = {tr("Unplug the device, plug it in again and wait one minute."),
                      tr("Try another port of the computer."),
                      tr("Restart the computer, then plug the device in again.")},
            .fixLabel = {},
        };
    }

    static HelpText busy()
    {
        return {
            .title = tr("Another program may be using the device"),
            .sentence = tr("Only one program at a time can use the device."),
            .steps = {tr("Close other programs that use the device."),
                      tr("If somebody else is logged in on this computer, log them out."),
                      tr("Unplug the device and plug it in again."),
                      tr("If nothing helps, restart the computer.")},
            .fixLabel = {},
        };
    }

    static HelpText releaseFile()
    {
        return {
            .title = tr("The update file may be the cause"),
            .sentence = tr("The file must arrive here exactly as the manufacturer made it. The "
                           "program checks that before it changes anything on the device."),
            .steps = {tr("Get the update file for your product from the manufacturer."),
                      tr("Keep the file as it is: do not unpack it and do not rename it. Its name "
                         "ends in .h755."),
                      tr("Open the file here.")},
            .fixLabel = {},
        };
    }

    static HelpText service()
    {
        return {
            .title = tr("The device needs our help"),
            .sentence = tr("This cannot be repaired from here. A report tells support what "
                           "happened, so that the first answer can already help."),
            .steps = {tr("If the device works, keep using it."),
                      tr("Choose “Save report” and send the file to support."),
                      tr("Name the code that is shown with the message.")},
            .fixLabel = {},
        };
    }
};

} // namespace

HelpText helpText(HelpTopic topic)
{
    switch (topic) {
    case HelpTopic::None: return {};
    case HelpTopic::Cable: return Pages::cable();
    case HelpTopic::Hub: return Pages::hub();
    case HelpTopic::Permission: return Pages::permission();
    case HelpTopic::Driver: return Pages::driver();
    case HelpTopic::Busy: return Pages::busy();
    case HelpTopic::ReleaseFile: return Pages::releaseFile();
    case HelpTopic::Service: return Pages::service();
    }
    return {};
}

} // namespace gui
