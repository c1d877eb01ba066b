#include "plan/record.h"

#include "plan/statistics.h"

namespace plan {

using updater::JsonLine;

namespace {

constexpr std::uint64_t recordFormat = 1;

template <typename Item, typename ToLine>
std::vector<JsonLine> linesOf(const std::vector<Item>& items, ToLine toLine)
{
    std::vector<JsonLine> lines;
    lines.reserve(items.size());
    for (const Item& item : items)
        lines.push_back(toLine(item));
    return lines;
}

JsonLine lineOf(const Phase& phase)
{
    return std::move(JsonLine().text("name", phase.name).number("ms", phase.ms));
}

JsonLine lineOf(const FileFact& file)
{
    return std::move(JsonLine()
                         .text("name", file.name)
                         .text("sha256", file.sha256)
                         .text("version", file.version));
}

JsonLine lineOf(const Unit& unit)
{
    return std::move(
        JsonLine().text("id", unit.id).text("port", unit.port).text("socket", unit.socket));
}

JsonLine lineOf(const PhaseQuantiles& phase)
{
    return std::move(JsonLine()
                         .text("phase", phase.phase)
                         .number("count", phase.ms.count)
                         .number("p50", phase.ms.p50)
                         .number("p95", phase.ms.p95)
                         .number("p99", phase.ms.p99)
                         .number("most", phase.ms.most));
}

constexpr auto toLine = [](const auto& item) { return lineOf(item); };

} // namespace

JsonLine recordOf(const RunFacts& run)
{
    JsonLine line("run");
    line.number("format", recordFormat)
        .text("plan", run.plan)
        .text("planFile", run.planFile)
        .text("planSha256", run.planSha256)
        .text("target", run.target)
        .text("station", run.station)
        .text("operator", run.operatorName)
        .number("seed", run.seed)
        .text("program", run.program)
        .text("system", run.system)
        .text("started", run.started)
        .number("yieldPercent", run.yieldPercent)
        .text("retryOf", run.retryOf)
        .objects("files", linesOf(run.files, toLine))
        .objects("units", linesOf(run.units, toLine));
    return line;
}

JsonLine recordOf(const StepResult& step)
{
    JsonLine line("step");
    line.text("unit", step.unit)
        .text("variant", step.variant)
        .text("path", step.path)
        .text("cycle", step.cycle)
        .text("name", step.name)
        .text("do", step.kind)
        .text("outcome", word(step.outcome))
        .text("reason", step.reason)
        .text("started", step.started)
        .number("ms", step.ms)
        .objects("phases", linesOf(step.phases, toLine));
    if (step.exitCode) {
        line.number("exitCode", *step.exitCode);
    } else {
        line.nothing("exitCode");
    }
    line.text("error", step.error)
        .text("file", step.file)
        .text("versionBefore", step.versionBefore)
        .text("versionAfter", step.versionAfter)
        .number("blocksSent", step.blocksSent)
        .text("accident", step.accident)
        .flag("accidentHappened", step.accidentHappened);
    return line;
}

JsonLine recordOf(const UnitResult& unit)
{
    JsonLine line("unit");
    line.text("unit", unit.unit)
        .text("port", unit.port)
        .text("outcome", word(unit.outcome))
        .text("reason", unit.reason)
        .number("ms", unit.ms)
        .number("passed", unit.passed)
        .number("failed", unit.failed)
        .number("notApplicable", unit.notApplicable)
        .number("notRun", unit.notRun);
    return line;
}

JsonLine recordOf(const Verdict& verdict, const Results& results)
{
    JsonLine line("end");
    line.text("outcome", word(verdict.outcome))
        .text("reason", verdict.reason)
        .number("ms", verdict.ms)
        .number("units", results.units.size())
        .number("yieldPercent", yieldPercent(results.units))
        .objects("phases", linesOf(phaseQuantiles(results.steps), toLine));
    return line;
}

} // namespace plan
