// A folder with plans, and what reading them says.
#pragma once

#include "plan/plan_reader.h"
#include "unit/bundler/temporary_folder.h"

namespace plan_test {

struct PlanFolder {
    bundler_test::TemporaryFolder folder;

    /// "plan.json" with these steps, and other fields of the plan in front of them.
    std::variant<plan::Plan, plan::Problems> read(const std::string& steps,
                                                  const std::string& fields = {},
                                                  const plan::GivenVariables& given = {}) const
    {
        return readText(R"({"plan": 1, "name": "n", )" + fields + R"("steps": )" + steps + '}',
                        given);
    }

    std::variant<plan::Plan, plan::Problems> readText(const std::string& text,
                                                      const plan::GivenVariables& given = {}) const
    {
        return plan::readPlan(folder.write("plan.json", text), given);
    }
};

/// Each problem as "POINTER: cause", or the plan's absence of problems as an empty list.
inline std::vector<std::string> problemsOf(const std::variant<plan::Plan, plan::Problems>& read)
{
    std::vector<std::string> texts;
    if (const auto* problems = std::get_if<plan::Problems>(&read)) {
        for (const plan::Problem& problem : *problems)
            texts.push_back(problem.pointer + ": " + problem.cause);
    }
    return texts;
}

/// Fails the test with the problems if there is no plan.
inline const plan::Plan& planOf(const std::variant<plan::Plan, plan::Problems>& read)
{
    if (const auto* plan = std::get_if<plan::Plan>(&read)) return *plan;
    throw std::runtime_error(std::get<plan::Problems>(read).front().text());
}

} // namespace plan_test
