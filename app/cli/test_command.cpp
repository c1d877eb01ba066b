#include "cli/test_command.h"

#include "cli/gang_rows.h"
#include "core/bundle/text_forms.h"
#include "core/bundle/verified_bundle.h"
#include "core/report/system_name.h"
#include "core/signature/digest.h"
#include "plan/device_state.h"
#include "plan/plan_reader.h"
#include "plan/record.h"
#include "plan/statistics.h"

#include <algorithm>
#include <cstdlib>
#include <random>

namespace cli {

using plan::Outcome;
using plan::Plan;
using plan::Unit;
using updater::ErrorCode;
using updater::fail;
using updater::Result;

namespace {

Result<plan::GivenVariables> variablesOf(const TestOptions& options)
{
    plan::GivenVariables given;
    for (const std::string& text : options.variables) {
        const std::size_t equals = text.find('=');
        if (equals == 0 || equals == std::string::npos)
            return fail(ErrorCode::BadArguments, "--var " + text + ": write NAME=VALUE");
        given[text.substr(0, equals)] = text.substr(equals + 1);
    }
    return given;
}

Result<Plan> openPlan(Output& output, const TestOptions& options)
{
    if (options.plan.empty()) return fail(ErrorCode::BadArguments, "no plan is named");
    TRY_ASSIGN(const plan::GivenVariables given, variablesOf(options));
    std::variant<Plan, plan::Problems> read = plan::readPlan(options.plan, given);
    if (auto* good = std::get_if<Plan>(&read)) return std::move(*good);
    const auto& problems = std::get<plan::Problems>(read);
    for (const plan::Problem& problem : problems) {
        output.event(JsonLine("problem")
                         .text("file", problem.file)
                         .text("pointer", problem.pointer)
                         .text("cause", problem.cause)
                         .text("remedy", problem.remedy));
        output.note(problem.text());
    }
    return fail(ErrorCode::PlanInvalid, std::to_string(problems.size()) +
                                            " mistakes; the first: " + problems.front().text());
}

/// Simulated boards say where they can be reached; everything else is real.
Result<std::unique_ptr<plan::Bench>> openBench(const TestOptions& options)
{
    const char* const socket = std::getenv("H755_VIRTUAL_CONTROL");
    const auto name = [&](const char* usual) {
        return options.target.empty() ? std::string(usual) : options.target;
    };
    if (socket != nullptr) return plan::makeSimulatedBench(socket, name("virtual"));
    return plan::makeHardwareBench(options.fixture, name("hardware"));
}

/// What --unit names, else what failed in another run, else everything that is connected.
Result<std::vector<Unit>> unitsOf(const TestOptions& options, const plan::DeviceProgram& program,
                                  const plan::Bench& bench, std::string& retryOf,
                                  const std::stop_token& stop)
{
    TRY_ASSIGN(std::vector<Unit> units, plan::connectedUnits(program, stop));
    std::vector<std::string> wanted = options.units;
    if (!options.retryFailed.empty()) {
        TRY_ASSIGN(const plan::Results before,
                   plan::readRecords(options.retryFailed / "record.jsonl"));
        retryOf = before.chain;
        for (const Unit& unit : before.run.units) {
            const auto done =
                std::ranges::find(before.units, unit.selector(), &plan::UnitResult::unit);
            if (done == before.units.end() || done->outcome != Outcome::Passed)
                wanted.push_back(unit.selector());
        }
        if (wanted.empty())
            return fail(ErrorCode::BadArguments, "every unit of that run has passed");
    }
    std::vector<Unit> chosen;
    for (const std::string& name : wanted) {
        const auto found = std::ranges::find_if(
            units, [&](const Unit& unit) { return unit.id == name || unit.port == name; });
        const bool isPort = name.find('-') != std::string::npos; // a blank board perhaps
        if (found == units.end() && !isPort) return fail(ErrorCode::NamedDeviceMissing, name);
        chosen.push_back(found == units.end() ? Unit{{}, name, {}} : *found);
    }
    if (wanted.empty()) chosen = std::move(units);
    if (chosen.empty()) return fail(ErrorCode::NoDevice, "nothing to test");
    for (Unit& unit : chosen)
        unit.socket = bench.socketOf(unit.port);
    return chosen;
}

std::vector<plan::FileFact> factsOf(const Plan& plan)
{
    std::vector<plan::FileFact> facts;
    for (const std::filesystem::path& file : plan::filesOf(plan)) {
        const Result<updater::Bytes> bytes = updater::readBundleFile(file);
        const Result<updater::VerifiedBundle> bundle = updater::openBundle(file);
        facts.push_back(
            {file.filename().string(),
             bytes ? updater::hexText(updater::sha256(*bytes)) : std::string(64, '0'),
             bundle ? updater::versionText(bundle->manifest().releaseVersion) : std::string()});
    }
    return facts;
}

std::uint64_t freshSeed()
{
    std::random_device device;
    return device();
}

std::filesystem::path folderFor(const TestOptions& options, const std::string& started)
{
    if (!options.out.empty()) return options.out;
    std::string name = "h755-test-" + started.substr(0, 19);
    std::ranges::replace(name, ':', '-');
    return name;
}

plan::RunFacts runFacts(const TestOptions& options, const Plan& plan, const plan::Bench& bench)
{
    plan::RunFacts run;
    run.plan = plan.name;
    run.planFile = plan.file.filename().string();
    run.planSha256 = plan.sha256;
    run.target = bench.target();
    run.station = options.station;
    run.operatorName = options.operatorName;
    run.seed = options.seed.value_or(freshSeed());
    run.program = H755_VERSION;
    const updater::SystemName system = updater::systemName();
    run.system = system.name + ", " + system.kernel;
    run.started = plan::utcNow();
    run.yieldPercent = plan.limits.yieldPercent;
    run.files = factsOf(plan);
    return run;
}

Result<> judge(Output& output, const plan::Verdict& verdict, const plan::ResultFolder& folder)
{
    const plan::Results& results = folder.results();
    std::string line = std::string(word(verdict.outcome)) + ": " +
                       std::to_string(plan::yieldPercent(results.units)) + " % of " +
                       std::to_string(results.units.size()) + " units";
    if (!verdict.reason.empty()) line += "; " + verdict.reason;
    output.note("results in " + folder.path().string() + ", last record " + results.chain);
    output.note(line);
    switch (verdict.outcome) {
    case Outcome::Passed: return {};
    case Outcome::Cancelled: return fail(ErrorCode::Cancelled, verdict.reason);
    default: break;
    }
    const bool isTimeUp = verdict.reason.starts_with("the time was up");
    return fail(isTimeUp ? ErrorCode::OverallTimeout : ErrorCode::TestFailed, verdict.reason);
}

Result<> runPlan(Output& output, const TestOptions& options, const std::stop_token& stop)
{
    TRY_ASSIGN(const Plan plan, openPlan(output, options));
    TRY_ASSIGN(const auto bench, openBench(options));
    const plan::DeviceProgram program(options.program);
    plan::RunFacts run = runFacts(options, plan, *bench);
    TRY_ASSIGN(run.units, unitsOf(options, program, *bench, run.retryOf, stop));
    GangRows rows(output, run.units);
    const std::uint64_t seed = run.seed;
    const auto listener = [&output](const std::string& line) { output.recorded(line); };
    const std::filesystem::path folder = folderFor(options, run.started);
    TRY_ASSIGN(const auto results, plan::ResultFolder::begin(folder, std::move(run), listener));
    const plan::GangTools tools{plan, program, *bench, *results, rows, seed};
    TRY_ASSIGN(const plan::Verdict verdict,
               plan::runGang(tools, {options.jobs, options.timeoutMs}, stop));
    return judge(output, verdict, *results);
}

void showSteps(Output& output, const std::vector<plan::Step>& steps, const std::string& prefix)
{
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const plan::Step& step = steps[i];
        const std::string path = prefix + std::to_string(i + 1);
        std::string text = path + "  " + step.name;
        if (step.name != word(step.kind)) text += " (" + std::string(word(step.kind)) + ')';
        if (!step.file.empty()) text += "  " + step.file.filename().string();
        if (step.times != 0) text += "  " + std::to_string(step.times) + " times";
        if (step.longestMs != 0)
            text += "  at most " + std::to_string(step.longestMs / 60'000) + " min";
        output.result(JsonLine("planned")
                          .text("path", path)
                          .text("name", step.name)
                          .text("do", word(step.kind))
                          .text("file", step.file.filename().string()),
                      text);
        showSteps(output, step.steps, path + '.');
    }
}

Result<> checkPlan(Output& output, const TestOptions& options)
{
    TRY_ASSIGN(const Plan plan, openPlan(output, options));
    if (options.isDry) {
        for (const plan::Variant& variant : plan.variants) {
            if (!variant.name.empty()) output.note("with " + variant.name);
            showSteps(output, variant.steps, "");
        }
        return {};
    }
    output.result(JsonLine("plan").text("name", plan.name).text("sha256", plan.sha256),
                  "no mistakes in " + options.plan.string());
    return {};
}

Result<> showRecords(Output& output, const std::filesystem::path& file,
                     const Result<plan::Results>& read)
{
    if (!read) return tl::unexpected(read.error());
    const std::string state =
        read->verdict ? std::string(word(read->verdict->outcome)) : std::string("not finished");
    output.result(JsonLine("records")
                      .text("file", file.string())
                      .number("steps", read->steps.size())
                      .text("outcome", state)
                      .text("chain", read->chain),
                  "unchanged: " + std::to_string(read->steps.size()) + " steps, " + state +
                      ", last record " + read->chain);
    return {};
}

} // namespace

Result<> test(Output& output, const TestOptions& options, const std::stop_token& stop)
{
    if (options.showsSchema || options.showsRecordSchema) {
        output.plain(options.showsSchema ? plan::planSchema() : plan::recordSchema());
        return {};
    }
    if (!options.checkRecords.empty())
        return showRecords(output, options.checkRecords, plan::readRecords(options.checkRecords));
    if (!options.rebuild.empty())
        return showRecords(output, options.rebuild, plan::rebuildPages(options.rebuild));
    if (options.lints || options.isDry) return checkPlan(output, options);
    return runPlan(output, options, stop);
}

} // namespace cli
