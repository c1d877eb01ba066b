// virtual-h755: runs a command that sees virtual devices on USB. The only file that knows both the
// virtual boards and the core, which reads the reports that boards are recreated from.
#include "core/report/report_reader.h"
#include "virtual/virtual_device.h"
#include "virtual/workbench_program.h"

namespace {

virtual_h755::FoundBoard readReport(const std::filesystem::path& file)
{
    updater::Result<updater::ReportedDevice> reported = updater::readReportFile(file);
    if (reported) return {reported->status, std::move(reported->journal)};
    const updater::Error& error = reported.error();
    const updater::ErrorText& text = updater::errorText(error.code);
    throw std::runtime_error("error " + updater::errorLabel(error.code) + ": " +
                             std::string(text.cause) + " (" + error.detail + ")\n" +
                             std::string(text.remedy));
}

} // namespace

int main(int argc, char** argv)
{
    using namespace virtual_h755;
    const auto make = [](const contract::FlashMap& map, const boot::Identity& identity,
                         Clock& clock, const DeviceOptions& options) -> std::unique_ptr<Device> {
        return std::make_unique<VirtualDevice>(map, identity, clock, options);
    };
    return runWorkbench(argc, argv, make,
                        "Runs a command that sees virtual H755 devices on USB.\n"
                        "virtual-h755 [options] -- COMMAND...",
                        readReport);
}
