#include "cli/command.h"
#include "core/file.h"
#include "core/report/device_report.h"
#include "core/report/log_capture.h"

namespace cli {

Result<> report(const Command& command, const std::filesystem::path& file)
{
    const updater::LogCapture log;
    TRY_ASSIGN(const auto transport, command.openTransport());
    updater::DeviceReport found = updater::deviceReport(*transport, command.selector);
    found.parts.push_back(updater::versionsPart("h755ctl", H755_VERSION));
    found.parts.push_back({"log.txt", log.text()});
    updater::Redaction redaction = updater::personalNames();
    redaction.ownSerial = found.ownSerial;
    redaction.otherSerials = found.otherSerials;
    const updater::Bytes archive = updater::reportArchive(std::move(found.parts), redaction);
    TRY(updater::writeFile(file, archive));
    command.output.result(
        JsonLine("report").text("file", file.string()).text("id", found.ownSerial),
        "report: " + file.string());
    // The report is there, and says why the device could not be read. So does the exit code.
    if (found.problem) return tl::unexpected(*found.problem);
    return {};
}

} // namespace cli
