// Names from devices, files and people in pages that other programs read.
#include "plan/exports.h"
#include "plan/html_page.h"
#include "plan/xml_text.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace plan;
using Catch::Matchers::Contains;

namespace {

/// A run in which everything that can be a text from outside is this one.
Results runOf(const std::string& name)
{
    Results results;
    results.run = {.plan = name,
                   .planFile = name,
                   .planSha256 = name,
                   .target = name,
                   .station = name,
                   .operatorName = name,
                   .seed = 7,
                   .program = name,
                   .system = name,
                   .started = name,
                   .retryOf = name,
                   .files = {{name, name, name}},
                   .units = {{name, name, name}}};
    StepResult step;
    step.unit = step.variant = step.path = step.cycle = step.name = step.kind = name;
    step.reason = step.started = step.error = step.file = step.accident = name;
    step.versionBefore = step.versionAfter = name;
    step.phases = {{name, 5}};
    for (const Outcome outcome : {Outcome::Passed, Outcome::Failed, Outcome::NotApplicable,
                                  Outcome::NotRun, Outcome::Cancelled}) {
        step.outcome = outcome;
        results.steps.push_back(step);
        UnitResult unit;
        unit.unit = unit.port = unit.reason = name;
        unit.outcome = outcome;
        results.units.push_back(unit);
    }
    results.verdict = Verdict{Outcome::Failed, name, 1234};
    results.chain = name;
    return results;
}

/// Everything that gives the page its form.
std::string structure(std::string page)
{
    std::erase_if(page, [](char c) { return c != '<' && c != '>' && c != '"' && c != '\''; });
    return page;
}

const std::vector<std::string>& hostileNames()
{
    static const std::vector<std::string> names{"<script>alert(1)</script>",
                                                "\"><img src=x onerror=alert(1)>",
                                                "]]>",
                                                "<!--",
                                                "-->",
                                                "&lt;",
                                                "' onload='x",
                                                "${old}",
                                                "{{7*7}}",
                                                "a\r\nb\tc",
                                                std::string("nul\0nul", 7),
                                                "\x1B[31mred",
                                                "\xE2\x80\xAE right to left",
                                                "\xFF\xFE no UTF-8 \xC3",
                                                "\x0B\x0C\x7F"};
    return names;
}

bool isPlainAscii(const std::string& text)
{
    return std::ranges::all_of(text, [](char c) { return (c >= ' ' && c <= '~') || c == '\n'; });
}

} // namespace

TEST_CASE("text is escaped, and what XML cannot hold is replaced", "[escaping]")
{
    CHECK(xmlText("<a b=\"c\" d='e'>&amp;") ==
          "&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;amp;");
    CHECK(xmlText("line\nand\ttab") == "line&#10;and&#9;tab");
    CHECK(xmlText(std::string_view("\0\x01\x1F\x7F\x80\xFF", 6)) == "??????");
    CHECK(xmlText("").empty());
}

TEST_CASE("seconds keep their milliseconds", "[escaping]")
{
    CHECK(secondsText(0) == "0.000");
    CHECK(secondsText(7) == "0.007");
    CHECK(secondsText(1234) == "1.234");
    CHECK(secondsText(3'600'010) == "3600.010");
}

TEST_CASE("no name changes the form of the JUnit page", "[escaping]")
{
    const std::string form = structure(junitXml(runOf("harmless")));
    for (const std::string& name : hostileNames()) {
        const std::string page = junitXml(runOf(name));
        CAPTURE(page);
        CHECK(structure(page) == form);
        CHECK(isPlainAscii(page));
        CHECK_THAT(page, Contains(xmlText(name)));
    }
}

TEST_CASE("no name changes the form of the HTML page", "[escaping]")
{
    const std::string form = structure(htmlPage(runOf("harmless")));
    for (const std::string& name : hostileNames()) {
        const std::string page = htmlPage(runOf(name));
        CAPTURE(name);
        CHECK(structure(page) == form);
        CHECK(isPlainAscii(page));
        CHECK_THAT(page, Contains(xmlText(name)));
    }
}

TEST_CASE("no name ends a row or a field of the table, or becomes a formula", "[escaping]")
{
    const auto rowOf = [](const std::string& name) {
        const Results results = runOf(name);
        return csvRow(results.run, results.steps.front());
    };
    const auto commas = [](const std::string& row) { return std::ranges::count(row, ','); };
    CHECK(commas(csvHeader()) == commas(rowOf("harmless")));
    CHECK_THAT(rowOf("=1+1"), Contains("'=1+1") && !Contains(",=1+1"));
    CHECK_THAT(rowOf("a,b \"c\""), Contains("\"a,b \"\"c\"\"\""));
    for (const std::string& name : hostileNames()) {
        const std::string row = rowOf(name);
        CHECK(row.find_first_of(std::string("\r\n\0", 3)) == std::string::npos);
    }
}
