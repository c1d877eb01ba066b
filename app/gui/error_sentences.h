// The texts behind errorText(): one function for each thing that a person has to know. Several
// codes may share one. Only error_text.cpp includes this.
#pragma once

#include "gui/error_steps.h"
#include "gui/error_text.h"

namespace gui {

struct ErrorSentences : ErrorSteps {
    Q_DECLARE_TR_FUNCTIONS(ErrorText)

public:
    // 02 usage

    static ErrorText badArguments()
    {
        return {tr("The program was started in an unknown way"),
                tr("It does not know one of the words it was started with."),
                {tr("Close this window and start the program by its icon."),
                 tr("If you use a command line, --help lists the words that it knows.")},
                HelpTopic::None};
    }
    static ErrorText fileNotReadable()
    {
        return {tr("The file cannot be opened"),
                both(tr("It has moved, or your account may not open it."), unchanged()),
                {tr("Check that the file is still there."),
                 tr("Copy the file to your own documents and open the copy.")},
                HelpTopic::ReleaseFile};
    }
    static ErrorText fileNotWritable()
    {
        return {tr("The file cannot be saved"),
                tr("The folder has no room left, or your account may not save there."),
                {tr("Choose another folder, for example your documents."), tr("Save again.")},
                HelpTopic::None};
    }

    // 03 no device

    static ErrorText noDevice()
    {
        return {tr("No device found"),
                tr("The computer does not see the device."),
                {tr("Switch the device on."),
                 tr("Connect it with a data cable. Some cables only charge."),
                 tr("Try another port of the computer.")},
                HelpTopic::Cable};
    }
    static ErrorText severalDevices()
    {
        return {tr("More than one device is connected"),
                tr("The program does not choose one for you."),
                {tr("Choose your device from the list."), tr("Or unplug the other devices.")},
                HelpTopic::None};
    }
    static ErrorText namedDeviceMissing()
    {
        return {tr("The chosen device is not connected"),
                tr("Other devices are left alone."),
                {tr("Connect the device that you chose. Any port will do."),
                 tr("Or choose another device from the list.")},
                HelpTopic::Cable};
    }

    // 04 access

    static ErrorText permissionDenied()
    {
        return {tr("The computer does not allow access to the device"),
                tr("The device is fine. Your account has no permission to use it yet."),
                {tr("Choose “Allow access…” and confirm."), plugInAgain()},
                HelpTopic::Permission};
    }
    static ErrorText driverMissing()
    {
        return {tr("The computer is not ready for the device"),
                tr("The driver that lets the computer talk to the device is missing."),
                {tr("Unplug the device, plug it in again and wait one minute."),
                 tr("Try another port of the computer."), tr("Restart the computer.")},
                HelpTopic::Driver};
    }
    static ErrorText deviceBusy()
    {
        return {tr("Another program is using the device"),
                tr("Only one program at a time can use the device."),
                {tr("Close other programs that use the device."), tryAgain()},
                HelpTopic::Busy};
    }

    // 05 bundle

    static ErrorText fileTooLarge()
    {
        return {
            tr("The file is too large"),
            both(tr("No update file is as large as this one."), unchanged()),
            {tr("Check that you chose the right file. Its name ends in .h755."), getFileAgain()},
            HelpTopic::ReleaseFile};
    }
    static ErrorText notAnUpdateFile()
    {
        return {tr("This is not an update file"),
                both(tr("The name of an update file ends in .h755."), unchanged()),
                {tr("Choose a file whose name ends in .h755."),
                 tr("If the file has that name, get it from the manufacturer again.")},
                HelpTopic::ReleaseFile};
    }
    static ErrorText damagedFile()
    {
        return {tr("The update file is damaged"),
                both(tr("A part of it is missing or was changed on the way."), unchanged()),
                {getFileAgain(), openNewFile(), reportIfAgain()},
                HelpTopic::ReleaseFile};
    }
    static ErrorText untrustedFile()
    {
        return {tr("The update file cannot be trusted"),
                both(tr("It is not what the manufacturer made."), unchanged()),
                {tr("Do not use this file any more."),
                 tr("Get the file straight from the manufacturer."), openNewFile()},
                HelpTopic::ReleaseFile};
    }
    static ErrorText unknownSigner()
    {
        return {
            tr("The origin of the update file is unknown"),
            both(tr("This program does not know who signed it."), unchanged()),
            {tr("Get the file straight from the manufacturer."), newestProgram(), openNewFile()},
            HelpTopic::ReleaseFile};
    }
    static ErrorText notUnderstood()
    {
        return {tr("The update file cannot be understood"),
                both(tr("It is newer than this program, or damaged."), unchanged()),
                {newestProgram(), getFileAgain(), openNewFile()},
                HelpTopic::ReleaseFile};
    }
    static ErrorText programTooOldForFile()
    {
        return {tr("The update file is newer than this program"),
                both(tr("A newer version of the program can open it."), unchanged()),
                {newestProgram(), tr("Open the file again.")},
                HelpTopic::ReleaseFile};
    }
    static ErrorText unfitFile()
    {
        return {tr("The update file does not fit the device"),
                both(tr("What is in it cannot run on the device."), unchanged()),
                {tr("Get an update file for this product from the manufacturer."), reportIfAgain()},
                HelpTopic::ReleaseFile};
    }

