#include "core/rescue/open_ocd.h"

#include "core/file.h"
#include "core/rescue/child_process.h"
#include "core/rescue/private_folder.h"

#include <algorithm>
#include <array>
#include <spdlog/spdlog.h>
#include <sstream>

namespace updater {
namespace {

constexpr std::array knownPlaces{"/usr/bin/openocd", "/usr/local/bin/openocd",
                                 "/opt/homebrew/bin/openocd"};
constexpr std::string_view connected = "** connected **";
constexpr std::uint32_t flashRegisters = 0x5200'2000;

std::string hexWord(std::uint32_t value)
{
    std::ostringstream text;
    text << "0x" << std::hex << value;
    return text.str();
}

std::string fileName(std::size_t i)
{
    return "piece-" + std::to_string(i) + ".bin";
}

std::string marker(std::size_t i, std::string_view what)
{
    return "** " + fileName(i) + ' ' + std::string(what) + " **";
}

/// "piece-0.bin 0x8000000 bin": with its type, so that no content makes OpenOCD guess another.
std::string fileArguments(std::size_t i, const FlashPiece& piece)
{
    return fileName(i) + ' ' + hexWord(piece.address) + " bin";
}

/// Never fails, so that one piece that differs does not hide the next.
std::string compareCommand(std::size_t i, const FlashPiece& piece)
{
    return "if {[catch {verify_image " + fileArguments(i, piece) + "}]} {echo {" +
           marker(i, "differs") + "}} else {echo {" + marker(i, "equal") + "}}";
}

/// Fields of one register in one command: the chip starts an option change for each.
std::vector<std::string> optionCommands(const std::vector<OptionChange>& changes)
{
    std::map<std::uint32_t, OptionChange> values; // by register
    std::map<std::uint32_t, std::uint32_t> masks;
    for (const OptionChange& change : changes) {
        values[change.field->address].value |= change.value & change.field->mask;
        masks[change.field->address] |= change.field->mask;
    }
    std::vector<std::string> commands;
    commands.reserve(masks.size());
    for (const auto& [address, mask] : masks) {
        commands.push_back("stm32h7x option_write 0 " + hexWord(address - flashRegisters) + ' ' +
                           hexWord(values[address].value) + ' ' + hexWord(mask));
    }
    return commands;
}

bool isSerial(std::string_view text)
{
    return text.size() <= 64 && std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           });
}

Result<std::filesystem::path> installed()
{
    for (const std::filesystem::path place : knownPlaces) {
        std::error_code ignored;
        if (std::filesystem::is_regular_file(place, ignored)) return place;
    }
    return fail(ErrorCode::ProgrammerMissing, "no OpenOCD in its usual folders");
}

} // namespace

Result<OpenOcd> OpenOcd::open(const std::filesystem::path& program, std::string probeSerial)
{
    if (!isSerial(probeSerial)) return fail(ErrorCode::BadArguments, "probe's serial number");
    if (!program.empty() && !program.is_absolute())
        return fail(ErrorCode::BadArguments, "OpenOCD's path must be absolute");
    if (!program.empty()) return OpenOcd(program, std::move(probeSerial));
    TRY_ASSIGN(std::filesystem::path found, installed());
    return OpenOcd(std::move(found), std::move(probeSerial));
}

Result<ChipFacts> OpenOcd::identify(const std::stop_token& stop)
{
    const Job job{{{chipFactsCommands(), "** chip read **", ErrorCode::SwdConnection}},
                  {},
                  m_limits.shortMs,
                  true};
    TRY_ASSIGN(const std::string output, run(job, stop));
    return parseChipFacts(output);
}

Result<std::vector<bool>> OpenOcd::compare(const std::vector<FlashPiece>& pieces,
                                           const std::stop_token& stop)
{
    Job job{{}, pieces, m_limits.longMs};
    for (std::size_t i = 0; i < pieces.size(); ++i)
        job.stages.push_back(
            {{compareCommand(i, pieces[i])}, marker(i, "compared"), ErrorCode::SwdConnection});
    TRY_ASSIGN(const std::string output, run(job, stop));
    std::vector<bool> isEqual;
    for (std::size_t i = 0; i < pieces.size(); ++i)
        isEqual.push_back(hasLine(output, marker(i, "equal")));
    return isEqual;
}

