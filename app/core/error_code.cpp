#include "core/error_code.h"

#include <array>

namespace updater {
namespace {

using enum ErrorCode;

// One row per enumerator, in its order: code, name, cause, what to do.
constexpr std::array errorRows{
    ErrorText{TestFailed, "TestFailed", "The units did not do what the test plan expects.",
              "Open report.html in the folder of the results: it shows what failed and why."},
    ErrorText{RecordsChanged, "RecordsChanged",
              "The test's records have been changed since they were written.",
              "Do not rely on these results; take the test station's own copy, or test again."},

    ErrorText{BadArguments, "BadArguments",
              "The command was called in a way that it does not know.",
              "Run it with --help and correct the arguments."},
    ErrorText{FileNotReadable, "FileNotReadable", "The file cannot be read.",
              "Check the file's name and that you may read it."},
    ErrorText{FileNotWritable, "FileNotWritable", "The file cannot be written.",
              "Choose a folder that you may write to and that has free space."},
    ErrorText{PlanInvalid, "PlanInvalid", "The test plan has mistakes.",
              "Correct what is named; `h755ctl test --lint PLAN` checks a plan without a device."},
    ErrorText{ReportNotUsable, "ReportNotUsable",
              "The report does not tell what is needed to replay the device.",
              "Ask for a report of the device in update mode: `h755ctl reboot --update-mode`, "
              "then `h755ctl report`."},

    ErrorText{NoDevice, "NoDevice", "No device was found.",
              "Connect the device with a data cable, switch it on and try again."},
    ErrorText{SeveralDevices, "SeveralDevices", "More than one device is connected.",
              "Name the one you mean with --device, or unplug the others."},
    ErrorText{NamedDeviceMissing, "NamedDeviceMissing",
              "The device that you named is not connected.",
              "Run `h755ctl list` to see which devices are connected."},
    ErrorText{NoProbe, "NoProbe", "No debug probe (ST-LINK) was found.",
              "Connect the probe that you mean with a data cable and try again."},
    ErrorText{OtherUnit, "OtherUnit", "The probe is connected to another unit than you typed.",
              "Connect the unit that you mean, or type the id that this one has."},

    ErrorText{NoRomLoader, "NoRomLoader", "No board in ST's ROM loader is connected.",
              "Hold BOOT0 high while switching the power on; a reset alone is not enough. Some "
              "boards need one more reset, and a data cable."},
    ErrorText{PermissionDenied, "PermissionDenied", "You are not allowed to use the device.",
              "Install the udev rule that comes with this program, then plug the device in again."},
    ErrorText{
        DriverMissing, "DriverMissing", "The system has no suitable driver for the device.",
        "Plug the device in again and wait a minute; if that does not help, try another port."},
    ErrorText{DeviceBusy, "DeviceBusy", "Another program is using the device.",
              "Close other programs that use the device and try again."},
    ErrorText{ProgrammerMissing, "ProgrammerMissing",
              "The program that drives the debug probe cannot be started.",
              "Install OpenOCD 0.12 or newer, or name it with --openocd."},

    ErrorText{BundleTooLarge, "BundleTooLarge",
              "The release file is larger than any release can be.",
              "Get the release file from the vendor again."},
    ErrorText{BundleNotZip, "BundleNotZip", "The file is not a release file (.h755).",
              "Choose the file whose name ends in .h755."},
    ErrorText{BundleMalformed, "BundleMalformed", "The release file is damaged or incomplete.",
              "Download the release file again."},
    ErrorText{BundleEntryName, "BundleEntryName",
              "The release file has an entry with a forbidden name.",
              "Do not use this file. Get the release file from the vendor."},
    ErrorText{BundleEntryDuplicate, "BundleEntryDuplicate", "The release file has an entry twice.",
              "Do not use this file. Get the release file from the vendor."},
    ErrorText{BundleEntryMissing, "BundleEntryMissing", "A part of the release file is missing.",
              "Download the release file again."},
    ErrorText{BundleSignature, "BundleSignature", "The release file's signature is wrong.",
              "Do not use this file. Get the release file from the vendor."},
    ErrorText{BundleUnknownKey, "BundleUnknownKey",
              "The release file is signed by somebody whom this program does not know.",
              "Get the release file from the vendor, or a newer version of this program."},
    ErrorText{BundleManifest, "BundleManifest",
              "The release file's description is not understandable.",
              "Get the release file from the vendor again, or a newer version of this program."},
    ErrorText{BundleDuplicateKey, "BundleDuplicateKey",
              "The release file's description says one thing twice.",
              "Do not use this file. Get the release file from the vendor."},
    ErrorText{BundleEntryHash, "BundleEntryHash",
              "A part of the release file was changed or damaged.",
              "Download the release file again."},
    ErrorText{BundleStreamHeader, "BundleStreamHeader",
              "The firmware in the release file is malformed.",
              "Get the release file from the vendor again."},
    ErrorText{BundleStreamSignature, "BundleStreamSignature",
              "The signature of the firmware in the release file is wrong.",
              "Do not use this file. Get the release file from the vendor."},
    ErrorText{BundleStreamUnknownKey, "BundleStreamUnknownKey",
              "The firmware is signed by somebody whom this program does not know.",
              "Get the release file from the vendor, or a newer version of this program."},
    ErrorText{BundleImageTooLarge, "BundleImageTooLarge",
              "The firmware does not fit into the device.",
              "Ask the vendor for a release for this device."},
    ErrorText{BundleImage, "BundleImage", "The firmware in the release file is not acceptable.",
              "Ask the vendor for a corrected release."},
    ErrorText{BundleMismatch, "BundleMismatch",
              "The parts of the release file contradict each other.",
              "Do not use this file. Get the release file from the vendor."},
    ErrorText{BundleFormatVersion, "BundleFormatVersion",
              "The release file is of a newer kind than this program knows.",
              "Install the newest version of this program."},
    ErrorText{BundleEntryUnnamed, "BundleEntryUnnamed",
              "The release file holds something that its description does not name.",
              "Do not use this file. Get the release file from the vendor."},

    ErrorText{WrongProduct, "WrongProduct", "The release is for another product.",
              "Get the release for this product."},
    ErrorText{WrongHardware, "WrongHardware", "The release is for another hardware revision.",
              "Get the release for this hardware revision."},
    ErrorText{CounterTooLow, "CounterTooLow",
              "The release is older than the device's security allows.",
              "Use a newer release; going back to this one is not possible."},
    ErrorText{KeyRetired, "KeyRetired", "The release is signed with a key that is no longer valid.",
              "Use a newer release."},
    ErrorText{BootloaderTooOld, "BootloaderTooOld", "The release needs a newer bootloader.",
              "Ask the vendor's service to replace the bootloader."},
    ErrorText{VersionTooOld, "VersionTooOld",
              "The installed version is too old to update to this release in one step.",
              "Install the version that the message names first."},
    ErrorText{RefusedSignature, "RefusedSignature",
              "The device does not accept the release's signature.",
              "Get a release that is signed for this device from the vendor."},
    ErrorText{RefusedStream, "RefusedStream", "The device does not accept the form of the release.",
              "Get the release from the vendor again, for this product."},
    ErrorText{FlashErase, "FlashErase", "The device could not erase its memory.",
              "Try again; if it happens again, the device needs service."},
    ErrorText{FlashProgram, "FlashProgram", "The device could not write its memory.",
              "Try again; if it happens again, the device needs service."},
    ErrorText{FlashVerify, "FlashVerify", "The device's memory does not hold what was written.",
              "Try again; if it happens again, the device needs service."},
    ErrorText{FinalCheckFailed, "FinalCheckFailed",
              "The device checked the finished download and did not accept it.",
              "Try again; if it happens again, get the release from the vendor again."},
    ErrorText{JournalReadOnly, "JournalReadOnly",
              "The device can no longer record changes, so it takes no updates.",
              "The device works on with what it has; it needs service to be updated."},
    ErrorText{ProvisioningIncomplete, "ProvisioningIncomplete",
              "The device was not set up completely at the factory (option byte BCM4 is not 0).",
              "The device needs service: option byte BCM4 must be set to 0."},
    ErrorText{NotAllowed, "NotAllowed", "The device does not allow this in its present state.",
              "Run `h755ctl info` to see the device's state."},
    ErrorText{WrongChip, "WrongChip", "The board has another chip than this product.",
              "Connect a board of this product."},
    ErrorText{ReadProtected, "ReadProtected", "The chip is read-protected (RDP).",
              "Removing the protection erases the whole chip: a step of its own, in service only."},
    ErrorText{WriteProtected, "WriteProtected",
              "A part of the chip's memory is write-protected, so it was not changed.",
              "Remove the write protection (option bytes) with a debug probe first."},
    ErrorText{OptionBytes, "OptionBytes", "The chip's option bytes do not fit this product.",
              "Read them with `h755ctl rescue identify`; docs/factory.md says what each means."},

    ErrorText{ConnectionLost, "ConnectionLost", "The connection to the device was lost.",
              "Plug the device in again, on any port, and repeat the command: it continues."},
    ErrorText{TransferFailed, "TransferFailed", "The transfer to the device failed.",
              "Try another cable, another port, or a hub between computer and device."},
    ErrorText{
        ReplyMalformed, "ReplyMalformed", "The device gave an answer that makes no sense.",
        "Plug the device in again; if it happens again, it is not the right device or defective."},
    ErrorText{ProtocolUnknown, "ProtocolUnknown",
              "The device speaks a language that this program does not know.",
              "Install the newest version of this program."},
    ErrorText{SwdConnection, "SwdConnection", "The debug probe does not reach the chip.",
              "Check power and cable; then start the board with BOOT0 held and try again."},

    ErrorText{DeviceSilent, "DeviceSilent", "The device does not answer.",
              "Plug the device in again and repeat the command."},
    ErrorText{DeviceDidNotReturn, "DeviceDidNotReturn", "The device did not come back in time.",
              "Plug the device in again, on any port, and repeat the command: it continues."},
    ErrorText{DeviceStayedBusy, "DeviceStayedBusy", "The device stayed busy for too long.",
              "Plug the device in again and repeat the command."},
    ErrorText{
        ConfirmationTimeout, "ConfirmationTimeout",
        "The new firmware runs, but did not confirm itself in time.",
        "Run `h755ctl info` in a minute; without confirmation the device goes back by itself."},
    ErrorText{OverallTimeout, "OverallTimeout", "The whole job took longer than allowed.",
              "Repeat the command: it continues where it ended."},

    ErrorText{
        Reverted, "Reverted",
        "The new firmware did not start properly, so the device went back to the previous one.",
        "The device works as before. Report this to the vendor and wait for another release."},
    ErrorText{
        NoProgress, "NoProgress", "The device keeps returning to the same state.",
        "Plug the device in again and repeat the command; if it happens again, it needs service."},
    ErrorText{
        TrialFailed, "TrialFailed",
        "The new firmware did not start properly, and the device holds no other to go back to.",
        "Install another release: the device waits for it."},

    ErrorText{InternalError, "InternalError", "The program met a state that it does not know.",
              "Save a report and send it to the vendor."},

    ErrorText{Cancelled, "Cancelled", "Cancelled on request.",
              "Repeat the command to continue; the device starts as before."},
};

} // namespace

std::span<const ErrorText> errorTable()
{
    return errorRows;
}

const ErrorText& errorText(ErrorCode code)
{
    static_assert(errorRows[errorRows.size() - 2].code == InternalError);
    for (const ErrorText& text : errorRows) {
        if (text.code == code) return text;
    }
    return errorRows[errorRows.size() - 2];
}

std::string errorLabel(ErrorCode code)
{
    std::string digits = std::to_string(static_cast<unsigned>(code));
    return "HX-" + std::string(4 - digits.size(), '0') + digits;
}

} // namespace updater
