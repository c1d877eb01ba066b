#include "plan/field_reader.h"

#include <algorithm>
#include <charconv>

namespace plan {

using nlohmann::json;

namespace {

/// Levenshtein's distance.
std::size_t distance(const std::string& a, const std::string& b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

std::string listed(std::span<const std::string_view> choices)
{
    std::string list;
    for (const std::string_view choice : choices)
        list += (list.empty() ? "" : ", ") + std::string(choice);
    return list;
}

std::optional<std::uint64_t> numberIn(const json& value)
{
    if (value.is_number_unsigned()) return value.get<std::uint64_t>();
    const auto* text = value.get_ptr<const std::string*>();
    if (text == nullptr || text->empty()) return std::nullopt;
    std::uint64_t number = 0;
    const char* const end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, number);
    return error == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

} // namespace

std::optional<std::string> nearestWord(const std::string& word, const std::set<std::string>& words)
{
    const auto closer = [&word](const std::string& a, const std::string& b) {
        return distance(word, a) < distance(word, b);
    };
    const auto nearest = std::ranges::min_element(words, closer);
    if (nearest == words.end() || distance(word, *nearest) > 1 + word.size() / 3)
        return std::nullopt;
    return *nearest;
}

FieldReader::FieldReader(const json& object, Place place, std::string what, Problems& problems)
    : m_object(object), m_place(std::move(place)), m_what(std::move(what)), m_problems(problems)
{
    if (object.is_object()) return;
    m_problems.push_back(
        {m_place.file, m_place.pointer, m_what + " must be an object", "Write { ... }"});
}

bool FieldReader::has(const std::string& name) const
{
    return m_object.is_object() && m_object.contains(name);
}

const json* FieldReader::take(const std::string& name, Need need)
{
    m_known.insert(name);
    if (has(name)) return &m_object.at(name);
    if (need == Need::Required && m_object.is_object())
        m_problems.push_back({m_place.file, m_place.pointer,
                              m_what + " has no field \"" + name + '"', "Add \"" + name + '"'});
    return nullptr;
}

void FieldReader::refuse(const std::string& name, const std::string& cause,
                         const std::string& remedy)
{
    m_problems.push_back({m_place.file, (m_place / name).pointer, cause, remedy});
}

void FieldReader::text(const std::string& name, std::string& out, Need need)
{
    const json* value = take(name, need);
    if (value == nullptr) return;
    const auto* text = value->get_ptr<const std::string*>();
    if (text == nullptr || text->empty() || text->size() > 1000)
        return refuse(name, "this must be a text of 1 to 1000 bytes", "Write \"...\"");
    out = *text;
}

void FieldReader::choice(const std::string& name, std::string& out,
                         std::span<const std::string_view> choices, Need need)
{
    const std::size_t before = m_problems.size();
    std::string word;
    text(name, word, need);
    if (m_problems.size() != before || word.empty()) return;
    if (std::ranges::find(choices, word) == choices.end())
        return refuse(name, '"' + word + "\" is no word that is known here",
                      "Write one of: " + listed(choices));
    out = word;
}

bool FieldReader::number(const std::string& name, std::uint64_t& out, Range range, Need need)
{
    const json* value = take(name, need);
    if (value == nullptr) return false;
    const std::optional<std::uint64_t> number = numberIn(*value);
    if (number && *number >= range.least && *number <= range.most) {
        out = *number;
        return true;
    }
    refuse(name,
           "this must be a whole number from " + std::to_string(range.least) + " to " +
               std::to_string(range.most),
           "Correct it");
    return false;
}

void FieldReader::amount(const std::string& name, Amount& out, Range range)
{
    if (!has(name) || !m_object.at(name).is_object()) {
        if (number(name, out.from, range, Need::Required)) out.to = out.from;
        return;
    }
    const json* value = take(name, Need::Required);
    FieldReader reader(*value, m_place / name, "a range", m_problems);
    reader.number("from", out.from, range, Need::Required);
    reader.number("to", out.to, range, Need::Required);
    reader.finish();
    if (out.from > out.to) refuse(name, "this range ends before it begins", "Swap the numbers");
}

void FieldReader::flag(const std::string& name, bool& out)
{
    const json* value = take(name, Need::Optional);
    if (value == nullptr) return;
    if (!value->is_boolean()) return refuse(name, "this must be true or false", "Correct it");
    out = value->get<bool>();
}

void FieldReader::texts(const std::string& name, std::vector<std::string>& out)
{
    const json* value = take(name, Need::Required);
    if (value == nullptr) return;
    const auto isText = [](const json& item) { return item.is_string(); };
    if (!value->is_array() || value->empty() || value->size() > 100 ||
        !std::ranges::all_of(*value, isText))
        return refuse(name, "this must be a list of 1 to 100 texts", "Write [\"...\", ...]");
    out = value->get<std::vector<std::string>>();
}

const json* FieldReader::child(const std::string& name, Need need)
{
    return take(name, need);
}

void FieldReader::finish()
{
    if (!m_object.is_object()) return;
    for (const auto& [key, value] : m_object.items()) {
        if (m_known.contains(key)) continue;
        const std::optional<std::string> meant = nearestWord(key, m_known);
        refuse(key, m_what + " has no field of that name",
               meant ? "Write \"" + *meant + '"' : std::string("Remove it"));
    }
}

} // namespace plan
