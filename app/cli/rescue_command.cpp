#include "cli/command.h"
#include "core/rescue/swd_rescue.h"
#include "core/usb/device_text.h"

#include <algorithm>

namespace cli {
namespace {

using updater::ChipFacts;
using updater::OpenOcd;
using updater::RescueOutcome;
using updater::RescueStep;

std::string_view word(RescueStep step)
{
    switch (step) {
    case RescueStep::Identified: return "identified";
    case RescueStep::Comparing: return "comparing";
    case RescueStep::RemovingProtection: return "removing-protection";
    case RescueStep::Programming: return "programming";
    case RescueStep::SettingOptions: return "setting-options";
    case RescueStep::ReadingBack: return "reading-back";
    }
    return "unknown";
}

std::string_view sentence(RescueStep step)
{
    switch (step) {
    case RescueStep::Identified: return "option bytes found, keep this line";
    case RescueStep::Comparing: return "comparing the flash";
    case RescueStep::RemovingProtection: return "removing the bootloader's write protection";
    case RescueStep::Programming: return "programming and verifying";
    case RescueStep::SettingOptions: return "setting option bytes";
    case RescueStep::ReadingBack: return "reading back";
    }
    return "working";
}

/// The differences of a chip whose registers have been read, one a line.
Result<std::vector<std::string>> differencesOf(const ChipFacts& chip)
{
    TRY_ASSIGN(const auto differences, updater::compareOptions(chip.options));
    std::vector<std::string> lines;
    for (const updater::OptionDifference& difference : differences)
        lines.push_back(difference.text());
    return lines;
}

std::string joined(const std::vector<std::string>& lines, std::string_view between)
{
    std::string text;
    for (const std::string& line : lines)
        text += (text.empty() ? "" : std::string(between)) + line;
    return text;
}

Result<> identify(const Command& command, OpenOcd& probe)
{
    TRY_ASSIGN(const ChipFacts chip, probe.identify(command.stop));
    TRY_ASSIGN(const std::vector<std::string> differences, differencesOf(chip));
    const std::string id = updater::serialOf(chip.uniqueId);
    const std::string options = updater::optionRecord(chip.options);
    JsonLine json("chip");
    json.text("id", id).number("idCode", chip.idCode).number("flashKiB", chip.flashKiB);
    json.text("probe", chip.probe).text("targetVolts", chip.targetVolts);
    json.text("options", options).text("differences", joined(differences, "; "));
    command.output.result(
        json, "unit " + id + ", " + std::to_string(chip.flashKiB) + " KiB of flash, " +
                  (chip.targetVolts.empty() ? "" : chip.targetVolts + " V\n") + "option bytes " +
                  options + '\n' +
                  (differences.empty()
                       ? "as this product needs them"
                       : "not as this product needs them:\n  " + joined(differences, "\n  ")));
    return updater::checkChip(chip);
}

void tell(Output& output, RescueStep step, const std::string& detail)
{
    output.note(std::string(sentence(step)) + ": " + detail);
    output.event(JsonLine("step").text("step", word(step)).text("detail", detail));
}

} // namespace

Result<> rescue(const Command& command, const RescueOptions& options)
{
    TRY_ASSIGN(OpenOcd probe, OpenOcd::open(options.openOcd, options.probe));
    const OpenOcd::Limits usual;
    probe.setLimits(
        {std::min(usual.shortMs, command.timeoutMs), std::min(usual.longMs, command.timeoutMs)});
    if (options.action == RescueAction::Identify) return identify(command, probe);
    if (!updater::isUniqueId(options.confirm))
        return fail(updater::ErrorCode::BadArguments, "--confirm takes the unit's 24 digits");
    TRY_ASSIGN(const updater::FactoryBundle bundle, updater::openFactoryBundle(options.file));
    const auto rescueBy = options.action == RescueAction::Provision ? updater::provisionBySwd
                                                                    : updater::replaceBootloader;
    TRY_ASSIGN(const RescueOutcome outcome, rescueBy(
                                                probe, bundle, options.confirm,
                                                [&](RescueStep step, const std::string& detail) {
                                                    tell(command.output, step, detail);
                                                },
                                                command.stop));
    const std::string id = updater::serialOf(outcome.chip.uniqueId);
    command.output.result(JsonLine("result")
                              .text("outcome", "rescued")
                              .text("id", id)
                              .number("bytesWritten", outcome.bytesWritten)
                              .flag("optionsChanged", outcome.hasChangedOptions),
                          "rescued: unit " + id + ", " + std::to_string(outcome.bytesWritten) +
                              " bytes written, option bytes as wanted");
    command.output.note("now remove the probe, set BOOT0 low and switch the power off and on");
    return {};
}

} // namespace cli
