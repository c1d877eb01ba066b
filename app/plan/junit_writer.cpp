#include "plan/exports.h"
#include "plan/xml_text.h"

#include <algorithm>
#include <map>

namespace plan {
namespace {

struct Counts {
    std::size_t tests = 0;
    std::size_t failures = 0;
    std::size_t skipped = 0;
    std::uint64_t ms = 0;
};

bool isFailure(const StepResult& step)
{
    return step.outcome == Outcome::Failed || step.outcome == Outcome::Cancelled;
}

Counts countsOf(const std::vector<const StepResult*>& steps)
{
    Counts counts;
    for (const StepResult* step : steps) {
        ++counts.tests;
        counts.ms += step->ms;
        if (isFailure(*step)) ++counts.failures;
        if (step->outcome == Outcome::NotApplicable || step->outcome == Outcome::NotRun)
            ++counts.skipped;
    }
    return counts;
}

std::string attributes(const Counts& counts)
{
    return " tests=\"" + std::to_string(counts.tests) + "\" failures=\"" +
           std::to_string(counts.failures) + "\" errors=\"0\" skipped=\"" +
           std::to_string(counts.skipped) + "\" time=\"" + secondsText(counts.ms) + '"';
}

std::string property(std::string_view name, std::string_view value)
{
    return "      <property name=\"" + xmlText(name) + "\" value=\"" + xmlText(value) + "\"/>\n";
}

std::string properties(const Results& results, const std::string& unit)
{
    const RunFacts& run = results.run;
    std::string text = "    <properties>\n";
    text += property("unit", unit) + property("target", run.target) +
            property("station", run.station) + property("operator", run.operatorName) +
            property("seed", std::to_string(run.seed)) + property("program", run.program) +
            property("plan.sha256", run.planSha256) + property("chain", results.chain);
    for (const FileFact& file : run.files)
        text += property("file." + file.name, file.sha256);
    return text + "    </properties>\n";
}

std::string caseName(const StepResult& step)
{
    std::string name = step.path;
    if (!step.cycle.empty()) name += " cycle " + step.cycle;
    return name + ": " + step.name;
}

std::string caseText(const RunFacts& run, const StepResult& step)
{
    const std::string variant = step.variant.empty() ? std::string() : '.' + step.variant;
    std::string text = "    <testcase classname=\"" + xmlText(run.plan + variant) + "\" name=\"" +
                       xmlText(caseName(step)) + "\" time=\"" + secondsText(step.ms) + '"';
    if (step.outcome == Outcome::Passed) return text + "/>\n";
    const std::string reason = xmlText(step.reason);
    if (isFailure(step)) {
        text += ">\n      <failure message=\"" + reason + "\" type=\"" +
                xmlText(word(step.outcome)) + "\">" + reason + "</failure>\n";
    } else {
        text +=
            ">\n      <skipped message=\"" + xmlText(word(step.outcome)) + ": " + reason + "\"/>\n";
    }
    return text + "    </testcase>\n";
}

/// What is wrong with a unit as a whole, which no step shows.
std::string unitCase(const RunFacts& run, const UnitResult& unit)
{
    return "    <testcase classname=\"" + xmlText(run.plan) + "\" name=\"unit\" time=\"" +
           secondsText(unit.ms) + "\">\n      <failure message=\"" + xmlText(unit.reason) +
           "\" type=\"limit\">" + xmlText(unit.reason) + "</failure>\n    </testcase>\n";
}

bool isUnitsOwnFailure(const UnitResult& unit)
{
    return unit.outcome == Outcome::Failed && unit.failed == 0;
}

} // namespace

std::string junitXml(const Results& results)
{
    std::map<std::string, std::vector<const StepResult*>> byUnit;
    for (const Unit& unit : results.run.units)
        byUnit[unit.selector()];
    for (const StepResult& step : results.steps)
        byUnit[step.unit].push_back(&step);

    std::string suites;
    Counts all;
    for (const auto& [unit, steps] : byUnit) {
        Counts counts = countsOf(steps);
        std::string cases;
        for (const StepResult* step : steps)
            cases += caseText(results.run, *step);
        const auto whole = std::ranges::find(results.units, unit, &UnitResult::unit);
        if (whole != results.units.end() && isUnitsOwnFailure(*whole)) {
            cases += unitCase(results.run, *whole);
            ++counts.tests;
            ++counts.failures;
        }
        suites += "  <testsuite name=\"" + xmlText(unit) + "\" timestamp=\"" +
                  xmlText(results.run.started.substr(0, 19)) + '"' + attributes(counts) + ">\n" +
                  properties(results, unit) + cases + "  </testsuite>\n";
        all.tests += counts.tests;
        all.failures += counts.failures;
        all.skipped += counts.skipped;
        all.ms += counts.ms;
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"" +
           xmlText(results.run.plan) + '"' + attributes(all) + ">\n" + suites + "</testsuites>\n";
}

} // namespace plan
