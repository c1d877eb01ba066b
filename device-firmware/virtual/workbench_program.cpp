#include "virtual/workbench_program.h"

#include "virtual/command_process.h"
#include "virtual/control_socket.h"
#include "virtual/rom_arguments.h"
#include "virtual/words.h"
#include "virtual/workbench.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <optional>
#include <thread>

namespace virtual_h755 {

namespace {

constexpr int usageError = 2;

struct Arguments {
    WorkbenchOptions bench;
    double speed = 1;
    std::string controlPath;
    bool isFullSpeed = false;
    std::string application = "confirm:300";
    std::string tear = "bad";
    RomArguments rom;
    std::vector<std::string> neighbours;
    std::string reportFile;
    std::vector<std::filesystem::path> usbredirSockets;
    std::vector<std::uint16_t> tcpPorts;
    std::vector<std::string> command;
};

void addOptions(CLI::App& app, Arguments& arguments)
{
    const auto isApplication = [](std::string& text) {
        return parseApplication(text)
                   ? std::string{}
                   : "confirm:MS, never, hang:MS or crash:MS, perhaps with @VERSION";
    };
    const auto isTear = [](std::string& text) {
        return parseTear(text) ? std::string{} : "clean, good, blank, bad or flaky";
    };
    const auto isIds = [](std::string& text) {
        return parseUsbIds(text) ? std::string{}
                                 : "two times four hexadecimal digits, such as 0483:df11";
    };
    Accidents& accidents = arguments.bench.accidents;
    app.add_option("--devices", arguments.bench.devices, "How many boards")
        ->check(CLI::Range(1, 16));
    app.add_option("--state", arguments.bench.stateFiles, "State file, one for each board")
        ->allow_extra_args(false);
    app.add_option("--speed", arguments.speed, "Speed of the flash: 1 = datasheet, 0 = instant")
        ->check(CLI::Range(0.0, 1e6));
    app.add_option("--control", arguments.controlPath,
                   "Control socket, for the command in H755_VIRTUAL_CONTROL");
    app.add_option("--application", arguments.application,
                   "confirm:MS, never, hang:MS, crash:MS; with @1.2.3 only that release")
        ->check(CLI::Validator(isApplication, "APPLICATION"));
    app.add_option("--attach-delay-ms", arguments.bench.device.attachDelayMs,
                   "From a reset until the device appears on the bus");
    app.add_flag("--button", arguments.bench.isButtonHeld, "The button is held");
    app.add_flag("!--no-backup-battery", arguments.bench.device.keepsBackup,
                 "Backup registers are lost without power");
    app.add_option("--unplug-at-bytes", accidents.unplugAtBytes,
                   "Pull the cable once so much download data has arrived");
    app.add_option("--unplug-at-block", accidents.unplugAtBlock,
                   "Pull the cable once so many download blocks have arrived");
    app.add_option("--hang-at-block", accidents.hangAtBlock,
                   "Stand still once so many download blocks have arrived, until a reset");
    app.add_option("--cut-at-operation", accidents.cutAtOperation,
                   "Cut the power during this flash operation");
    app.add_option("--tear", arguments.tear, "What that cut leaves: clean, good, blank, bad, flaky")
        ->check(CLI::Validator(isTear, "TEAR"));
    app.add_option("--replug-after-ms", accidents.replugAfterMs,
                   "Cable and power come back by themselves");
    app.add_option("--uid", arguments.bench.firstUid,
                   "Tells the first board's unique id apart from others'; the next ones count up")
        ->check(CLI::Range(1, 200));
    app.add_flag("--full-speed", arguments.isFullSpeed,
                 "Control transfers take as long as on a full-speed bus");
    app.add_option("--neighbour", arguments.neighbours,
                   "Another device on the bus, by its USB ids, such as 0483:df11")
        ->allow_extra_args(false)
        ->check(CLI::Validator(isIds, "VID:PID"));
    app.add_option("--usbredir", arguments.usbredirSockets,
                   "Show the boards to a QEMU guest; one socket for each root port")
        ->allow_extra_args(false);
    app.add_option(
           "--tcp", arguments.tcpPorts,
           "Show a board to h755ctl --device tcp:127.0.0.1:PORT instead; one for each board")
        ->allow_extra_args(false);
    addOptions(app, arguments.rom);
    app.add_option("command", arguments.command, "Command to run, after --");
}

void tellDifferences(Workbench& bench, const FoundBoard& found)
{
    std::string names;
    for (const std::string& name : bench.differencesFrom(found))
        names += (names.empty() ? "" : ", ") + name;
    if (names.empty()) return;
    std::fprintf(stderr, "virtual-h755: not as in the report: %s\n", names.c_str());
}

/// Who uses the boards; nobody: the command does, through umockdev.
void findHosts(Arguments& arguments)
{
    std::vector<FindHost>& hosts = arguments.bench.hosts;
    std::transform(arguments.usbredirSockets.begin(), arguments.usbredirSockets.end(),
                   std::back_inserter(hosts), &hostAt);
    std::string ports;
    for (std::uint16_t& port : arguments.tcpPorts) {
        hosts.push_back(hostsFrom(port));
        ports += (ports.empty() ? "" : " ") + std::to_string(port);
    }
    if (!ports.empty()) setenv("H755_VIRTUAL_TCP", ports.c_str(), 1);
    if (!hosts.empty() && hosts.size() < arguments.bench.devices)
        throw std::runtime_error("--usbredir or --tcp is needed at least once for each device");
}

int run(Arguments& arguments, const MakeDevice& make)
{
    arguments.bench.device.flashTiming = FlashTiming::atSpeed(arguments.speed);
    arguments.bench.device.wireTiming =
        arguments.isFullSpeed ? WireTiming::fullSpeed() : WireTiming{};
    arguments.bench.device.application = *parseApplication(arguments.application);
    for (const std::string& ids : arguments.neighbours)
        arguments.bench.neighbours.push_back(*parseUsbIds(ids));
    arguments.bench.accidents.tear = *parseTear(arguments.tear);
    apply(arguments.rom, arguments.bench);
    const boot::BearSslCrypto instantCrypto;
    if (arguments.speed == 0) arguments.bench.device.crypto = &instantCrypto;

    blockCommandSignals();
    Workbench bench(contract::h755FlashMap, make, arguments.bench);
    std::optional<ControlSocket> control;
    if (!arguments.controlPath.empty()) {
        const std::string path = std::filesystem::absolute(arguments.controlPath);
        control.emplace(path, [&](const std::string& line) { return bench.command(line); });
        setenv("H755_VIRTUAL_CONTROL", path.c_str(), 1);
    }
    bench.settle();
    if (arguments.bench.found) tellDifferences(bench, *arguments.bench.found);
    int status = 0;
    {
        const std::jthread devices([&](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                bench.tick();
                constexpr int tickMs = 1;
                if (control) {
                    control->serve(tickMs);
                } else {
                    std::this_thread::sleep_for(std::chrono::milliseconds(tickMs));
                }
            }
        });
        status = runCommand(arguments.command);
    }
    const std::string problem = bench.save();
    if (!problem.empty()) std::fprintf(stderr, "virtual-h755: %s\n", problem.c_str());
    constexpr int internalError = 70; // EX_SOFTWARE
    return bench.hasFailed() || !problem.empty() ? internalError : status;
}

} // namespace

