#include "core/rescue/open_ocd_text.h"

#include "core/usb/device_text.h"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace updater {
namespace {

// RM0399 60.5.8 (DBGMCU) and the "device electronic signature".
constexpr std::uint32_t idCodeAddress = 0x5C00'1000;
constexpr std::uint32_t uniqueIdAddress = 0x1FF1'E800;
constexpr std::uint32_t flashSizeAddress = 0x1FF1'E880;
constexpr std::uint32_t flashRegisters = 0x5200'2000;

/// Registers that are read beside those of the table, so that a record of all settings remains:
/// PRAR, SCAR and WPSN of both banks, and the boot addresses.
constexpr std::array<std::uint32_t, 9> optionOffsets{0x1C, 0x28,  0x30,  0x38, 0x40,
                                                     0x48, 0x128, 0x130, 0x138};

struct Symptom {
    std::string_view text;
    ErrorCode code;
};
constexpr std::array symptoms{
    Symptom{"LIBUSB_ERROR_ACCESS", ErrorCode::PermissionDenied},
    Symptom{"LIBUSB_ERROR_BUSY", ErrorCode::DeviceBusy},
    Symptom{"Error: open failed", ErrorCode::NoProbe},
};

std::string hexWord(std::uint32_t value)
{
    std::ostringstream text;
    text << "0x" << std::hex << value;
    return text.str();
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t length = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, length);
        while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
            line.remove_suffix(1);
        lines.push_back(line);
        text.remove_prefix(std::min(length + 1, text.size()));
    }
    return lines;
}

/// The last line that complains, for the log.
std::string complaint(std::string_view output)
{
    std::string_view last;
    for (const std::string_view line : linesOf(output)) {
        if (line.find("Error: ") != std::string_view::npos || line.starts_with("diff "))
            last = line;
    }
    return printable(last.empty() ? "no reason given" : last, 200);
}

/// Takes a hexadecimal number from the front of `text`, at most eight digits of it.
std::optional<std::uint32_t> takeHex(std::string_view& text)
{
    if (text.starts_with("0x")) text.remove_prefix(2);
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

bool take(std::string_view& text, std::string_view prefix)
{
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

/// "0x1ff1e800: 00340021 3133510d 38373233", as mdw prints.
void readMemoryLine(std::string_view line, OptionRegisters& words)
{
    if (!line.starts_with("0x")) return;
    std::optional<std::uint32_t> address = takeHex(line);
    if (!address || !take(line, ":")) return;
    while (take(line, " ")) {
        const std::optional<std::uint32_t> word = takeHex(line);
        if (!word) return;
        words[*address] = *word;
        *address += 4;
    }
}

/// "Option Register: <0x5200201c> = 0x1bc6aaf0", as stm32h7x option_read prints.
void readOptionLine(std::string_view line, OptionRegisters& options)
{
    if (!take(line, "Option Register: <")) return;
    const std::optional<std::uint32_t> address = takeHex(line);
    if (!address || !take(line, "> = ")) return;
    const std::optional<std::uint32_t> value = takeHex(line);
    if (value && line.empty()) options[*address] = *value;
}

void readProbeLine(std::string_view line, ChipFacts& facts)
{
    if (!take(line, "Info : ")) return;
    if (line.starts_with("STLINK ")) facts.probe = printable(line);
    if (take(line, "Target voltage: ")) facts.targetVolts = printable(line, 4);
}

} // namespace

bool hasLine(std::string_view output, std::string_view line)
{
    const std::vector<std::string_view> lines = linesOf(output);
    return std::ranges::find(lines, line) != lines.end();
}

Result<> judgeRun(const std::vector<OcdStage>& stages, int exitCode, std::string_view output)
{
    const auto missing = std::ranges::find_if(
        stages, [&](const OcdStage& stage) { return !hasLine(output, stage.marker); });
    if (exitCode == 0 && missing == stages.end()) return {};
    const std::string detail =
        "OpenOCD ended with " + std::to_string(exitCode) + ": " + complaint(output);
    for (const Symptom& symptom : symptoms) {
        if (output.find(symptom.text) != std::string_view::npos) return fail(symptom.code, detail);
    }
    return fail(missing == stages.end() ? ErrorCode::SwdConnection : missing->failure, detail);
}

std::vector<std::string> chipFactsCommands()
{
    std::vector<std::string> commands{"mdw " + hexWord(idCodeAddress),
                                      "mdw " + hexWord(uniqueIdAddress) + " 3",
                                      "mdw " + hexWord(flashSizeAddress)};
    for (const std::uint32_t offset : optionOffsets)
        commands.push_back("stm32h7x option_read 0 " + hexWord(offset));
    return commands;
}

Result<ChipFacts> parseChipFacts(std::string_view output)
{
    ChipFacts facts;
    OptionRegisters words;
    for (const std::string_view line : linesOf(output)) {
        readMemoryLine(line, words);
        readOptionLine(line, facts.options);
        readProbeLine(line, facts);
    }
    for (const std::uint32_t offset : optionOffsets) {
        if (!facts.options.contains(flashRegisters + offset))
            return fail(ErrorCode::ReplyMalformed, "no option register " + hexWord(offset));
    }
    for (const std::uint32_t address : {idCodeAddress, uniqueIdAddress, uniqueIdAddress + 4,
                                        uniqueIdAddress + 8, flashSizeAddress}) {
        if (!words.contains(address))
            return fail(ErrorCode::ReplyMalformed, "no word at " + hexWord(address));
    }
    facts.idCode = words[idCodeAddress];
    facts.flashKiB = words[flashSizeAddress] & 0xFFFF;
    for (std::uint32_t i = 0; i < facts.uniqueId.size(); ++i) {
        const std::uint32_t word = words[uniqueIdAddress + i / 4 * 4];
        facts.uniqueId[i] = static_cast<std::uint8_t>(word >> (8 * (i % 4)));
    }
    return facts;
}

} // namespace updater
