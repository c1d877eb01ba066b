// One JSON file of a plan, and the variables in its texts.
#pragma once

#include "plan/plan_problem.h"

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

namespace plan {

inline constexpr std::size_t maximumPlanBytes = 1024 * 1024;

/// Where in which file.
struct Place {
    std::string file;
    std::string pointer;

    Place operator/(const std::string& key) const { return {file, pointer + '/' + key}; }
    Place operator/(std::size_t index) const { return *this / std::to_string(index); }
};

struct PlanFile {
    nlohmann::json json;
    std::string text; ///< as it was read
};

/// Reads and parses the file; nothing, and a problem with line and column, if it is no JSON object,
/// has a key twice or is longer than a plan may be.
std::optional<PlanFile> readPlanFile(const std::filesystem::path& path, Problems& problems);

/// By name; texts, numbers and truth values.
using Variables = std::map<std::string, nlohmann::json>;

/// True for a letter, then letters, digits or '-'.
bool isVariableName(std::string_view name);

/// Replaces each ${name} in every text below `json`. A text that is nothing but one variable
/// becomes its value, whatever its type.
void fillIn(nlohmann::json& json, const Variables& variables, const Place& place,
            Problems& problems);

} // namespace plan
