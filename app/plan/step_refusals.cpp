// The steps of StepRunner that want a failure, and what they need; also other programs.
#include "plan/step_runner.h"

#include "core/bundle/verified_bundle.h"
#include "core/file.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace plan {

namespace {

/// What each refusal may be called; the first is the one that people are told.
std::vector<std::string> refusalsOf(StepKind kind)
{
    if (kind == StepKind::DowngradeMustFail) return {"HX-0603", "HX-0604"};
    if (kind == StepKind::WrongProductMustFail) return {"HX-0601"};
    return {"HX-0503", "HX-0507", "HX-0509", "HX-0511", "HX-0513"};
}

/// A program as shells find it, without a shell.
std::filesystem::path findProgram(const std::string& name)
{
    if (name.find('/') != std::string::npos) return std::filesystem::absolute(name);
    const char* const path = std::getenv("PATH");
    std::string folders = path == nullptr ? "/usr/bin:/bin" : path;
    for (std::size_t start = 0; start < folders.size();) {
        const std::size_t end = std::min(folders.find(':', start), folders.size());
        std::filesystem::path file =
            std::filesystem::path(folders.substr(start, end - start)) / name;
        std::error_code ignored;
        if (file.is_absolute() && std::filesystem::is_regular_file(file, ignored)) return file;
        start = end + 1;
    }
    return "/" + name;
}

std::string replaced(std::string text, const std::string& what, const std::string& with)
{
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
        text.replace(at, what.size(), with);
    return text;
}

} // namespace

/// A copy with one bit turned over, in the middle: inside the signed firmware.
std::filesystem::path StepRunner::tampered(const std::filesystem::path& file,
                                           StepResult& result) const
{
    std::filesystem::path copy =
        m_tools.folder /
        ("tampered-" + std::to_string(std::hash<std::string>{}(m_unit.selector() + file.string())) +
         ".h755");
    updater::Result<updater::Bytes> bytes = updater::readBundleFile(file);
    if (!bytes || bytes->empty()) {
        failStep(result, "cannot read " + file.string());
        return copy;
    }
    (*bytes)[bytes->size() / 2] ^= 1;
    if (const Result<> written = updater::writeFile(copy, *bytes); !written)
        failStep(result, written.error());
    return copy;
}

void StepRunner::mustFail(const Step& step, StepResult& result)
{
    const std::optional<DeviceState> before = readState(step, result);
    if (!before) return;
    const bool isTampered = step.kind == StepKind::TamperedMustFail;
    const std::filesystem::path file = isTampered ? tampered(step.file, result) : step.file;
    if (result.outcome != Outcome::Passed) return;
    const std::optional<ProgramRun> done = run(step, {"update", file.string()}, result);
    std::error_code ignored;
    if (isTampered) std::filesystem::remove(file, ignored);
    if (!done) return;
    judge(step, *done, isTampered ? 5 : 6, result);
    const std::vector<std::string> wanted = refusalsOf(step.kind);
    if (std::ranges::find(wanted, result.error) == wanted.end())
        failStep(result, result.error.empty() ? "it was not refused"
                                              : "refused for another reason: " + result.error +
                                                    ' ' + done->errorDetail);
    const std::optional<DeviceState> after = readState(step, result);
    if (!after) return;
    result.versionBefore = before->version;
    result.versionAfter = after->version;
    if (*after != *before)
        failStep(result, "the refused release changed the device: " + before->text() + " -> " +
                             after->text());
}

void StepRunner::mustRevert(const Step& step, StepResult& result)
{
    if (!step.doesNotConfirm && !canDo(Ability::ChangeApplication, result)) return;
    const std::optional<DeviceState> before = readState(step, result);
    if (!before) return;
    Bench& bench = m_tools.bench;
    if (!step.doesNotConfirm) {
        if (const Result<> set = bench.setApplication(m_unit, "never"); !set)
            return failStep(result, set.error());
    }
    const std::optional<ProgramRun> done = run(step, {"update", step.file.string()}, result);
    if (!step.doesNotConfirm) {
        if (const Result<> set = bench.setApplication(m_unit, ""); !set)
            failStep(result, set.error());
    }
    if (!done) return;
    judge(step, *done, 9, result);
    const std::optional<DeviceState> after = readState(step, result);
    if (!after) return;
    result.versionBefore = before->version;
    result.versionAfter = after->version;
    if (after->setId != before->setId || after->slot != before->slot)
        failStep(result,
                 "the release before is not back: " + before->text() + " -> " + after->text());
    judgeState(step, result);
}

void StepRunner::command(const Step& step, StepResult& result)
{
    updater::ChildCommand command;
    command.program = findProgram(step.command.front());
    for (std::size_t i = 1; i < step.command.size(); ++i)
        command.arguments.push_back(replaced(replaced(step.command[i], "{unit}", m_unit.selector()),
                                             "{port}", m_unit.port));
    command.folder = std::filesystem::current_path();
    command.timeoutMs = step.timeoutMs;
    command.keepsVariables = true;
    const Result<updater::ChildResult> done = updater::runChild(command, m_tools.stop);
    if (!done) return failStep(result, done.error());
    m_tools.log(result.started + ' ' + command.program.string() + '\n' + done->output +
                "\nexit code " + std::to_string(done->exitCode) + '\n');
    result.exitCode = static_cast<std::uint64_t>(done->exitCode);
    const std::uint64_t wanted = step.expect.exitCode.value_or(0);
    if (*result.exitCode != wanted)
        failStep(result, "exit code " + std::to_string(done->exitCode) + ", expected " +
                             std::to_string(wanted));
    judgeState(step, result);
}

} // namespace plan