    // 06 the device refuses

    static ErrorText wrongProduct()
    {
        return {tr("The update is for another product"),
                unchanged(),
                {tr("Read the name of your product on the device."),
                 tr("Get the update file for this product."), openNewFile()},
                HelpTopic::ReleaseFile};
    }
    static ErrorText wrongHardware()
    {
        return {tr("The update is for another model of the product"),
                both(tr("The product exists in several models."), unchanged()),
                {tr("Ask support for the update file for your model."), openNewFile()},
                HelpTopic::ReleaseFile};
    }
    static ErrorText updateTooOld()
    {
        return {tr("The update is too old"),
                both(tr("For your safety, the device does not go back that far."), unchanged()),
                {newestFile(), openNewFile()},
                HelpTopic::ReleaseFile};
    }
    static ErrorText updateNoLongerValid()
    {
        return {tr("The update is no longer valid"),
                both(tr("The manufacturer signs newer updates in another way."), unchanged()),
                {newestFile(), openNewFile()},
                HelpTopic::ReleaseFile};
    }
    static ErrorText needsPreparation()
    {
        return {tr("The device must be prepared for this update"),
                both(tr("Only support can do that."), unchanged()),
                {tr("Keep using the device as it is."), saveReport()},
                HelpTopic::Service};
    }
    static ErrorText updateInBetween()
    {
        return {
            tr("Another update comes first"),
            both(tr("The step from the installed version to this one is too large."), unchanged()),
            {tr("Read in the details which version comes first."),
             tr("Get that version from the manufacturer and install it."),
             tr("Then install this update.")},
            HelpTopic::ReleaseFile};
    }
    static ErrorText notForThisDevice()
    {
        return {tr("The device does not accept the update"),
                tr("The file is not made for this device. The version that is already on the "
                   "device stays "
                   "as it is."),
                {tr("Get an update file for this product from the manufacturer."), openNewFile(),
                 reportIfAgain()},
                HelpTopic::ReleaseFile};
    }
    static ErrorText memoryFault()
    {
        return {tr("The device could not store the update"),
                tr("Its memory did not keep the new version. The version that is already on the "
                   "device stays as it is."),
                {tryAgain(), reportIfAgain()},
                HelpTopic::Service};
    }
    static ErrorText finalCheckFailed()
    {
        return {tr("The device did not accept the finished update"),
                tr("Its own check found a difference. The version that is already on the device "
                   "stays as it is."),
                {tryAgain(), tr("If this message comes again, get the update file again."),
                 saveReport()},
                HelpTopic::ReleaseFile};
    }
    static ErrorText takesNoUpdates()
    {
        return {tr("The device takes no more updates"),
                tr("It can no longer note what it has done. It works on with the version it has."),
                {tr("Keep using the device as it is."), saveReport()},
                HelpTopic::Service};
    }
    static ErrorText factorySetupMissing()
    {
        return {tr("The device was not set up completely"),
                both(tr("A setting from the factory is missing. Only support can make it."),
                     unchanged()),
                {saveReport()},
                HelpTopic::Service};
    }
    static ErrorText notAllowedNow()
    {
        return {tr("The device cannot do this now"),
                tr("It is in the middle of something else. Nothing is lost."),
                {plugInAgain(), tryAgain(), reportIfAgain()},
                HelpTopic::None};
    }
    static ErrorText wrongChip()
    {
        return {tr("This is another device"),
                both(tr("Its chip is not the one that this program is for."), unchanged()),
                {tr("Connect a device that fits this program."), reportIfAgain()},
                HelpTopic::None};
    }
    static ErrorText memoryProtected()
    {
        return {tr("The device's memory is locked"),
                tr("A lock from the factory keeps the program from writing. Only support can "
                   "remove it."),
                {saveReport()},
                HelpTopic::Service};
    }

