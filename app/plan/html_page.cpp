#include "plan/html_page.h"

#include "plan/svg_chart.h"
#include "plan/xml_text.h"

#include <algorithm>

namespace plan {
namespace {

constexpr std::size_t maximumRows = 500;

constexpr std::string_view style = R"(<style>
:root { color-scheme: light dark; --line: #8886; --good: #2e7d32; --bad: #c62828; --calm: #3367b5; }
body { font: 15px/1.45 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto;
  padding: 0 1rem; }
h1 { font-size: 1.4rem; margin-bottom: 0; } h2 { font-size: 1.1rem; margin-top: 2rem; }
.verdict { font-size: 1.6rem; font-weight: 600; margin: .5rem 0 1rem; }
.passed, .good { color: var(--good); fill: var(--good); }
.failed, .cancelled, .bad { color: var(--bad); fill: var(--bad); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top; overflow-wrap: anywhere; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
svg { width: 100%; } svg text { font: 11px system-ui, sans-serif; fill: currentColor; }
.axis { fill: none; stroke: var(--line); }
.p50 { fill: var(--calm); } .p95 { fill: var(--calm); opacity: .5; }
.p99 { fill: var(--calm); opacity: .25; }
code { font-size: .85em; overflow-wrap: anywhere; }
</style>
)";

std::string cell(std::string_view text, std::string_view kind = {})
{
    const std::string start =
        kind.empty() ? std::string("<td>") : "<td class=\"" + std::string(kind) + "\">";
    return start + xmlText(text) + "</td>";
}

std::string number(std::uint64_t value)
{
    return cell(std::to_string(value), "n");
}

std::string outcomeCell(Outcome outcome)
{
    return cell(word(outcome), word(outcome));
}

std::string fact(std::string_view name, std::string_view value)
{
    if (value.empty()) return {};
    return "<tr><th>" + xmlText(name) + "</th>" + cell(value) + "</tr>\n";
}

std::string facts(const Results& results)
{
    const RunFacts& run = results.run;
    std::string rows = fact("Station", run.station) + fact("Operator", run.operatorName) +
                       fact("Target", run.target) + fact("Started", run.started) +
                       fact("Seed", std::to_string(run.seed)) + fact("Program", run.program) +
                       fact("System", run.system) +
                       fact("Plan file", run.planFile + ", SHA-256 " + run.planSha256);
    for (const FileFact& file : run.files)
        rows += fact(file.name, file.version + " SHA-256 " + file.sha256);
    return "<table>" + rows + fact("Last record", results.chain) + "</table>\n";
}

std::string verdictLine(const Results& results)
{
    if (!results.verdict) return "<p class=\"verdict\">not finished</p>\n";
    const std::string name(word(results.verdict->outcome));
    std::string line = "<p class=\"verdict " + name + "\">" + name + "</p>\n<p>";
    if (!results.verdict->reason.empty()) line += xmlText(results.verdict->reason) + ". ";
    return line + std::to_string(yieldPercent(results.units)) + " % of " +
           std::to_string(results.units.size()) + " units passed, in " +
           secondsText(results.verdict->ms) + " s.</p>\n";
}

std::string unitTable(const Results& results)
{
    std::string rows;
    for (const UnitResult& unit : results.units) {
        rows += "<tr>" + cell(unit.unit) + cell(unit.port) + outcomeCell(unit.outcome) +
                number(unit.passed) + number(unit.failed) + number(unit.notApplicable) +
                number(unit.notRun) + cell(secondsText(unit.ms), "n") + cell(unit.reason) +
                "</tr>\n";
    }
    return "<h2>Units</h2><table><tr><th>Unit</th><th>Port</th><th>Outcome</th>"
           "<th class=\"n\">Passed</th><th class=\"n\">Failed</th><th class=\"n\">N/A</th>"
           "<th class=\"n\">Not run</th><th class=\"n\">Seconds</th><th></th></tr>\n" +
           rows + "</table>\n";
}

std::string phaseTable(const std::vector<PhaseQuantiles>& phases)
{
    std::string rows;
    for (const PhaseQuantiles& phase : phases) {
        rows += "<tr>" + cell(phase.phase) + number(phase.ms.count) + number(phase.ms.p50) +
                number(phase.ms.p95) + number(phase.ms.p99) + number(phase.ms.most) + "</tr>\n";
    }
    return "<table><tr><th>Milliseconds</th><th class=\"n\">Count</th><th class=\"n\">p50</th>"
           "<th class=\"n\">p95</th><th class=\"n\">p99</th><th class=\"n\">Most</th></tr>\n" +
           rows + "</table>\n";
}

std::vector<Point> updatePoints(const Results& results)
{
    std::vector<Point> points;
    for (const StepResult& step : results.steps) {
        const bool isUpdate = step.kind == "update" || step.kind == "resume";
        const bool isOver = step.outcome == Outcome::Passed || step.outcome == Outcome::Failed;
        if (isUpdate && isOver) points.push_back({step.ms, step.outcome == Outcome::Failed});
    }
    return points;
}

std::string stepRow(const StepResult& step)
{
    const std::string place = step.cycle.empty() ? step.path : step.path + " / " + step.cycle;
    const std::string name =
        step.variant.empty() ? step.name : step.name + " [" + step.variant + "]";
    return "<tr>" + cell(step.unit) + cell(place) + cell(name) + outcomeCell(step.outcome) +
           number(step.ms) + cell(step.versionAfter) + cell(step.accident) + cell(step.reason) +
           "</tr>\n";
}

std::string stepTable(const std::string& title, const std::vector<const StepResult*>& steps)
{
    std::string rows;
    for (const StepResult* step : steps)
        rows += stepRow(*step);
    return "<h2>" + xmlText(title) +
           "</h2><table><tr><th>Unit</th><th>Step</th><th>Name</th>"
           "<th>Outcome</th><th class=\"n\">ms</th><th>Version</th><th>Accident</th><th></th>"
           "</tr>\n" +
           rows + "</table>\n";
}

std::string stepTables(const Results& results)
{
    std::vector<const StepResult*> failures;
    std::vector<const StepResult*> last;
    const std::size_t count = results.steps.size();
    for (std::size_t i = 0; i < count; ++i) {
        const StepResult& step = results.steps[i];
        const bool isBad = step.outcome == Outcome::Failed || step.outcome == Outcome::Cancelled;
        if (isBad && failures.size() < maximumRows) failures.push_back(&step);
        if (i + maximumRows >= count) last.push_back(&step);
    }
    const std::string title = count > maximumRows ? "The last " + std::to_string(maximumRows) +
                                                        " of " + std::to_string(count) + " steps"
                                                  : std::string("Steps");
    const std::string first = failures.empty() ? std::string() : stepTable("Failures", failures);
    return first + stepTable(title, last);
}

} // namespace

std::string htmlPage(const Results& results)
{
    const std::vector<PhaseQuantiles> phases = phaseQuantiles(results.steps);
    const std::string title = xmlText(results.run.plan);
    std::string page =
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<title>" + title +
        "</title>\n" + std::string(style) + "</head><body>\n<h1>" + title + "</h1>\n" +
        verdictLine(results) + facts(results) + unitTable(results) + "<h2>Times</h2>\n";
    if (!phases.empty()) page += phaseChart(phases) + phaseTable(phases);
    const std::vector<Point> points = updatePoints(results);
    if (!points.empty()) page += "<h2>Updates</h2>\n" + durationChart(points);
    return page + stepTables(results) + "</body></html>\n";
}

} // namespace plan
