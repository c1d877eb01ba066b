// Plans that include others.
#include "unit/plan/plan_folder.h"

#include <catch2/catch.hpp>

using namespace plan;
using namespace plan_test;
using Catch::Matchers::Contains;
using Texts = std::vector<std::string>;

namespace {

std::string included(const std::string& steps, const std::string& fields = {})
{
    return R"({"plan": 1, )" + fields + R"("steps": )" + steps + '}';
}

Texts namesOf(const std::variant<Plan, Problems>& read)
{
    Texts names;
    for (const Step& step : planOf(read).variants[0].steps)
        names.push_back(step.name);
    return names;
}

} // namespace

TEST_CASE("included steps stand where the include stands", "[plan][include]")
{
    const PlanFolder folder;
    folder.folder.write("parts/two.json", included(R"([{"do": "wait", "ms": 1, "name": "b"},
        {"do": "include", "plan": "three.json"}])"));
    folder.folder.write("parts/three.json", included(R"([{"do": "wait", "ms": 1, "name": "c"}])"));
    CHECK(namesOf(folder.read(R"([{"do": "wait", "ms": 1, "name": "a"},
        {"do": "include", "plan": "parts/two.json"}, {"do": "wait", "ms": 1, "name": "d"}])")) ==
          Texts{"a", "b", "c", "d"});
}

TEST_CASE("variables go into an included plan, and not back out of it", "[plan][include]")
{
    const PlanFolder folder;
    folder.folder.write("part.json",
                        included(R"([{"do": "wait", "ms": 1, "name": "${x}${y}${z}"}])",
                                 R"("variables": {"x": "own", "y": "own", "z": "own"}, )"));
    const std::string steps =
        R"([{"do": "include", "plan": "part.json", "variables": {"x": "given"}})";
    const std::string fields = R"("variables": {"x": "outer", "y": "outer"}, )";
    CHECK(namesOf(folder.read(steps + ']', fields)) == Texts{"givenouterown"});
    const auto leaked =
        folder.read(steps + R"(, {"do": "wait", "ms": 1, "name": "${z}"}])", fields);
    CHECK(problemsOf(leaked) == Texts{"/steps/1/name: no variable is called z"});
}

TEST_CASE("a plan that includes itself is refused, by whatever way", "[plan][include]")
{
    const PlanFolder folder;
    const auto self = folder.read(R"([{"do": "include", "plan": "plan.json"}])");
    CHECK(problemsOf(self) == Texts{"/steps/0/plan: this plan includes itself"});

    folder.folder.write("b.json", included(R"([{"do": "include", "plan": "sub/../c.json"}])"));
    folder.folder.write("c.json", included(R"([{"do": "repeat", "times": 2, "steps": [
        {"do": "include", "plan": "b.json"}]}])"));
    const auto around = folder.read(R"([{"do": "include", "plan": "b.json"}])");
    CHECK(problemsOf(around) == Texts{"/steps/0/steps/0/plan: this plan includes itself"});
    CHECK_THAT(std::get<Problems>(around)[0].file, Contains("c.json"));

    std::filesystem::create_symlink("plan.json", folder.folder.file("link.json"));
    const auto link = folder.read(R"([{"do": "include", "plan": "link.json"}])");
    CHECK(problemsOf(link) == Texts{"/steps/0/plan: this plan includes itself"});
}

TEST_CASE("the same part may be included twice", "[plan][include]")
{
    const PlanFolder folder;
    folder.folder.write("part.json", included(R"([{"do": "wait", "ms": 1, "name": "p"}])"));
    CHECK(namesOf(folder.read(R"([{"do": "include", "plan": "part.json"},
        {"do": "include", "plan": "part.json"}])")) == Texts{"p", "p"});
}

TEST_CASE("an included plan lies in the plan's folder", "[plan][include]")
{
    const PlanFolder folder;
    const PlanFolder elsewhere;
    const std::string outside =
        elsewhere.folder.write("x.json", included(R"([{"do": "wait", "ms": 1}])"));
    std::filesystem::create_symlink(outside, folder.folder.file("link.json"));
    for (const std::string& name : {outside, std::string("../x.json"), std::string("link.json")}) {
        CAPTURE(name);
        CHECK(problemsOf(folder.read(R"([{"do": "include", "plan": ")" + name + R"("}])")) ==
              Texts{"/steps/0/plan: an included plan must lie in the plan's folder"});
    }
}

TEST_CASE("mistakes in an included plan are told with its name", "[plan][include]")
{
    const PlanFolder folder;
    folder.folder.write("part.json", included(R"([{"do": "wait", "ms": -1, "nmae": 1}])"));
    const auto read = folder.read(R"([{"do": "include", "plan": "part.json"},
        {"do": "include", "plan": "none.json"}, {"do": "include"}])");
    const auto& problems = std::get<Problems>(read);
    REQUIRE(problems.size() == 4);
    CHECK_THAT(problems[0].file, Contains("part.json"));
    CHECK(problems[0].pointer == "/steps/0/ms");
    CHECK(problems[1].pointer == "/steps/0/nmae");
    CHECK_THAT(problems[2].file, Contains("none.json"));
    CHECK_THAT(problems[3].cause, Contains("has no field \"plan\""));
}

TEST_CASE("includes and repetitions are at most 8 deep", "[plan][include]")
{
    const PlanFolder folder;
    for (int i = 1; i <= 9; ++i) {
        const std::string next = "p" + std::to_string(i + 1) + ".json";
        folder.folder.write("p" + std::to_string(i) + ".json",
                            included(i == 9 ? R"([{"do": "wait", "ms": 1}])"
                                            : R"([{"do": "include", "plan": ")" + next + R"("}])"));
    }
    CHECK(problemsOf(folder.read(R"([{"do": "include", "plan": "p2.json"}])")).empty());
    const Texts problems = problemsOf(folder.read(R"([{"do": "include", "plan": "p1.json"}])"));
    CHECK(problems == Texts{"/steps: includes and repetitions are nested more than 8 deep"});
}

TEST_CASE("the plan's digest covers what it includes", "[plan][include]")
{
    const PlanFolder folder;
    const std::string steps = R"([{"do": "include", "plan": "part.json"}])";
    folder.folder.write("part.json", included(R"([{"do": "wait", "ms": 1}])"));
    const std::string before = planOf(folder.read(steps)).sha256;
    folder.folder.write("part.json", included(R"([{"do": "wait", "ms": 2}])"));
    CHECK(planOf(folder.read(steps)).sha256 != before);
    CHECK(before.size() == 64);
}