    // 07 connection

    static ErrorText connectionLost()
    {
        return {tr("The connection to the device was lost"),
                continues(),
                {tr("Plug the device in again. Any port will do."), tryAgain(),
                 tr("If it happens often, use another cable.")},
                HelpTopic::Cable};
    }
    static ErrorText transferFailed()
    {
        return {tr("The connection to the device is not steady"),
                both(tr("Some data did not arrive."), continues()),
                {tr("Try another cable."),
                 tr("Try another port, or a hub between computer and device."), tryAgain()},
                HelpTopic::Hub};
    }
    static ErrorText strangeReply()
    {
        return {tr("The answer of the device makes no sense"),
                tr("The connection is disturbed, or this is another device. Nothing is lost."),
                {plugInAgain(), tr("Try another cable."), tryAgain(), reportIfAgain()},
                HelpTopic::Hub};
    }
    static ErrorText programTooOldForDevice()
    {
        return {tr("The device is newer than this program"),
                both(tr("A newer version of the program can talk to it."), unchanged()),
                {newestProgram(), tryAgain()},
                HelpTopic::None};
    }

    // 08 time-out

    static ErrorText deviceSilent()
    {
        return {tr("The device does not answer"),
                tr("It is connected, but silent. Nothing is lost."),
                {tr("Unplug the device, wait five seconds and plug it in again."), tryAgain(),
                 tr("If it stays silent, try another port.")},
                HelpTopic::Hub};
    }
    static ErrorText didNotReturn()
    {
        return {
            tr("The device has not come back"),
            both(tr("It restarts during an update, which should take a few seconds."), continues()),
            {tr("Unplug the device and plug it in again. Any port will do."),
             tr("Check that it is switched on."), tryAgain()},
            HelpTopic::Cable};
    }
    static ErrorText stayedBusy()
    {
        return {tr("The device is busy for too long"),
                continues(),
                {tr("Unplug the device, wait five seconds and plug it in again."), tryAgain(),
                 reportIfAgain()},
                HelpTopic::Service};
    }
    static ErrorText notConfirmed()
    {
        return {tr("The new version is not confirmed yet"),
                tr("The device runs it, but has not reported that all is well. Without that "
                   "report it goes back to the previous version by itself."),
                {tr("Leave the device switched on for one minute."), tryAgain(), reportIfAgain()},
                HelpTopic::None};
    }
    static ErrorText tookTooLong()
    {
        return {tr("This took longer than expected"),
                both(tr("The program has stopped waiting."), continues()),
                {tryAgain(), tr("If it is slow again, try another port or another cable.")},
                HelpTopic::Hub};
    }

    // 09 incomplete

    static ErrorText wentBack()
    {
        return {
            tr("The device went back to the previous version"),
            tr("The new version did not start properly. The device works as before."),
            {tr("Keep using the device as it is."), saveReport(), tr("Wait for another update.")},
            HelpTopic::Service};
    }
    static ErrorText noProgress()
    {
        return {tr("The update does not get any further"),
                tr("The device returns to the same point again and again. Nothing is lost."),
                {plugInAgain(), tryAgain(), reportIfAgain()},
                HelpTopic::Service};
    }
    static ErrorText newVersionFailed()
    {
        return {tr("The new version did not start"),
                tr("The device has no other version to go back to. It waits for an update and "
                   "can be repaired here."),
                {tr("Get another update file for this product from the manufacturer."),
                 tr("Open the new file here and choose “Repair”."), saveReport()},
                HelpTopic::ReleaseFile};
    }

    // 10 internal, 11 cancelled

    static ErrorText unexpected()
    {
        return {
            tr("Something unexpected happened"),
            tr("This is a mistake in the program, not yours. You can unplug the device at any "
               "time."),
            {tryAgain(), tr("If this message comes again, start the program again."), saveReport()},
            HelpTopic::Service};
    }
    static ErrorText cancelled()
    {
        return {tr("The update is cancelled"),
                tr("The device starts as before."),
                {tr("To go on, choose “Try again”. The update continues where it stopped.")},
                HelpTopic::None};
    }
};

} // namespace gui
