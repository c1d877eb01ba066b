// What a plan may say, and what is said of its mistakes.
#include "plan/plan_file.h"
#include "unit/plan/plan_folder.h"

#include <catch2/catch.hpp>

using namespace plan;
using namespace plan_test;
using Catch::Matchers::Contains;
using Texts = std::vector<std::string>;

TEST_CASE("a plan becomes steps with their limits", "[plan]")
{
    const PlanFolder folder;
    const auto read = folder.read(R"([{"do": "wait", "ms": 5, "name": "rest"},
        {"do": "repeat", "times": 3, "steps": [{"do": "reboot", "toUpdateMode": true,
            "timeoutSeconds": 9}]}])",
                                  R"("onFailure": "continue", "stepTimeoutSeconds": 7,
        "limits": {"cycleSeconds": 2, "yieldPercent": 90}, )");
    const Plan& plan = planOf(read);
    CHECK(plan.name == "n");
    CHECK_FALSE(plan.stopsAtFailure);
    CHECK(plan.limits.cycleMs == 2000);
    CHECK(plan.limits.yieldPercent == 90);
    REQUIRE(plan.variants.size() == 1);
    const std::vector<Step>& steps = plan.variants[0].steps;
    REQUIRE(steps.size() == 2);
    CHECK(steps[0].name == "rest");
    CHECK(steps[0].waitMs == 5);
    CHECK(steps[0].timeoutMs == 7000);
    CHECK(steps[1].times == 3);
    REQUIRE(steps[1].steps.size() == 1);
    CHECK(steps[1].steps[0].toUpdateMode);
    CHECK(steps[1].steps[0].timeoutMs == 9000);
}

TEST_CASE("a variable keeps its type, within a text it becomes text", "[plan]")
{
    const PlanFolder folder;
    const auto read = folder.read(R"([{"do": "wait", "ms": "${ms}", "name": "rest ${ms}${unit}"},
        {"do": "reboot", "toUpdateMode": "${stays}"}])",
                                  R"("variables": {"ms": 7, "unit": " ms", "stays": true}, )");
    const std::vector<Step>& steps = planOf(read).variants[0].steps;
    CHECK(steps[0].waitMs == 7);
    CHECK(steps[0].name == "rest 7 ms");
    CHECK(steps[1].toUpdateMode);
}

TEST_CASE("a variable from the command line wins, and its digits are a number", "[plan]")
{
    const PlanFolder folder;
    const auto read = folder.read(R"([{"do": "wait", "ms": "${ms}"}])",
                                  R"("variables": {"ms": 7}, )", {{"ms", "8"}});
    CHECK(planOf(read).variants[0].steps[0].waitMs == 8);
    const auto bad = folder.read(R"([{"do": "wait", "ms": "${ms}"}])", {}, {{"ms", "8s"}});
    CHECK(problemsOf(bad) == Texts{"/steps/0/ms: this must be a whole number from 0 to 86400000"});
}

TEST_CASE("a variable's value is not filled in again", "[plan]")
{
    const PlanFolder folder;
    const auto read = folder.read(R"([{"do": "wait", "ms": 1, "name": "${a}"}])",
                                  R"("variables": {"a": "${a}", "b": "x"}, )", {{"a", "${b}"}});
    CHECK(planOf(read).variants[0].steps[0].name == "${b}");
}

TEST_CASE("an unknown or unfinished variable is named with its place", "[plan]")
{
    const PlanFolder folder;
    const auto read = folder.read(R"([{"do": "wait", "ms": 1, "name": "to ${nobody}"},
        {"do": "wait", "ms": 1, "name": "${open"}])");
    CHECK(problemsOf(read) == Texts{"/steps/0/name: no variable is called nobody",
                                    "/steps/1/name: no variable is called open"});
    const auto name = folder.read(R"([{"do": "wait", "ms": 1}])", R"("variables": {"1a": 1}, )");
    CHECK(problemsOf(name) == Texts{"/variables/1a: this is no name for a variable"});
    const auto value = folder.read(R"([{"do": "wait", "ms": 1}])", R"("variables": {"a": []}, )");
    CHECK(problemsOf(value) == Texts{"/variables/a: this is no value for a variable"});
}

TEST_CASE("a matrix runs each combination", "[plan]")
{
    const PlanFolder folder;
    const auto read =
        folder.read(R"([{"do": "wait", "ms": "${ms}", "name": "${who}"}])",
                    R"("matrix": {"ms": [1, 2], "who": ["a", "b", "c"]}, )", {{"who", "never"}});
    const Plan& plan = planOf(read);
    Texts names;
    for (const Variant& variant : plan.variants)
        names.push_back(variant.name + " -> " + std::to_string(variant.steps[0].waitMs) +
                        variant.steps[0].name);
    CHECK(names == Texts{"ms=1, who=a -> 1a", "ms=1, who=b -> 1b", "ms=1, who=c -> 1c",
                         "ms=2, who=a -> 2a", "ms=2, who=b -> 2b", "ms=2, who=c -> 2c"});
}

TEST_CASE("a matrix has at most 256 combinations", "[plan]")
{
    const PlanFolder folder;
    std::string row = "[0";
    for (int i = 1; i < 16; ++i)
        row += ',' + std::to_string(i);
    row += ']';
    const std::string steps = R"([{"do": "wait", "ms": 1}])";
    const std::string matrix = R"("matrix": {"a": )" + row + R"(, "b": )" + row;
    CHECK(planOf(folder.read(steps, matrix + "}, ")).variants.size() == 256);
    const Texts problems = problemsOf(folder.read(steps, matrix + R"(, "c": [1, 2]}, )"));
    REQUIRE(problems.size() == 1);
    CHECK_THAT(problems[0], Contains("/matrix/c") && Contains("at most 256 combinations"));
    CHECK(problemsOf(folder.read(steps, R"("matrix": {"a": []}, )")).size() == 1);
}

