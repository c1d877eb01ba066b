#include "plan/plan_reader.h"

#include "core/bundle/text_forms.h"
#include "core/signature/digest.h"
#include "plan/step_reader.h"

#include <algorithm>

namespace plan {

using nlohmann::json;

namespace {

constexpr std::uint64_t formatVersion = 1;
constexpr std::size_t maximumDepth = 8; // of includes and repetitions together
constexpr std::size_t maximumSteps = 10'000;
constexpr std::size_t maximumVariants = 256;
constexpr std::uint64_t defaultTimeoutSeconds = 300;

/// Where the reader is: in which files, with which variables.
struct Context {
    std::vector<std::filesystem::path> files; ///< the plan, what it includes, what that includes
    Variables variables;
    std::size_t depth = 0;

    std::filesystem::path folder() const { return files.front().parent_path(); }
};

class PlanReader {
public:
    explicit PlanReader(Problems& problems) : m_problems(problems) {}

    void readSteps(const json* list, const Place& place, const Context& context,
                   std::vector<Step>& steps);
    std::optional<PlanFile> readFile(const std::filesystem::path& path);

    void setTimeout(std::uint64_t timeoutMs) { m_timeoutMs = timeoutMs; }
    /// Of all files that were read, in their order.
    std::string sha256() const;

private:
    void readStepOrInclude(json value, const Place& place, const Context& context,
                           std::vector<Step>& steps);
    void include(const json& value, const Place& place, const Context& context,
                 std::vector<Step>& steps);
    bool isFull(const Place& place);
    void refuse(const Place& place, std::string cause, std::string remedy)
    {
        m_problems.push_back({place.file, place.pointer, std::move(cause), std::move(remedy)});
    }

