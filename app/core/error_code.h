// Every failure that the product knows, frozen: codes are exit codes, go into support tickets and
// are never renumbered. HX-GGNN: GG is the group by what the user has to do (and the exit code), NN
// the case.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace updater {

/// What the user has to do about it; the programs' exit codes.
enum class ErrorGroup : std::uint8_t {
    None = 0,
    TestFailed = 1, ///< a bench test did not get what it expected
    Usage = 2,      ///< call it differently
    NoDevice = 3,   ///< connect or choose a device
    Access = 4,     ///< permission or driver
    Bundle = 5,     ///< get another release file
    Refused = 6,    ///< the device does not take this release
    Connection = 7, ///< cable, port or hub
    Timeout = 8,    ///< the device stopped answering
    Incomplete = 9, ///< installed but not confirmed, or reverted
    Internal = 10,  ///< a defect: report it
    Cancelled = 11, ///< on request
};

enum class ErrorCode : std::uint16_t {
    // 01 a bench test
    TestFailed = 101,
    RecordsChanged = 102, ///< the results' hash chain is broken
    // 02 usage
    BadArguments = 201,
    FileNotReadable = 202,
    FileNotWritable = 203,
    PlanInvalid = 204,
    ReportNotUsable = 205, ///< to replay: damaged, or not of a device in update mode
    // 03 no device
    NoDevice = 301,
    SeveralDevices = 302,
    NamedDeviceMissing = 303,
    NoRomLoader = 304, ///< no board has started into ST's ROM loader
    NoProbe = 305,     ///< no debug probe, or none of that serial number
    OtherUnit = 306,   ///< the probe is at another unit than was typed
    // 04 access
    PermissionDenied = 401,
    DriverMissing = 402,
    DeviceBusy = 403,
    ProgrammerMissing = 404, ///< OpenOCD cannot be started
    // 05 bundle
    BundleTooLarge = 501,
    BundleNotZip = 502,    ///< for example an ELF, a .bin or an .dfu
    BundleMalformed = 503, ///< ZIP structure that the strict reader refuses, truncation included
    BundleEntryName = 504, ///< parent, absolute, drive or otherwise unexpected entry name
    BundleEntryDuplicate = 505,
    BundleEntryMissing = 506,
    BundleSignature = 507, ///< manifest.sig does not fit manifest.json
    BundleUnknownKey = 508,
    BundleManifest = 509,     ///< manifest.json is not what the format says
    BundleDuplicateKey = 510, ///< the same JSON key twice
    BundleEntryHash = 511,
    BundleStreamHeader = 512, ///< malformed or out of bounds
    BundleStreamSignature = 513,
    BundleStreamUnknownKey = 514,
    BundleImageTooLarge = 515,
    BundleImage = 516,    ///< an image inside the stream is not acceptable
    BundleMismatch = 517, ///< manifest, stream header and images disagree
    BundleFormatVersion = 518,
    BundleEntryUnnamed = 519, ///< an entry that the manifest does not name
    // 06 the device refuses
    WrongProduct = 601,
    WrongHardware = 602,
    CounterTooLow = 603,
    KeyRetired = 604,
    BootloaderTooOld = 605,
    // 606 is retired: releases linked for slot A only are supported
    VersionTooOld = 607, ///< installed release is older than the bundle's requiresFrom
    RefusedSignature = 608,
    RefusedStream = 609,
    FlashErase = 610,
    FlashProgram = 611,
    FlashVerify = 612,
    FinalCheckFailed = 613,
    JournalReadOnly = 614,
    ProvisioningIncomplete = 615,
    NotAllowed = 616, ///< the device stalled a request that its state does not allow
    WrongChip = 617,  ///< a ROM loader of another chip than ours
    ReadProtected = 618,
    WriteProtected = 619,
    OptionBytes = 620, ///< not as wanted, and not ours to set or refused by the chip
    // 07 connection
    ConnectionLost = 701,
    TransferFailed = 702,
    ReplyMalformed = 703,
    ProtocolUnknown = 704,
    SwdConnection = 706, ///< the probe answers, the chip does not
    // 08 time-out
    DeviceSilent = 801,
    DeviceDidNotReturn = 802,
    DeviceStayedBusy = 803,
    ConfirmationTimeout = 804,
    OverallTimeout = 805,
    // 09 incomplete
    Reverted = 901,
    NoProgress = 902,
    TrialFailed = 903,
    // 10 internal
    InternalError = 1001,
    // 11 cancelled
    Cancelled = 1101,
};

/// One row of the frozen table. English here; the GUI translates by code.
struct ErrorText {
    ErrorCode code;
    std::string_view name; ///< the enumerator, for logs
    std::string_view cause;
    std::string_view remedy;
};

std::span<const ErrorText> errorTable();
const ErrorText& errorText(ErrorCode code);

constexpr ErrorGroup errorGroup(ErrorCode code)
{
    return static_cast<ErrorGroup>(static_cast<std::uint16_t>(code) / 100);
}

constexpr int exitCode(ErrorCode code)
{
    return static_cast<int>(errorGroup(code));
}

/// "HX-0503".
std::string errorLabel(ErrorCode code);

} // namespace updater
