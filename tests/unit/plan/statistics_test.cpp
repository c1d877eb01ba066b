#include "plan/statistics.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

using namespace plan;

namespace {

std::vector<std::uint64_t> upTo(std::uint64_t most)
{
    std::vector<std::uint64_t> values(most);
    std::iota(values.begin(), values.end(), std::uint64_t{1});
    std::ranges::reverse(values);
    return values;
}

void check(const std::vector<std::uint64_t>& values, const std::vector<std::uint64_t>& wanted)
{
    const Quantiles found = quantilesOf(values);
    CHECK(found.count == values.size());
    CHECK(std::vector{found.p50, found.p95, found.p99, found.most} == wanted);
}

} // namespace

TEST_CASE("quantiles are values that were measured, by nearest rank", "[statistics]")
{
    check({}, {0, 0, 0, 0});
    check({7}, {7, 7, 7, 7});
    check({9, 1}, {1, 9, 9, 9});
    check({15, 20, 35, 40, 50}, {35, 50, 50, 50});
    check(upTo(20), {10, 19, 20, 20});
    check(upTo(100), {50, 95, 99, 100});
    check(upTo(101), {51, 96, 100, 101});
    check(upTo(1000), {500, 950, 990, 1000});
    check({5, 5, 5, 1'000'000'000'000},
          {5, 1'000'000'000'000, 1'000'000'000'000, 1'000'000'000'000});
}

TEST_CASE("only steps that passed count, in the order of their appearance", "[statistics]")
{
    const auto step = [](const char* kind, Outcome outcome, std::uint64_t ms,
                         std::vector<Phase> phases) {
        StepResult result;
        result.kind = kind;
        result.outcome = outcome;
        result.ms = ms;
        result.phases = std::move(phases);
        return result;
    };
    const auto found = phaseQuantiles(
        {step("update", Outcome::Passed, 30, {{"sending", 20}, {"restarting", 10}}),
         step("reboot", Outcome::Passed, 5, {}),
         step("update", Outcome::Failed, 9000, {{"sending", 9000}, {"waiting-for-device", 1}}),
         step("wait", Outcome::NotApplicable, 1, {}),
         step("update", Outcome::Passed, 50, {{"sending", 40}})});
    std::vector<std::string> names;
    for (const PhaseQuantiles& phase : found)
        names.push_back(phase.phase);
    REQUIRE(names ==
            std::vector<std::string>{"update", "update/sending", "update/restarting", "reboot"});
    CHECK(found[0].ms.count == 2);
    CHECK(found[0].ms.most == 50);
    CHECK(found[1].ms.p50 == 20);
    CHECK(found[2].ms.count == 1);
}

TEST_CASE("the yield is rounded down: 199 of 200 is not all", "[statistics]")
{
    std::vector<UnitResult> units(200);
    for (UnitResult& unit : units)
        unit.outcome = Outcome::Passed;
    CHECK(yieldPercent(units) == 100);
    units[77].outcome = Outcome::NotApplicable;
    CHECK(yieldPercent(units) == 99);
    CHECK(yieldPercent({}) == 0);
}
