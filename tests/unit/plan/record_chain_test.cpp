// What the hash chain shows of a record.jsonl that was touched.
#include "plan/record_chain.h"

#include "plan/record.h"
#include "unit/bundler/temporary_folder.h"

#include <catch2/catch.hpp>

using namespace plan;
using Catch::Matchers::Contains;

namespace {

using Lines = std::vector<std::string>;

/// A run with three steps, one unit and the end.
Lines recordedRun()
{
    RecordChain chain;
    Results results;
    results.run.plan = "smoke";
    results.run.started = "2026-11-23T08:15:00.123Z";
    Lines lines{chain.sealed(recordOf(results.run))};
    for (const char* path : {"1", "2", "3"}) {
        StepResult step;
        step.unit = "U";
        step.path = path;
        step.outcome = path == std::string("2") ? Outcome::Failed : Outcome::Passed;
        results.steps.push_back(step);
        lines.push_back(chain.sealed(recordOf(step)));
    }
    UnitResult unit;
    unit.unit = "U";
    unit.outcome = Outcome::Failed;
    results.units.push_back(unit);
    lines.push_back(chain.sealed(recordOf(unit)));
    lines.push_back(chain.sealed(recordOf(Verdict{Outcome::Failed, "0 %", 7}, results)));
    return lines;
}

updater::Result<Results> readBack(const Lines& lines, const std::string& rest = {})
{
    const bundler_test::TemporaryFolder folder;
    std::string text;
    for (const std::string& line : lines)
        text += line + '\n';
    return readRecords(folder.write("record.jsonl", text + rest));
}

/// The line that is said to be wrong.
std::string complaint(const Lines& lines)
{
    const auto read = readBack(lines);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == updater::ErrorCode::RecordsChanged);
    const std::string& detail = read.error().detail;
    return detail.substr(detail.rfind("record.jsonl") + std::string("record.jsonl").size());
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("records read back as they were, with the last chain value", "[chain]")
{
    const Lines lines = recordedRun();
    const auto read = readBack(lines);
    REQUIRE(read);
    CHECK(read->run.plan == "smoke");
    CHECK(read->steps.size() == 3);
    CHECK(read->steps[1].outcome == Outcome::Failed);
    CHECK(read->units.size() == 1);
    REQUIRE(read->verdict);
    CHECK(lines.back().ends_with(read->chain + "\"}"));
}

TEST_CASE("the chain is SHA-256 of the value before and the line's text", "[chain]")
{
    // printf '%064d{"type":"a"' 0 | sha256sum
    RecordChain chain;
    CHECK(chain.sealed(updater::JsonLine("a")) ==
          R"({"type":"a","chain":")"
          "ae1450d70df55328be1d0218c900be0ff66406cad0b091255bbfca14f55cfa79"
          "\"}");
}

TEST_CASE("a changed line shows, whichever it is", "[chain]")
{
    const Lines whole = recordedRun();
    for (std::size_t i = 0; i < whole.size(); ++i) {
        Lines lines = whole;
        lines[i] = replaced(lines[i], "\"type\":\"", "\"type\":\"x");
        CHECK(complaint(lines) == ", line " + std::to_string(i + 1));
    }
    Lines better = whole;
    better[2] = replaced(better[2], "failed", "passed");
    CHECK(complaint(better) == ", line 3");
    Lines chained = whole;
    chained[2].replace(chained[2].size() - 10, 1,
                       chained[2][chained[2].size() - 10] == '0' ? "1" : "0");
    CHECK(complaint(chained) == ", line 3");
}

TEST_CASE("a removed line shows, unless nothing is left behind it", "[chain]")
{
    const Lines whole = recordedRun();
    for (std::size_t i = 1; i + 1 < whole.size(); ++i) {
        Lines lines = whole;
        lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
        CHECK(complaint(lines) == ", line " + std::to_string(i + 1));
    }
    Lines headless(whole.begin() + 1, whole.end());
    CHECK(complaint(headless) == ", line 1");
    // What is cut off at the end is a run that was not finished, with another last value.
    const auto cut = readBack({whole.begin(), whole.end() - 1});
    REQUIRE(cut);
    CHECK_FALSE(cut->verdict);
    CHECK_FALSE(whole.back().ends_with(cut->chain + "\"}"));
    CHECK(complaint({}) == " has no first record");
}

TEST_CASE("lines in another order show", "[chain]")
{
    const Lines whole = recordedRun();
    for (std::size_t i = 0; i + 1 < whole.size(); ++i) {
        Lines lines = whole;
        std::swap(lines[i], lines[i + 1]);
        CHECK(complaint(lines) == ", line " + std::to_string(i + 1));
    }
}

TEST_CASE("an added line shows", "[chain]")
{
    const Lines whole = recordedRun();
    for (std::size_t i = 0; i < whole.size(); ++i) {
        Lines lines = whole;
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1, whole[i]);
        CHECK(complaint(lines) == ", line " + std::to_string(i + 2));
    }
    Lines more = whole;
    more.emplace_back("{}");
    CHECK(complaint(more) == ", line 7");
}

TEST_CASE("a last line that a crash has cut off is left out", "[chain]")
{
    const Lines whole = recordedRun();
    const Lines before(whole.begin(), whole.end() - 1);
    for (const std::size_t bytes : {1U, 20U, 100U}) {
        const auto open = readBack(before, whole.back().substr(0, bytes));
        REQUIRE(open);
        CHECK_FALSE(open->verdict);
        CHECK(readBack(before, whole.back().substr(0, bytes) + '\n'));
    }
}