Result<> OpenOcd::program(const std::vector<FlashPiece>& pieces, const std::stop_token& stop)
{
    Job job{{}, pieces, m_limits.longMs};
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const std::string file = fileArguments(i, pieces[i]);
        job.stages.push_back(
            {{"flash write_image erase " + file}, marker(i, "written"), ErrorCode::FlashProgram});
        job.stages.push_back(
            {{"verify_image " + file}, marker(i, "verified"), ErrorCode::FlashVerify});
    }
    TRY(run(job, stop));
    return {};
}

Result<> OpenOcd::writeOptions(const std::vector<OptionChange>& changes,
                               const std::stop_token& stop)
{
    if (std::ranges::any_of(changes, [](const auto& change) { return !change.field->isOurs; }))
        return fail(ErrorCode::InternalError, "an option byte that is not ours to set");
    const Job job{{{optionCommands(changes), "** options written **", ErrorCode::OptionBytes}},
                  {},
                  m_limits.shortMs};
    TRY(run(job, stop));
    return {};
}

Result<std::string> OpenOcd::run(const Job& job, const std::stop_token& stop)
{
    Result<std::string> output = runOnce(job, m_connection, stop);
    if (output || m_connection == Connection::UnderReset ||
        output.error().code != ErrorCode::SwdConnection)
        return output;
    spdlog::info("not reached normally, now under reset: {}", output.error().detail);
    Result<std::string> second = runOnce(job, Connection::UnderReset, stop);
    if (second) m_connection = Connection::UnderReset;
    return second;
}

/// A chip that runs may sleep, feed a watchdog or drive another core: whatever changes it, halts
/// it behind a reset. Afterwards it stays halted, for the next job or the power switch.
Result<std::string> OpenOcd::runOnce(const Job& job, Connection connection,
                                     const std::stop_token& stop)
{
    const bool isUnderReset = connection == Connection::UnderReset;
    OcdStage connect{{"init"}, std::string(connected), ErrorCode::SwdConnection};
    if (isUnderReset)
        connect.commands.insert(connect.commands.begin(),
                                "reset_config srst_only srst_nogate connect_assert_srst");
    if (isUnderReset || !job.isReadOnly) connect.commands.emplace_back("reset halt");
    std::vector<OcdStage> stages{std::move(connect)};
    stages.insert(stages.end(), job.stages.begin(), job.stages.end());
    if (isUnderReset && job.isReadOnly) stages.back().commands.emplace_back("reset run");

    TRY_ASSIGN(const PrivateFolder folder, PrivateFolder::create());
    for (std::size_t i = 0; i < job.files.size(); ++i)
        TRY(writeFile(folder.path() / fileName(i), job.files[i].bytes));
    TRY_ASSIGN(const ChildResult result,
               runChild({m_program, arguments(stages), folder.path(), job.timeoutMs}, stop));
    spdlog::debug("OpenOCD ended with {}:\n{}", result.exitCode, result.output);
    TRY(judgeRun(stages, result.exitCode, result.output));
    return result.output;
}

std::vector<std::string> OpenOcd::arguments(const std::vector<OcdStage>& stages) const
{
    std::vector<std::string> words{"-f", "interface/stlink-dap.cfg", "-c",
                                   "transport select dapdirect_swd"};
    const auto add = [&](std::string command) {
        words.emplace_back("-c");
        words.push_back(std::move(command));
    };
    if (!m_probeSerial.empty()) add("adapter serial " + m_probeSerial);
    add("set DUAL_BANK 1");
    words.insert(words.end(), {"-f", "target/stm32h7x.cfg"});
    for (const char* server : {"gdb", "tcl", "telnet"})
        add(std::string(server) + "_port disabled");
    for (const OcdStage& stage : stages) {
        for (const std::string& command : stage.commands)
            add(command);
        add("echo {" + stage.marker + "}");
    }
    add("shutdown");
    return words;
}

} // namespace updater
