#include "cli/command.h"
#include "core/file.h"
#include "core/report/device_report.h"
#include "core/report/log_capture.h"

namespace cli {

Result<> report(const Command& command, const std::filesystem::path& file)
{
    const updater::LogCapture log;
    TRY_ASSIGN(const auto transport, command.openTransport());
    const updater::DeviceReport found = updater::deviceReport(*transport, command.selector);
    TRY(updater::writeFile(file,
                           updater::supportArchive(found, "h755ctl", H755_VERSION, log.text())));
    command.output.result(
        JsonLine("report").text("file", file.string()).text("id", found.ownSerial),
        "report: " + file.string());
    // The report is there, and says why the device could not be read. So does the exit code.
    if (found.problem) return tl::unexpected(*found.problem);
    return {};
}

} // namespace cli
