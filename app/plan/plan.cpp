#include "plan/plan.h"

#include <algorithm>
#include <array>
#include <utility>

namespace plan {
namespace {

template <typename Kind>
using Words = std::pair<Kind, std::string_view>;

constexpr std::array stepWords{
    Words<StepKind>{StepKind::Update, "update"},
    Words<StepKind>{StepKind::Resume, "resume"},
    Words<StepKind>{StepKind::DowngradeMustFail, "downgrade-must-fail"},
    Words<StepKind>{StepKind::TamperedMustFail, "tampered-must-fail"},
    Words<StepKind>{StepKind::WrongProductMustFail, "wrong-product-must-fail"},
    Words<StepKind>{StepKind::TrialMustRevert, "trial-must-revert"},
    Words<StepKind>{StepKind::SelectSet, "select-set"},
    Words<StepKind>{StepKind::Reboot, "reboot"},
    Words<StepKind>{StepKind::Provision, "provision"},
    Words<StepKind>{StepKind::Unplug, "unplug"},
    Words<StepKind>{StepKind::Plug, "plug"},
    Words<StepKind>{StepKind::PowerOff, "power-off"},
    Words<StepKind>{StepKind::PowerOn, "power-on"},
    Words<StepKind>{StepKind::RotSector, "rot-sector"},
    Words<StepKind>{StepKind::Wait, "wait"},
    Words<StepKind>{StepKind::Command, "command"},
    Words<StepKind>{StepKind::Expect, "expect"},
    Words<StepKind>{StepKind::Repeat, "repeat"},
};

constexpr std::array accidentWords{
    Words<AccidentKind>{AccidentKind::None, "none"},
    Words<AccidentKind>{AccidentKind::UnplugAtByte, "unplugAtByte"},
    Words<AccidentKind>{AccidentKind::UnplugAtBlock, "unplugAtBlock"},
    Words<AccidentKind>{AccidentKind::CutAtOperation, "cutAtOperation"},
    Words<AccidentKind>{AccidentKind::CutAtBlock, "cutAtBlock"},
    Words<AccidentKind>{AccidentKind::KillAtBlock, "killAtBlock"},
};

template <typename Kind, std::size_t size>
std::string_view wordIn(const std::array<Words<Kind>, size>& table, Kind kind)
{
    const auto* const found = std::ranges::find(table, kind, &Words<Kind>::first);
    return found == table.end() ? "?" : found->second;
}

template <typename Kind, std::size_t size>
std::optional<Kind> kindIn(const std::array<Words<Kind>, size>& table, std::string_view name)
{
    const auto* const found = std::ranges::find(table, name, &Words<Kind>::second);
    return found == table.end() ? std::nullopt : std::optional(found->first);
}

void addFiles(const std::vector<Step>& steps, std::vector<std::filesystem::path>& files)
{
    for (const Step& step : steps) {
        if (!step.file.empty() && std::ranges::find(files, step.file) == files.end())
            files.push_back(step.file);
        addFiles(step.steps, files);
    }
}

} // namespace

std::string_view word(StepKind kind)
{
    return wordIn(stepWords, kind);
}

std::optional<StepKind> stepKindNamed(std::string_view name)
{
    return kindIn(stepWords, name);
}

std::string_view word(AccidentKind kind)
{
    return wordIn(accidentWords, kind);
}

std::optional<AccidentKind> accidentKindNamed(std::string_view name)
{
    return kindIn(accidentWords, name);
}

std::vector<std::filesystem::path> filesOf(const Plan& plan)
{
    std::vector<std::filesystem::path> files;
    for (const Variant& variant : plan.variants)
        addFiles(variant.steps, files);
    return files;
}

} // namespace plan
