#include "gui/error_text.h"

#include "gui/error_sentences.h"
#include "gui/probe_sentences.h"

namespace gui {

using updater::ErrorCode;

// A table in the shape that makes the compiler name a code without a text: no `default`.
ErrorText errorText(ErrorCode code) // NOLINT(readability-function-size)
{
    using enum ErrorCode; // in the order of their numbers, except where codes share a text
    using Say = ErrorSentences;
    using Probe = ProbeSentences;
    switch (code) {
    case TestFailed: // these four are a bench's; no window meets them
    case RecordsChanged:
    case PlanInvalid:
    case ReportNotUsable:
    case BadArguments: return Say::badArguments();
    case FileNotReadable: return Say::fileNotReadable();
    case FileNotWritable: return Say::fileNotWritable();
    case NoDevice: return Say::noDevice();
    case SeveralDevices: return Say::severalDevices();
    case NamedDeviceMissing:
    case NoRomLoader: return Say::namedDeviceMissing();
    case NoProbe: return Probe::noProbe();
    case OtherUnit: return Probe::otherUnit();
    case PermissionDenied: return Say::permissionDenied();
    case DriverMissing: return Say::driverMissing();
    case DeviceBusy: return Say::deviceBusy();
    case ProgrammerMissing: return Probe::programmerMissing();
    case BundleTooLarge: return Say::fileTooLarge();
    case BundleNotZip: return Say::notAnUpdateFile();
    case BundleMalformed:
    case BundleEntryMissing:
    case BundleEntryHash:
    case BundleStreamHeader: return Say::damagedFile();
    case BundleEntryName:
    case BundleEntryDuplicate:
    case BundleSignature:
    case BundleDuplicateKey:
    case BundleStreamSignature:
    case BundleMismatch:
    case BundleEntryUnnamed: return Say::untrustedFile();
    case BundleUnknownKey:
    case BundleStreamUnknownKey: return Say::unknownSigner();
    case BundleManifest: return Say::notUnderstood();
    case BundleImageTooLarge:
    case BundleImage: return Say::unfitFile();
    case BundleFormatVersion: return Say::programTooOldForFile();
    case WrongProduct: return Say::wrongProduct();
    case WrongHardware: return Say::wrongHardware();
    case CounterTooLow: return Say::updateTooOld();
    case KeyRetired: return Say::updateNoLongerValid();
    case BootloaderTooOld: return Say::needsPreparation();
    case VersionTooOld: return Say::updateInBetween();
    case RefusedSignature:
    case RefusedStream: return Say::notForThisDevice();
    case FlashErase:
    case FlashProgram:
    case FlashVerify: return Say::memoryFault();
    case FinalCheckFailed: return Say::finalCheckFailed();
    case JournalReadOnly: return Say::takesNoUpdates();
    case ProvisioningIncomplete: return Say::factorySetupMissing();
    case NotAllowed: return Say::notAllowedNow();
    case WrongChip: return Say::wrongChip();
    case ReadProtected:
    case WriteProtected: return Say::memoryProtected();
    case OptionBytes: return Probe::unfitSettings();
    case ConnectionLost: return Say::connectionLost();
    case TransferFailed: return Say::transferFailed();
    case ReplyMalformed: return Say::strangeReply();
    case ProtocolUnknown: return Say::programTooOldForDevice();
    case SwdConnection: return Probe::chipNotReached();
    case DeviceSilent: return Say::deviceSilent();
    case DeviceDidNotReturn: return Say::didNotReturn();
    case DeviceStayedBusy: return Say::stayedBusy();
    case ConfirmationTimeout: return Say::notConfirmed();
    case OverallTimeout: return Say::tookTooLong();
    case Reverted: return Say::wentBack();
    case NoProgress: return Say::noProgress();
    case TrialFailed: return Say::newVersionFailed();
    case InternalError: return Say::unexpected();
    case Cancelled: return Say::cancelled();
    }
    return Say::unexpected();
}

QString codeText(ErrorCode code)
{
    return QString::fromStdString(updater::errorLabel(code));
}

} // namespace gui
