#include "cli/program.h"

#include "cli/path_option.h"
#include "cli/test_arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace cli {
namespace {

struct Arguments {
    std::string device;
    std::filesystem::path file;
    std::uint32_t timeoutSeconds = 600;
    bool json = false;
    bool verbose = false;
    bool watch = false;
    bool toUpdateMode = false;
    UpdateOptions update;
    RecoverOptions recover;
    ProvisionOptions provision;
    RescueOptions rescue;
    TestOptions test;
};

void defineGlobalOptions(CLI::App& app, Arguments& arguments)
{
    app.require_subcommand(1);
    app.fallthrough();
    app.allow_windows_style_options(false); // "/Users/..." is a path there as well
    app.add_option("--device", arguments.device, "24-digit device id, or port path such as 1-2.3");
    app.add_flag("--json", arguments.json, "One JSON object a line on stdout");
    app.add_option("--timeout", arguments.timeoutSeconds,
                   "Seconds to wait for a device that is away or silent")
        ->check(CLI::Range(1U, 86'400U))
        ->capture_default_str();
    app.add_flag("--verbose", arguments.verbose, "Log every step to stderr");
}

using Run = std::function<Result<>(const Command&)>;

/// What changes a chip names the probe, the unit and a signed file.
void defineRescueAction(CLI::App& parent, RescueOptions& options, RescueAction action,
                        const std::string& name, const std::string& text)
{
    const bool changes = action != RescueAction::Identify;
    CLI::App* command = parent.add_subcommand(name, text);
    command->add_option("--probe", options.probe, "Serial number of the ST-LINK")
        ->required(changes);
    addPath(*command, "--openocd", options.openOcd, "Absolute path of another OpenOCD");
    if (changes) {
        addPath(*command, "file", options.file, "Bootloader and release (.h755factory)")
            ->required();
        command->add_option("--confirm", options.confirm, "The unit's id, as identify shows it")
            ->required();
    }
    command->callback([&options, action] { options.action = action; });
}

void defineRescue(CLI::App& app, RescueOptions& options, Run& run)
{
    using enum RescueAction;
    CLI::App* command = app.add_subcommand("rescue", "Work on the chip through a debug probe");
    command->require_subcommand(1);
    defineRescueAction(*command, options, Identify, "identify", "Show what the probe finds");
    defineRescueAction(*command, options, Provision, "provision",
                       "Bring a unit into the state in which it leaves the factory");
    defineRescueAction(*command, options, ReplaceBootloader, "replace-bootloader",
                       "Program the bootloader alone, and set the option bytes");
    command->callback([&] { run = [&](const auto& c) { return rescue(c, options); }; });
}

void defineCommands(CLI::App& app, Arguments& arguments, Run& run)
{
    CLI::App* listCommand = app.add_subcommand("list", "Show connected devices");
    listCommand->add_flag("--watch", arguments.watch, "Go on and show changes");
    listCommand->callback([&] { run = [&](const auto& c) { return list(c, arguments.watch); }; });

    CLI::App* infoCommand = app.add_subcommand("info", "Show what a device says of itself");
    infoCommand->callback([&] { run = [](const auto& c) { return info(c); }; });

    CLI::App* verifyCommand = app.add_subcommand("verify", "Check a release file completely");
    addPath(*verifyCommand, "file", arguments.file, "Release (.h755)")->required();
    verifyCommand->callback(
        [&] { run = [&](const auto& c) { return verify(c, arguments.file); }; });

    CLI::App* updateCommand = app.add_subcommand("update", "Bring a device to a release");
    addPath(*updateCommand, "file", arguments.update.file, "Release (.h755)")->required();
    updateCommand->add_flag("--every-block", arguments.update.showsEveryBlock,
                            "A line of progress for each block");
    updateCommand->callback(
        [&] { run = [&](const auto& c) { return update(c, arguments.update); }; });

    CLI::App* reportCommand = app.add_subcommand("report", "Write a report for a support case");
    addPath(*reportCommand, "--output", arguments.file, "ZIP file to write")->required();
    reportCommand->callback(
        [&] { run = [&](const auto& c) { return report(c, arguments.file); }; });

    CLI::App* recoverCommand =
        app.add_subcommand("recover", "Say what is wrong with a device, or repair it");
    addPath(*recoverCommand, "file", arguments.recover.file, "Release (.h755)");
    recoverCommand->add_option("--repair", arguments.recover.repair,
                               "start, finish, start-other, write-other or write-both");
    recoverCommand->callback(
        [&] { run = [&](const auto& c) { return recover(c, arguments.recover); }; });
    CLI::App* selectCommand =
        app.add_subcommand("select-set", "Start the other slot's release, as recover does");
    selectCommand->callback([&] {
        run = [](const auto& c) { return recover(c, {.file = {}, .repair = "start-other"}); };
    });

    CLI::App* provisionCommand =
        app.add_subcommand("provision", "Program a board through ST's ROM loader");
    ProvisionOptions& unit = arguments.provision;
    addPath(*provisionCommand, "file", unit.file, "Signed unit (.h755factory)")->required();
    addPath(*provisionCommand, "--labels", unit.labels, "Labels for units, one a line");
    addPath(*provisionCommand, "--record", unit.record, "CSV file that gets a row for each unit");
    provisionCommand->add_flag("!--no-wait", unit.waits, "Do not wait until the unit has started");
    provisionCommand->callback(
        [&] { run = [&](const auto& c) { return provision(c, arguments.provision); }; });

    CLI::App* rebootCommand = app.add_subcommand("reboot", "Restart a device");
    rebootCommand->add_flag("--update-mode", arguments.toUpdateMode, "Stay in the bootloader");
    rebootCommand->callback(
        [&] { run = [&](const auto& c) { return reboot(c, arguments.toUpdateMode); }; });
}

void startLog(bool isVerbose)
{
    static const auto logger = spdlog::stderr_logger_mt("h755ctl");
    spdlog::set_default_logger(logger);
    spdlog::set_level(isVerbose ? spdlog::level::debug : spdlog::level::warn);
}

} // namespace

int runProgram(std::vector<std::string> arguments, Output& output,
               const OpenTransport& openTransport, std::stop_token stop,
               std::vector<std::string> again)
{
    CLI::App app("Updates and inspects devices. Exit codes: app/cli/README.md", "h755ctl");
    Arguments parsed;
    parsed.test.program = std::move(again);
    Run run;
    defineGlobalOptions(app, parsed);
    defineCommands(app, parsed, run);
    defineRescue(app, parsed.rescue, run);
    defineTest(app, parsed.test, [&] {
        if (app.get_option("--timeout")->count() != 0)
            parsed.test.timeoutMs = std::uint64_t{parsed.timeoutSeconds} * 1000;
        run = [&](const Command& c) { return test(c.output, parsed.test, c.stop); };
    });
    // Also what is wrong with the other arguments is told in JSON then.
    output.setJson(std::ranges::count(arguments, "--json") != 0);
    std::reverse(arguments.begin(), arguments.end()); // as CLI11 wants it
    try {
        app.parse(std::move(arguments));
    } catch (const CLI::CallForHelp&) {
        output.result(JsonLine("help").text("text", app.help()), app.help());
        return 0;
    } catch (const CLI::ParseError& error) {
        return output.error({updater::ErrorCode::BadArguments, error.what()});
    }
    output.setJson(parsed.json);
    startLog(parsed.verbose);

    updater::DeviceSelector selector;
    if (!parsed.device.empty()) {
        Result<updater::DeviceSelector> named = updater::DeviceSelector::parse(parsed.device);
        if (!named) return output.error(named.error());
        selector = *std::move(named);
    }
    const Result<> done = run({output, openTransport, std::move(selector),
                               std::uint64_t{parsed.timeoutSeconds} * 1000, std::move(stop)});
    return done ? 0 : output.error(done.error());
}

} // namespace cli
