#include "plan/step_reader.h"

#include "core/file.h"

#include <array>

namespace plan {

using nlohmann::json;

namespace {

constexpr Range seconds{1, 86'400};
constexpr Range milliseconds{0, 86'400'000};
constexpr Range briefMilliseconds{0, 600'000}; // somebody waits meanwhile
constexpr Range anyNumber{0, 1'000'000'000};
constexpr Range counted{1, 1'000'000'000};

/// Beside the plan, else where the program was started.
void readFile(FieldReader& reader, const StepSurroundings& around, Step& step,
              const std::string& field)
{
    std::string name;
    reader.text(field, name, Need::Required);
    if (name.empty()) return;
    const std::filesystem::path path = updater::pathOf(name);
    const std::filesystem::path besidePlan = around.folder / path;
    std::error_code ignored;
    const bool isThere = std::filesystem::is_regular_file(besidePlan, ignored);
    step.file = std::filesystem::absolute(isThere ? besidePlan : path);
    if (!std::filesystem::is_regular_file(step.file, ignored))
        reader.refuse(field, "there is no file " + step.file.string(),
                      "Correct the name; it counts from the plan's folder, else from yours");
}

void readAccident(const json& value, const Place& place, Accident& accident, Problems& problems)
{
    using namespace std::string_view_literals;
    constexpr std::array kinds{AccidentKind::UnplugAtByte, AccidentKind::UnplugAtBlock,
                               AccidentKind::CutAtOperation, AccidentKind::CutAtBlock,
                               AccidentKind::KillAtBlock};
    constexpr std::array tears{"clean"sv, "good"sv, "blank"sv, "bad"sv, "flaky"sv, "random"sv};
    FieldReader reader(value, place, "an accident", problems);
    unsigned found = 0;
    for (const AccidentKind kind : kinds) {
        const std::string name(word(kind));
        if (!reader.has(name)) continue;
        ++found;
        accident.kind = kind;
        reader.amount(name, accident.at, counted);
    }
    if (found != 1 && value.is_object())
        problems.push_back({place.file, place.pointer, "an accident is exactly one of them",
                            "Write unplugAtByte, unplugAtBlock, cutAtOperation, cutAtBlock or "
                            "killAtBlock"});
    if (accident.kind == AccidentKind::CutAtOperation)
        reader.choice("tear", accident.tear, tears, Need::Optional);
    if (accident.kind != AccidentKind::KillAtBlock) {
        reader.number("returnAfterMs", accident.returnAfterMs, briefMilliseconds, Need::Optional);
        reader.flag("returns", accident.returns);
    }
    if (accident.kind == AccidentKind::UnplugAtByte || accident.kind == AccidentKind::UnplugAtBlock)
        reader.flag("onAnotherPort", accident.onAnotherPort);
    reader.finish();
}

void readNumber(FieldReader& reader, const std::string& name, Range range,
                std::optional<std::uint64_t>& out)
{
    std::uint64_t number = 0;
    if (reader.number(name, number, range, Need::Optional)) out = number;
}

bool isErrorLabel(const std::string& text)
{
    return text.size() == 7 && text.starts_with("HX-") &&
           text.find_first_not_of("0123456789", 3) == std::string::npos;
}

void readExpectation(const json& value, const Place& place, StepKind kind, Expectation& expect,
                     Problems& problems)
{
    using namespace std::string_view_literals;
    constexpr std::array states{"trial"sv, "confirmed"sv, "empty"sv};
    constexpr std::array modes{"application"sv, "bootloader"sv};
    constexpr std::array slots{"A"sv, "B"sv};
    FieldReader reader(value, place, "\"expect\"", problems);
    readNumber(reader, "exitCode", {0, 255}, expect.exitCode);
    reader.text("error", expect.error, Need::Optional);
    reader.text("version", expect.version, Need::Optional);
    reader.choice("state", expect.state, states, Need::Optional);
    reader.choice("mode", expect.mode, modes, Need::Optional);
    reader.choice("slot", expect.slot, slots, Need::Optional);
    readNumber(reader, "withinMs", milliseconds, expect.withinMs);
    if (kind == StepKind::Update || kind == StepKind::Resume)
        readNumber(reader, "blocksAtMost", anyNumber, expect.blocksAtMost);
    reader.finish();
    if (!expect.error.empty() && !isErrorLabel(expect.error))
        reader.refuse("error", "this is no error code", "Write one of docs/errors.md: HX-0603");
}

void readRotSector(FieldReader& reader, Step& step)
{
    using namespace std::string_view_literals;
    constexpr std::array cores{"m7"sv, "m4"sv};
    constexpr std::array slots{"A"sv, "B"sv, "active"sv, "other"sv};
    reader.choice("core", step.core, cores, Need::Required);
    reader.choice("slot", step.slot, slots, Need::Required);
    reader.number("sector", step.sector, {0, 3}, Need::Optional);
    if (step.core == "m7" && step.sector == 3)
        reader.refuse("sector", "a slot of the M7 has three sectors", "Write 0, 1 or 2");
}

void readRepeat(FieldReader& reader, Step& step)
{
    std::uint64_t minutes = 0;
    reader.number("times", step.times, {1, 1'000'000}, Need::Optional);
    reader.number("minutes", minutes, {1, 7 * 24 * 60}, Need::Optional);
    reader.child("steps", Need::Required);
    step.longestMs = minutes * 60'000;
    if (!reader.has("times") && !reader.has("minutes"))
        reader.refuse("times", "a repetition must have an end", "Add \"times\" or \"minutes\"");
}

void readOwnFields(FieldReader& reader, const StepSurroundings& around, Step& step)
{
    switch (step.kind) {
    case StepKind::TrialMustRevert:
        reader.flag("doesNotConfirm", step.doesNotConfirm);
        [[fallthrough]];
    case StepKind::Update:
    case StepKind::Resume:
    case StepKind::DowngradeMustFail:
    case StepKind::TamperedMustFail:
    case StepKind::WrongProductMustFail: return readFile(reader, around, step, "release");
    case StepKind::Provision: return readFile(reader, around, step, "unit");
    case StepKind::Reboot: return reader.flag("toUpdateMode", step.toUpdateMode);
    case StepKind::Plug: return reader.flag("onAnotherPort", step.onAnotherPort);
    case StepKind::RotSector: return readRotSector(reader, step);
    case StepKind::Command: return reader.texts("command", step.command);
    case StepKind::Repeat: return readRepeat(reader, step);
    case StepKind::Wait: reader.number("ms", step.waitMs, milliseconds, Need::Required); return;
    case StepKind::SelectSet:
    case StepKind::Unplug:
    case StepKind::PowerOff:
    case StepKind::PowerOn:
    case StepKind::Expect: return;
    }
}

bool canExpect(StepKind kind)
{
    switch (kind) {
    case StepKind::Update:
    case StepKind::Resume:
    case StepKind::TrialMustRevert:
    case StepKind::SelectSet:
    case StepKind::Reboot:
    case StepKind::Provision:
    case StepKind::Command:
    case StepKind::Expect: return true;
    default: return false;
    }
}

} // namespace

Step readStep(const json& value, const Place& place, const StepSurroundings& around,
              Problems& problems)
{
    const std::string kindWord = value.at("do").get<std::string>();
    Step step;
    step.kind = stepKindNamed(kindWord).value_or(StepKind::Wait);
    step.name = kindWord;
    step.place = place.file + ": " + place.pointer;
    step.timeoutMs = around.timeoutMs;

    FieldReader reader(value, place, "the step \"" + kindWord + '"', problems);
    std::uint64_t timeoutSeconds = 0;
    reader.child("do", Need::Required);
    reader.text("name", step.name, Need::Optional);
    if (reader.number("timeoutSeconds", timeoutSeconds, seconds, Need::Optional))
        step.timeoutMs = timeoutSeconds * 1000;
    readOwnFields(reader, around, step);
    if (step.kind == StepKind::Update || step.kind == StepKind::Resume) {
        if (const json* accident = reader.child("accident", Need::Optional))
            readAccident(*accident, place / "accident", step.accident, problems);
    }
    if (canExpect(step.kind)) {
        const Need need = step.kind == StepKind::Expect ? Need::Required : Need::Optional;
        if (const json* expect = reader.child("expect", need))
            readExpectation(*expect, place / "expect", step.kind, step.expect, problems);
    }
    reader.finish();
    return step;
}

} // namespace plan
