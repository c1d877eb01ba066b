#include "plan/step_runner.h"

#include "contract/flash_map.h"
#include "plan/update_accident.h"

namespace plan {

using nlohmann::json;

namespace {

constexpr std::uint64_t killedExit = 128 + 9; // SIGKILL
constexpr int noDeviceExit = 3;
constexpr std::chrono::seconds longestRestart{10};
constexpr std::uint64_t restartPollMs = 200;

void readVersions(const ProgramRun& run, StepResult& result)
{
    for (const json& line : run.lines) {
        if (line.value("type", "") != "result") continue;
        if (line.contains("from") && line["from"].is_string())
            result.versionBefore = line["from"].get<std::string>();
        if (line.contains("to") && line["to"].is_string())
            result.versionAfter = line["to"].get<std::string>();
    }
}

} // namespace

StepRunner::StepRunner(StepTools tools, Unit unit, std::uint64_t seed)
    : m_tools(std::move(tools)), m_unit(std::move(unit)), m_random(seed, m_unit.selector())
{
}

StepResult StepRunner::perform(const Step& step)
{
    const auto start = std::chrono::steady_clock::now();
    StepResult result;
    result.name = step.name;
    result.kind = std::string(word(step.kind));
    result.file = step.file.filename().string();
    result.started = utcNow();
    result.outcome = Outcome::Passed;
    dispatch(step, result);
    const auto elapsed = std::chrono::steady_clock::now() - start;
    result.ms = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count());
    if (step.expect.withinMs && result.ms > *step.expect.withinMs)
        failStep(result, "took " + std::to_string(result.ms) + " ms, expected at most " +
                             std::to_string(*step.expect.withinMs));
    return result;
}

void StepRunner::dispatch(const Step& step, StepResult& result)
{
    switch (step.kind) {
    case StepKind::Update:
    case StepKind::Resume: return update(step, result);
    case StepKind::DowngradeMustFail:
    case StepKind::TamperedMustFail:
    case StepKind::WrongProductMustFail: return mustFail(step, result);
    case StepKind::TrialMustRevert: return mustRevert(step, result);
    case StepKind::SelectSet: return simple(step, result, {"select-set"});
    case StepKind::Reboot:
        return simple(step, result,
                      step.toUpdateMode ? std::vector<std::string>{"reboot", "--update-mode"}
                                        : std::vector<std::string>{"reboot"});
    case StepKind::Expect: return simple(step, result, {"info"});
    case StepKind::Provision: return provision(step, result);
    case StepKind::Unplug:
    case StepKind::Plug:
    case StepKind::PowerOff:
    case StepKind::PowerOn: return handle(step, result);
    case StepKind::RotSector: return rotSector(step, result);
    case StepKind::Wait: return sleepFor(step.waitMs, m_tools.stop);
    case StepKind::Command: return command(step, result);
    case StepKind::Repeat: break; // UnitRunner's
    }
}

std::optional<ProgramRun> StepRunner::run(const Step& step, std::vector<std::string> arguments,
                                          StepResult& result, const Watcher& watcher)
{
    arguments.insert(arguments.end(), {"--device", m_unit.selector()});
    std::string line = result.started + " h755ctl";
    for (const std::string& argument : arguments)
        line += ' ' + argument;
    Result<ProgramRun> done = m_tools.program.run(arguments, step.timeoutMs, m_tools.stop, watcher);
    if (!done) {
        m_tools.log(line + "\n" + done.error().detail + '\n');
        failStep(result, done.error());
        return std::nullopt;
    }
    m_tools.log(line + '\n' + done->said + "exit code " + std::to_string(done->exitCode) + '\n');
    return *std::move(done);
}

/// The program's exit code and error, which `expect` may name.
void StepRunner::judge(const Step& step, const ProgramRun& run, std::uint64_t wantedExit,
                       StepResult& result)
{
    const std::uint64_t wanted = step.expect.exitCode.value_or(wantedExit);
    result.exitCode = static_cast<std::uint64_t>(run.exitCode);
    result.error = run.errorLabel;
    result.blocksSent = run.blocksSent;
    result.phases = run.phases;
    readVersions(run, result);
    if (*result.exitCode != wanted) {
        const std::string why =
            run.errorLabel.empty() ? std::string() : ": " + run.errorLabel + ' ' + run.errorDetail;
        failStep(result, "exit code " + std::to_string(run.exitCode) + ", expected " +
                             std::to_string(wanted) + why);
    }
    if (!step.expect.error.empty() && run.errorLabel != step.expect.error)
        failStep(result, "error " + (run.errorLabel.empty() ? "none" : run.errorLabel) +
                             ", expected " + step.expect.error);
    if (step.expect.blocksAtMost && run.blocksSent > *step.expect.blocksAtMost)
        failStep(result, "sent " + std::to_string(run.blocksSent) + " blocks, expected at most " +
                             std::to_string(*step.expect.blocksAtMost));
}

/// A refused update may have left the unit in its restart into the application.
std::optional<DeviceState> StepRunner::readState(const Step& step, StepResult& result)
{
    const auto deadline = std::chrono::steady_clock::now() + longestRestart;
    std::optional<ProgramRun> done = run(step, {"info"}, result);
    while (done && done->exitCode == noDeviceExit && std::chrono::steady_clock::now() < deadline) {
        sleepFor(restartPollMs, m_tools.stop);
        done = run(step, {"info"}, result);
    }
    if (!done) return std::nullopt;
    const Result<DeviceState> state = stateIn(*done);
    if (!state) {
        failStep(result, "the device does not say what it is: " + done->errorLabel + ' ' +
                             done->errorDetail);
        return std::nullopt;
    }
    return *state;
}