int runWorkbench(int argc, char** argv, const MakeDevice& make, const std::string& description,
                 const ReadReport& readReport)
try {
    CLI::App app{description};
    Arguments arguments;
    addOptions(app, arguments);
    if (readReport) {
        app.add_option("--from-report", arguments.reportFile,
                       "Make the board what a diagnostics report says it was")
            ->excludes("--devices");
    }
    std::string path;
    std::vector<std::string> words;
    CLI::App* const control = app.add_subcommand("control", "Send a command to a control socket");
    control->add_option("path", path)->required();
    control->add_option("words", words, "[DEVICE] COMMAND [ARGUMENT]...")->required();
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : usageError;
    }
    if (*control) {
        std::string line;
        for (const std::string& word : words)
            line += word + " ";
        return sendCommand(path, line);
    }
    if (arguments.command.empty()) {
        std::fputs("virtual-h755: no command given\n", stderr);
        return usageError;
    }
    findHosts(arguments);
    if (arguments.bench.hosts.empty()) enterMockEnvironment(argv);
    if (!arguments.reportFile.empty()) arguments.bench.found = readReport(arguments.reportFile);
    return run(arguments, make);
} catch (const std::exception& error) {
    std::fprintf(stderr, "virtual-h755: %s\n", error.what());
    return usageError;
}

} // namespace virtual_h755
