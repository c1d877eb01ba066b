#include "plan/plan_file.h"

#include "core/bundle/manifest_json.h"

#include <algorithm>
#include <fstream>

namespace plan {

using nlohmann::json;

namespace {

constexpr int maximumDepth = 16;

std::optional<std::string> textOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string text(maximumPlanBytes + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file.eof()) return std::nullopt;
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

/// "line 3, column 7" of the first byte that is wrong.
std::string syntaxError(const std::string& text)
try {
    const json unused = json::parse(text);
    return "it is nested too deeply";
} catch (const json::exception& error) {
    const std::string what = error.what();
    const std::size_t start = what.find("line ");
    return start == std::string::npos ? what : what.substr(start);
}

std::string valueText(const json& value)
{
    const auto* text = value.get_ptr<const std::string*>();
    return text != nullptr ? *text : value.dump();
}

/// What stands for the text with its variables.
json filledIn(const std::string& text, const Variables& variables, const Place& place,
              Problems& problems)
{
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = std::min(text.find("${", at), text.size());
        result += text.substr(at, start - at);
        if (start == text.size()) break;
        const std::size_t end = text.find('}', start);
        const std::string name = text.substr(start + 2, std::min(end, text.size()) - start - 2);
        const auto found = variables.find(name);
        if (end == std::string::npos || found == variables.end()) {
            problems.push_back(
                {place.file, place.pointer, "no variable is called " + name,
                 "Give it a value under \"variables\", or with --var " + name + "=VALUE"});
            return text;
        }
        if (start == 0 && end + 1 == text.size()) return found->second;
        result += valueText(found->second);
        at = end + 1;
    }
    return result;
}

} // namespace

std::optional<PlanFile> readPlanFile(const std::filesystem::path& path, Problems& problems)
{
    const std::string name = path.string();
    std::optional<std::string> text = textOf(path);
    if (!text) {
        problems.push_back({name, "", "the file cannot be read, or is longer than 1 MiB",
                            "Check its name and that you may read it"});
        return std::nullopt;
    }
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text->data());
    updater::Result<json> value = updater::parseStrictJson({bytes, text->size()}, maximumDepth);
    if (!value) {
        const bool isTwice = value.error().code == updater::ErrorCode::BundleDuplicateKey;
        problems.push_back({name, "",
                            isTwice ? "an object has the same field twice"
                                    : "this is not JSON: " + syntaxError(*text),
                            isTwice ? "Remove one of them" : "Correct what stands there"});
        return std::nullopt;
    }
    if (!value->is_object()) {
        problems.push_back({name, "", "a plan is a JSON object", "Begin with {\"plan\": 1, ...}"});
        return std::nullopt;
    }
    return PlanFile{*std::move(value), *std::move(text)};
}

bool isVariableName(std::string_view name)
{
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto isRest = [&](char c) { return isLetter(c) || (c >= '0' && c <= '9') || c == '-'; };
    return !name.empty() && name.size() <= 40 && isLetter(name.front()) &&
           std::ranges::all_of(name, isRest);
}

void fillIn(json& value, const Variables& variables, const Place& place, Problems& problems)
{
    if (const auto* text = value.get_ptr<const std::string*>()) {
        value = filledIn(*text, variables, place, problems);
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i)
            fillIn(value[i], variables, place / i, problems);
    } else if (value.is_object()) {
        for (auto& [key, member] : value.items())
            fillIn(member, variables, place / key, problems);
    }
}

} // namespace plan