void StepRunner::judgeState(const Step& step, StepResult& result)
{
    if (!step.expect.asksDevice() || result.outcome != Outcome::Passed) return;
    const std::optional<DeviceState> state = readState(step, result);
    if (!state) return;
    result.versionAfter = state->version;
    if (const std::string wrong = differenceFrom(step.expect, *state); !wrong.empty())
        failStep(result, wrong);
}

void StepRunner::update(const Step& step, StepResult& result)
{
    UpdateAccident accident(step.accident, m_tools.bench, m_unit, m_random, m_tools.stop);
    if (const std::string why = accident.obstacle(); !why.empty()) {
        result.outcome = Outcome::NotApplicable;
        result.reason = why;
        return;
    }
    result.accident = accident.text();
    if (const Result<> armed = accident.arm(); !armed) return failStep(result, armed.error());
    const std::optional<ProgramRun> done =
        run(step, {"update", step.file.string(), "--every-block"}, result,
            [&accident](const Progress& progress) { return accident.watch(progress); });
    if (!done) {
        static_cast<void>(accident.disarm({}));
        return;
    }
    if (const Result<> disarmed = accident.disarm(*done); !disarmed)
        return failStep(result, disarmed.error());
    result.accidentHappened = accident.hasHappened();
    const bool isKilled = step.accident.kind == AccidentKind::KillAtBlock && accident.hasHappened();
    const bool stays = !step.accident.returns && accident.hasHappened();
    judge(step, *done, isKilled ? killedExit : stays ? 8 : 0, result);
    if (step.kind == StepKind::Resume && done->blocksSent >= done->totalBlocks)
        failStep(result, "nothing was resumed: all " + std::to_string(done->totalBlocks) +
                             " blocks were sent");
    judgeState(step, result);
    if (accident.isNone() || accident.hasHappened() || result.outcome != Outcome::Passed) return;
    // A random one may be due later than the update lasts; one at a fixed place must be met.
    failStep(result, "the update was over before " + accident.text());
    if (!step.accident.at.isFixed()) result.outcome = Outcome::NotApplicable;
}

/// h755ctl alone, and what `expect` says of it.
void StepRunner::simple(const Step& step, StepResult& result,
                        const std::vector<std::string>& arguments)
{
    const std::optional<ProgramRun> done = run(step, arguments, result);
    if (!done) return;
    judge(step, *done, 0, result);
    if (step.kind != StepKind::Expect) return judgeState(step, result);
    const Result<DeviceState> state = stateIn(*done);
    if (!state || result.outcome != Outcome::Passed) return;
    result.versionAfter = state->version;
    if (const std::string wrong = differenceFrom(step.expect, *state); !wrong.empty())
        failStep(result, wrong);
}

void StepRunner::provision(const Step& step, StepResult& result)
{
    const std::optional<ProgramRun> done = run(step, {"provision", step.file.string()}, result);
    if (!done) return;
    judge(step, *done, 0, result);
    for (const json& line : done->lines) {
        if (line.value("type", "") == "result" && line.contains("id") && line["id"].is_string())
            m_unit.id = line["id"].get<std::string>();
    }
    judgeState(step, result);
}

bool StepRunner::canDo(Ability ability, StepResult& result) const
{
    const std::optional<std::string> why = m_tools.bench.obstacle(ability, m_unit);
    if (!why) return true;
    result.outcome = Outcome::NotApplicable;
    result.reason = *why;
    return false;
}

/// What hands do: cable and power. The bus must show it.
void StepRunner::handle(const Step& step, StepResult& result)
{
    const bool isPower = step.kind == StepKind::PowerOff || step.kind == StepKind::PowerOn;
    const bool isPresent = step.kind == StepKind::Plug || step.kind == StepKind::PowerOn;
    if (!canDo(isPower ? Ability::SwitchPower : Ability::UnplugCable, result)) return;
    if (step.onAnotherPort && !canDo(Ability::UseAnotherPort, result)) return;
    Bench& bench = m_tools.bench;
    const Result<> done = step.kind == StepKind::Unplug     ? bench.unplug(m_unit)
                          : step.kind == StepKind::Plug     ? bench.plug(m_unit, step.onAnotherPort)
                          : step.kind == StepKind::PowerOff ? bench.powerOff(m_unit)
                                                            : bench.powerOn(m_unit);
    if (!done) return failStep(result, done.error());
    expectBack(step, isPresent, result);
}

void StepRunner::expectBack(const Step& step, bool isPresent, StepResult& result)
{
    const Result<bool> seen =
        waitForPresence(m_tools.program, m_unit, isPresent, step.timeoutMs, m_tools.stop);
    if (!seen) return failStep(result, seen.error());
    if (!*seen) failStep(result, isPresent ? "the unit did not come back" : "the unit stayed");
}

void StepRunner::rotSector(const Step& step, StepResult& result)
{
    if (!canDo(Ability::RotSector, result)) return;
    const std::optional<DeviceState> state = readState(step, result);
    if (!state) return;
    const bool isActiveB = state->slot == "B";
    const bool wantsB = step.slot == "active"  ? isActiveB
                        : step.slot == "other" ? !isActiveB
                                               : step.slot == "B";
    const contract::FlashMap& map = contract::h755FlashMap;
    const contract::Region& region =
        map.slot(step.core == "m7" ? contract::Core::M7 : contract::Core::M4,
                 wantsB ? contract::Slot::B : contract::Slot::A);
    const auto address = static_cast<std::uint32_t>(region.address + step.sector * map.sectorBytes);
    if (const Result<> done = m_tools.bench.rotSector(m_unit, address); !done)
        return failStep(result, done.error());
    expectBack(step, true, result);
}

} // namespace plan
