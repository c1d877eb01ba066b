#include "core/error_code.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <vector>

using namespace updater;

namespace {

/// False for a number that is no enumerator. No default: a new code does not compile until it is
/// listed here, and the tests below then ask for its row.
bool isEnumerator(ErrorCode code)
{
    switch (code) {
    case ErrorCode::TestFailed:
    case ErrorCode::RecordsChanged:
    case ErrorCode::BadArguments:
    case ErrorCode::FileNotReadable:
    case ErrorCode::FileNotWritable:
    case ErrorCode::PlanInvalid:
    case ErrorCode::ReportNotUsable:
    case ErrorCode::NoDevice:
    case ErrorCode::SeveralDevices:
    case ErrorCode::NamedDeviceMissing:
    case ErrorCode::NoRomLoader:
    case ErrorCode::NoProbe:
    case ErrorCode::OtherUnit:
    case ErrorCode::PermissionDenied:
    case ErrorCode::DriverMissing:
    case ErrorCode::DeviceBusy:
    case ErrorCode::ProgrammerMissing:
    case ErrorCode::BundleTooLarge:
    case ErrorCode::BundleNotZip:
    case ErrorCode::BundleMalformed:
    case ErrorCode::BundleEntryName:
    case ErrorCode::BundleEntryDuplicate:
    case ErrorCode::BundleEntryMissing:
    case ErrorCode::BundleSignature:
    case ErrorCode::BundleUnknownKey:
    case ErrorCode::BundleManifest:
    case ErrorCode::BundleDuplicateKey:
    case ErrorCode::BundleEntryHash:
    case ErrorCode::BundleStreamHeader:
    case ErrorCode::BundleStreamSignature:
    case ErrorCode::BundleStreamUnknownKey:
    case ErrorCode::BundleImageTooLarge:
    case ErrorCode::BundleImage:
    case ErrorCode::BundleMismatch:
    case ErrorCode::BundleFormatVersion:
    case ErrorCode::BundleEntryUnnamed:
    case ErrorCode::WrongProduct:
    case ErrorCode::WrongHardware:
    case ErrorCode::CounterTooLow:
    case ErrorCode::KeyRetired:
    case ErrorCode::BootloaderTooOld:
    case ErrorCode::VersionTooOld:
    case ErrorCode::RefusedSignature:
    case ErrorCode::RefusedStream:
    case ErrorCode::FlashErase:
    case ErrorCode::FlashProgram:
    case ErrorCode::FlashVerify:
    case ErrorCode::FinalCheckFailed:
    case ErrorCode::JournalReadOnly:
    case ErrorCode::ProvisioningIncomplete:
    case ErrorCode::NotAllowed:
    case ErrorCode::WrongChip:
    case ErrorCode::ReadProtected:
    case ErrorCode::WriteProtected:
    case ErrorCode::OptionBytes:
    case ErrorCode::ConnectionLost:
    case ErrorCode::TransferFailed:
    case ErrorCode::ReplyMalformed:
    case ErrorCode::ProtocolUnknown:
    case ErrorCode::SwdConnection:
    case ErrorCode::DeviceSilent:
    case ErrorCode::DeviceDidNotReturn:
    case ErrorCode::DeviceStayedBusy:
    case ErrorCode::ConfirmationTimeout:
    case ErrorCode::OverallTimeout:
    case ErrorCode::Reverted:
    case ErrorCode::NoProgress:
    case ErrorCode::TrialFailed:
    case ErrorCode::InternalError:
    case ErrorCode::Cancelled: return true;
    }
    return false;
}

std::vector<ErrorCode> allCodes()
{
    std::vector<ErrorCode> codes;
    for (unsigned number = 0; number < 10'000; ++number) {
        const auto code = static_cast<ErrorCode>(number);
        if (isEnumerator(code)) codes.push_back(code);
    }
    return codes;
}

} // namespace

TEST_CASE("every error code has exactly one row with a name, a cause and a remedy", "[error]")
{
    for (const ErrorCode code : allCodes()) {
        CAPTURE(errorLabel(code));
        CHECK(std::ranges::count(errorTable(), code, &ErrorText::code) == 1);
        const ErrorText& text = errorText(code);
        CHECK(text.code == code);
        CHECK_FALSE(text.name.empty());
        CHECK(text.cause.ends_with('.'));
        CHECK((text.remedy.ends_with('.') || text.remedy.ends_with("continues.")));
    }
    CHECK(errorTable().size() == allCodes().size());
}

TEST_CASE("docs/errors.md shows the table as it is", "[error]")
{
    std::ifstream file(H755_DOCS_DIR "/errors.md");
    std::set<std::string> lines;
    for (std::string line; std::getline(file, line);)
        lines.insert(line);
    for (const ErrorText& text : errorTable()) {
        std::string row = "| " + errorLabel(text.code);
        for (const std::string_view cell : {text.name, text.cause, text.remedy})
            row.append(" | ").append(cell);
        CAPTURE(row);
        CHECK(lines.contains(row + " |"));
    }
}

TEST_CASE("error names are unique", "[error]")
{
    std::set<std::string_view> names;
    for (const ErrorText& text : errorTable())
        CHECK(names.insert(text.name).second);
}

TEST_CASE("labels and exit codes follow from the frozen numbers", "[error]")
{
    CHECK(errorLabel(ErrorCode::BundleMalformed) == "HX-0503");
    CHECK(errorLabel(ErrorCode::Cancelled) == "HX-1101");
    CHECK(exitCode(ErrorCode::TestFailed) == 1);
    CHECK(exitCode(ErrorCode::BadArguments) == 2);
    CHECK(exitCode(ErrorCode::NoDevice) == 3);
    CHECK(exitCode(ErrorCode::PermissionDenied) == 4);
    CHECK(exitCode(ErrorCode::BundleSignature) == 5);
    CHECK(exitCode(ErrorCode::CounterTooLow) == 6);
    CHECK(exitCode(ErrorCode::ConnectionLost) == 7);
    CHECK(exitCode(ErrorCode::DeviceSilent) == 8);
    CHECK(exitCode(ErrorCode::Reverted) == 9);
    CHECK(exitCode(ErrorCode::InternalError) == 10);
    CHECK(exitCode(ErrorCode::Cancelled) == 11);
}