TEST_CASE("every unknown field is told, with the one that was perhaps meant", "[plan]")
{
    const PlanFolder folder;
    const auto read = folder.read(R"([{"do": "wait", "ms": 1, "nmae": "x"},
        {"do": "repeat", "times": 1, "steps": [{"do": "wait", "ms": 1, "zzzzzzz": 1}]}])",
                                  R"("onFailrue": "stop", )");
    const auto& problems = std::get<Problems>(read);
    REQUIRE(problems.size() == 3);
    CHECK(problems[0].pointer == "/steps/0/nmae");
    CHECK(problems[0].remedy == "Write \"name\"");
    CHECK(problems[1].pointer == "/steps/1/steps/0/zzzzzzz");
    CHECK(problems[1].remedy == "Remove it");
    CHECK(problems[2].pointer == "/onFailrue");
    CHECK(problems[2].remedy == "Write \"onFailure\"");
}

TEST_CASE("a field that is there twice is refused, however it is written", "[plan]")
{
    const PlanFolder folder;
    for (const char* steps :
         {R"([{"do": "wait", "ms": 1, "ms": 2}])", R"([{"do": "wait", "ms": 1, "m\u0073": 2}])"})
        CHECK(problemsOf(folder.read(steps)) == Texts{": an object has the same field twice"});
}

TEST_CASE("what is no plan is said with line and column", "[plan]")
{
    const PlanFolder folder;
    const Texts broken = problemsOf(folder.readText("{\"plan\": 1,\n  oops}"));
    REQUIRE(broken.size() == 1);
    CHECK_THAT(broken[0], Contains("this is not JSON: line 2, column 3"));
    CHECK(problemsOf(folder.readText("[]")) == Texts{": a plan is a JSON object"});
    const std::string nested(40, '[');
    const Texts deep = problemsOf(folder.readText(nested + std::string(40, ']')));
    CHECK(deep == Texts{": this is not JSON: it is nested too deeply"});
    CHECK(problemsOf(readPlan(folder.folder.file("none.json"), {})).size() == 1);
}

TEST_CASE("a plan is at most 1 MiB long", "[plan]")
{
    const PlanFolder folder;
    const std::string plan = R"({"plan": 1, "name": "n", "steps": [{"do": "wait", "ms": 1}]})";
    const std::string longest = plan + std::string(maximumPlanBytes - plan.size(), ' ');
    CHECK(problemsOf(folder.readText(longest)).empty());
    CHECK(problemsOf(folder.readText(longest + ' ')) ==
          Texts{": the file cannot be read, or is longer than 1 MiB"});
}

TEST_CASE("a plan has at most 10,000 steps, and says so once", "[plan]")
{
    const PlanFolder folder;
    std::string steps = R"({"do": "wait", "ms": 1})";
    for (int i = 1; i < 10'000; ++i)
        steps += R"(,{"do": "wait", "ms": 1})";
    CHECK(planOf(folder.read('[' + steps + ']')).variants[0].steps.size() == 10'000);
    const Texts problems =
        problemsOf(folder.read('[' + steps + R"(,{"do": "wait", "ms": 1},{"do": "reboot"}])"));
    REQUIRE(problems.size() == 1);
    CHECK_THAT(problems[0], Contains("more than 10,000 steps"));
}

TEST_CASE("fields of a plan are of their kind and range", "[plan]")
{
    const PlanFolder folder;
    const std::string wait = R"([{"do": "wait", "ms": 1}])";
    const auto refused = GENERATE(
        as<std::string>{}, R"("stepTimeoutSeconds": 0, )", R"("stepTimeoutSeconds": 86401, )",
        R"("stepTimeoutSeconds": -1, )", R"("stepTimeoutSeconds": 1.5, )", R"("onFailure": "go", )",
        R"("limits": {"yieldPercent": 101}, )", R"("limits": [], )", R"("variables": 7, )",
        R"("matrix": 7, )", R"("description": 7, )");
    CAPTURE(refused);
    CHECK(problemsOf(folder.read(wait, refused)).size() == 1);
    CHECK(
        problemsOf(folder.readText(R"({"plan": 2, "name": "n", "steps": )" + wait + '}')).size() ==
        1);
}

TEST_CASE("steps that cannot be done are refused", "[plan]")
{
    const PlanFolder folder;
    const auto refused =
        GENERATE(as<std::string>{}, "[]", "{}", "[7]", R"([{"do": "fly"}])", R"([{"do": 7}])",
                 R"([{}])", R"([{"do": "wait"}])", R"([{"do": "update", "release": "none.h755"}])",
                 R"([{"do": "repeat", "steps": [{"do": "reboot"}]}])",
                 R"([{"do": "repeat", "times": 0, "steps": [{"do": "reboot"}]}])",
                 R"([{"do": "repeat", "times": 1, "steps": []}])", R"([{"do": "expect"}])",
                 R"([{"do": "expect", "expect": {"error": "HX-06"}}])",
                 R"([{"do": "rot-sector", "core": "m7", "slot": "A", "sector": 3}])",
                 R"([{"do": "command", "command": "ls -l"}])");
    CAPTURE(refused);
    CHECK(problemsOf(folder.read(refused)).size() == 1);
}