    Problems& m_problems;
    std::uint64_t m_timeoutMs = defaultTimeoutSeconds * 1000;
    std::size_t m_steps = 0;
    bool m_isFull = false;
    std::map<std::filesystem::path, std::string> m_texts;
};

std::optional<PlanFile> PlanReader::readFile(const std::filesystem::path& path)
{
    std::optional<PlanFile> file = readPlanFile(path, m_problems);
    if (file) m_texts[path] = file->text;
    return file;
}

std::string PlanReader::sha256() const
{
    std::string all;
    for (const auto& [path, text] : m_texts)
        all += text;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(all.data());
    return updater::hexText(updater::sha256({bytes, all.size()}));
}

/// The plan's own variables; what is in `winning` already keeps its value.
void readVariables(FieldReader& reader, Variables& winning, Problems& problems)
{
    const json* values = reader.child("variables", Need::Optional);
    if (values == nullptr) return;
    const Place place = reader.place() / "variables";
    FieldReader names(*values, place, "\"variables\"", problems);
    if (!values->is_object()) return;
    for (const auto& [name, value] : values->items()) {
        if (!isVariableName(name)) {
            names.refuse(name, "this is no name for a variable",
                         "Write a letter, then letters, digits or '-'");
        } else if (!value.is_string() && !value.is_number_unsigned() && !value.is_boolean()) {
            names.refuse(name, "this is no value for a variable",
                         "Write a text, a whole number, true or false");
        } else {
            winning.emplace(name, value);
        }
    }
}

/// True, and a problem once, if there must be no further step.
bool PlanReader::isFull(const Place& place)
{
    if (m_steps < maximumSteps) return false;
    if (!m_isFull) refuse(place, "the plan has more than 10,000 steps", "Use \"repeat\"");
    m_isFull = true;
    return true;
}

void PlanReader::readSteps(const json* list, const Place& place, const Context& context,
                           std::vector<Step>& steps)
{
    if (list == nullptr) return;
    if (context.depth > maximumDepth)
        return refuse(place, "includes and repetitions are nested more than 8 deep",
                      "Make it flatter");
    if (!list->is_array() || list->empty())
        return refuse(place, "this must be a list of at least one step", "Write [{ ... }, ...]");
    for (std::size_t i = 0; i < list->size() && !isFull(place / i); ++i)
        readStepOrInclude((*list)[i], place / i, context, steps);
}

std::set<std::string> allStepWords()
{
    std::set<std::string> words{"include"};
    for (unsigned kind = 0; word(static_cast<StepKind>(kind)) != "?"; ++kind)
        words.emplace(word(static_cast<StepKind>(kind)));
    return words;
}

void PlanReader::readStepOrInclude(json value, const Place& place, const Context& context,
                                   std::vector<Step>& steps)
{
    ++m_steps;
    if (!value.is_object() || !value.contains("do") || !value["do"].is_string())
        return refuse(place, "a step is an object that says what to do",
                      "Write {\"do\": \"update\", ...}");
    const std::string kind = value["do"].get<std::string>();
    const std::set<std::string> words = allStepWords();
    if (!words.contains(kind)) {
        const std::optional<std::string> meant = nearestWord(kind, words);
        return refuse(place / "do", "no step is called \"" + kind + '"',
                      meant ? "Write \"" + *meant + '"' : "docs/qa-guide.md lists the steps");
    }
    // What is inside a repetition is filled in when it is read itself.
    json inner = value.contains("steps") ? std::exchange(value["steps"], json::array()) : json();
    fillIn(value, context.variables, place, m_problems);
    if (kind == "include") return include(value, place, context, steps);
    Step step = readStep(value, place, {context.folder(), m_timeoutMs}, m_problems);
    if (step.kind == StepKind::Repeat) {
        Context inside = context;
        ++inside.depth;
        if (!inner.is_null()) readSteps(&inner, place / "steps", inside, step.steps);
    }
    steps.push_back(std::move(step));
}

/// An included file lies in the plan's folder or below it, and does not lead back to itself.
void PlanReader::include(const json& value, const Place& place, const Context& context,
                         std::vector<Step>& steps)
{
    FieldReader step(value, place, "the step \"include\"", m_problems);
    std::string name;
    Context inside = context;
    Variables given;
    step.child("do", Need::Required);
    step.text("plan", name, Need::Required);
    readVariables(step, given, m_problems);
    step.finish();
    if (name.empty()) return;

    std::error_code ignored;
    const std::filesystem::path folder = std::filesystem::weakly_canonical(context.folder());
    const std::filesystem::path path =
        std::filesystem::weakly_canonical(context.files.back().parent_path() / name, ignored);
    const std::filesystem::path relative = path.lexically_relative(folder);
    if (relative.empty() || *relative.begin() == "..")
        return refuse(place / "plan", "an included plan must lie in the plan's folder",
                      "Move it there, or below it");
    if (std::ranges::find(context.files, path) != context.files.end())
        return refuse(place / "plan", "this plan includes itself", "Remove this step");

    const std::optional<PlanFile> file = readFile(path);
    if (!file) return;
    for (const auto& [variable, content] : context.variables)
        given.emplace(variable, content);
    inside.variables = std::move(given);
    inside.files.push_back(path);
    ++inside.depth;
    const Place top{path.string(), ""};
    FieldReader reader(file->json, top, "an included plan", m_problems);
    std::uint64_t version = 0;
    std::string description;
    reader.number("plan", version, {formatVersion, formatVersion}, Need::Required);
    reader.text("description", description, Need::Optional);
    readVariables(reader, inside.variables, m_problems);
    readSteps(reader.child("steps", Need::Required), top / "steps", inside, steps);
    reader.finish();
}

struct Choice {
    std::string name;
    Variables variables;
};

/// Every combination of the matrix' values; one without a name if there is no matrix.
std::vector<Choice> choicesOf(FieldReader& reader, Problems& problems)
{
    std::vector<Choice> choices{{}};
    const json* matrix = reader.child("matrix", Need::Optional);
    if (matrix == nullptr) return choices;
    FieldReader rows(*matrix, reader.place() / "matrix", "\"matrix\"", problems);
    if (!matrix->is_object()) return choices;
    for (const auto& [name, values] : matrix->items()) {
        const auto isValue = [](const json& v) { return v.is_string() || v.is_number_unsigned(); };
        if (!isVariableName(name) || !values.is_array() || values.empty() ||
            !std::ranges::all_of(values, isValue) ||
            choices.size() * values.size() > maximumVariants) {
            rows.refuse(name,
                        "a row of the matrix is a variable and a list of values, with at "
                        "most 256 combinations in all",
                        "Write \"release\": [\"a.h755\", \"b.h755\"]");
            continue;
        }
        std::vector<Choice> next;
        for (const Choice& choice : choices) {
            for (const json& value : values) {
                Choice more = choice;
                more.variables[name] = value;
                more.name += (more.name.empty() ? "" : ", ") + name + '=' +
                             (value.is_string() ? value.get<std::string>() : value.dump());
                next.push_back(std::move(more));
            }
        }
        choices = std::move(next);
    }
    return choices;
}

void readLimits(FieldReader& plan, Limits& limits, Problems& problems)
{
    const json* value = plan.child("limits", Need::Optional);
    if (value == nullptr) return;
    FieldReader reader(*value, plan.place() / "limits", "\"limits\"", problems);
    std::uint64_t cycleSeconds = 0;
    reader.number("cycleSeconds", cycleSeconds, {1, 86'400}, Need::Optional);
    reader.number("yieldPercent", limits.yieldPercent, {1, 100}, Need::Optional);
    reader.finish();
    limits.cycleMs = cycleSeconds * 1000;
}

} // namespace

std::variant<Plan, Problems> readPlan(const std::filesystem::path& path,
                                      const GivenVariables& given)
{
    using namespace std::string_view_literals;
    constexpr std::array afterFailure{"stop"sv, "continue"sv};
    Problems problems;
    PlanReader files(problems);
    const std::optional<PlanFile> file = files.readFile(path);
    if (!file) return problems;

    Plan plan;
    plan.file = path;
    const Place top{path.string(), ""};
    FieldReader reader(file->json, top, "the plan", problems);
    std::uint64_t version = 0;
    std::uint64_t timeoutSeconds = defaultTimeoutSeconds;
    std::string schema;
    std::string onFailure = "stop";
    reader.number("plan", version, {formatVersion, formatVersion}, Need::Required);
    reader.text("$schema", schema, Need::Optional);
    reader.text("name", plan.name, Need::Required);
    reader.text("description", plan.description, Need::Optional);
    reader.choice("onFailure", onFailure, afterFailure, Need::Optional);
    reader.number("stepTimeoutSeconds", timeoutSeconds, {1, 86'400}, Need::Optional);
    readLimits(reader, plan.limits, problems);
    plan.stopsAtFailure = onFailure == "stop";
    files.setTimeout(timeoutSeconds * 1000);

    Variables variables(given.begin(), given.end());
    readVariables(reader, variables, problems);
    const json* steps = reader.child("steps", Need::Required);
    std::error_code ignored;
    const std::filesystem::path whole = std::filesystem::weakly_canonical(path, ignored);
    for (Choice& choice : choicesOf(reader, problems)) {
        Context context{{whole}, std::move(choice.variables), 0};
        context.variables.insert(variables.begin(), variables.end());
        Variant& variant = plan.variants.emplace_back(Variant{std::move(choice.name), {}});
        files.readSteps(steps, top / "steps", context, variant.steps);
        if (!problems.empty()) break; // the other choices would tell the same again
    }
    reader.finish();
    plan.sha256 = files.sha256();
    if (!problems.empty()) return problems;
    return plan;
}

} // namespace plan
