#include "plan/record.h"
#include "plan/record_chain.h"

#include <fstream>

namespace plan {

using nlohmann::json;
using updater::ErrorCode;
using updater::fail;

namespace {

constexpr std::size_t longestLineBytes = 4 * 1024 * 1024;

std::string text(const json& record, const char* key)
{
    const auto found = record.find(key);
    return found != record.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::uint64_t number(const json& record, const char* key)
{
    const auto found = record.find(key);
    return found != record.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

Outcome outcome(const json& record)
{
    return outcomeNamed(text(record, "outcome")).value_or(Outcome::NotRun);
}

const json& list(const json& record, const char* key)
{
    static const json nothing = json::array();
    const auto found = record.find(key);
    return found != record.end() && found->is_array() ? *found : nothing;
}

RunFacts runOf(const json& record)
{
    RunFacts run{text(record, "plan"),
                 text(record, "planFile"),
                 text(record, "planSha256"),
                 text(record, "target"),
                 text(record, "station"),
                 text(record, "operator"),
                 number(record, "seed"),
                 text(record, "program"),
                 text(record, "system"),
                 text(record, "started"),
                 number(record, "yieldPercent"),
                 text(record, "retryOf"),
                 {},
                 {}};
    for (const json& file : list(record, "files"))
        run.files.push_back({text(file, "name"), text(file, "sha256"), text(file, "version")});
    for (const json& unit : list(record, "units"))
        run.units.push_back({text(unit, "id"), text(unit, "port"), text(unit, "socket")});
    return run;
}

StepResult stepOf(const json& record)
{
    StepResult step;
    step.unit = text(record, "unit");
    step.variant = text(record, "variant");
    step.path = text(record, "path");
    step.cycle = text(record, "cycle");
    step.name = text(record, "name");
    step.kind = text(record, "do");
    step.outcome = outcome(record);
    step.reason = text(record, "reason");
    step.started = text(record, "started");
    step.ms = number(record, "ms");
    for (const json& phase : list(record, "phases"))
        step.phases.push_back({text(phase, "name"), number(phase, "ms")});
    const auto exitCode = record.find("exitCode");
    if (exitCode != record.end() && exitCode->is_number())
        step.exitCode = number(record, "exitCode");
    step.error = text(record, "error");
    step.file = text(record, "file");
    step.versionBefore = text(record, "versionBefore");
    step.versionAfter = text(record, "versionAfter");
    step.blocksSent = number(record, "blocksSent");
    step.accident = text(record, "accident");
    step.accidentHappened = record.value("accidentHappened", false);
    return step;
}

UnitResult unitOf(const json& record)
{
    return {text(record, "unit"),     text(record, "port"),
            outcome(record),          text(record, "reason"),
            number(record, "ms"),     number(record, "passed"),
            number(record, "failed"), number(record, "notApplicable"),
            number(record, "notRun")};
}

void take(const json& record, Results& results)
{
    const std::string type = text(record, "type");
    if (type == "run") results.run = runOf(record);
    if (type == "step") results.steps.push_back(stepOf(record));
    if (type == "unit") results.units.push_back(unitOf(record));
    if (type == "end")
        results.verdict = Verdict{outcome(record), text(record, "reason"), number(record, "ms")};
}

} // namespace

Result<Results> readRecords(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(ErrorCode::FileNotReadable, path.string());
    Results results;
    RecordChain chain;
    std::size_t number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        const bool isWhole = !file.eof();
        if (!isWhole) break;
        const json record = json::parse(line, nullptr, false);
        // A crash may have cut a line off, which the next program has ended.
        const bool isLast = file.peek() == std::ifstream::traits_type::eof();
        if (!record.is_object() && isLast) break;
        if (line.size() > longestLineBytes || !record.is_object() || !chain.accept(line))
            return fail(ErrorCode::RecordsChanged,
                        path.string() + ", line " + std::to_string(number));
        take(record, results);
    }
    if (file.bad()) return fail(ErrorCode::FileNotReadable, path.string());
    if (number == 0 || results.run.started.empty())
        return fail(ErrorCode::RecordsChanged, path.string() + " has no first record");
    results.chain = chain.last();
    return results;
}

} // namespace plan
