// Reads a JSON object of a plan field by field, and remembers every mistake with its place.
#pragma once

#include "plan/plan.h"
#include "plan/plan_file.h"

#include <set>
#include <span>

namespace plan {

enum class Need : std::uint8_t { Required, Optional };

struct Range {
    std::uint64_t least = 0;
    std::uint64_t most = 0;
};

class FieldReader {
public:
    /// `what` names the object for people: "step \"update\"".
    FieldReader(const nlohmann::json& object, Place place, std::string what, Problems& problems);

    bool has(const std::string& name) const;
    void text(const std::string& name, std::string& out, Need need);
    /// One of these words.
    void choice(const std::string& name, std::string& out,
                std::span<const std::string_view> choices, Need need);
    /// A number, or its digits as a text: variables from the command line are texts.
    bool number(const std::string& name, std::uint64_t& out, Range range, Need need);
    /// A number or {"from": a, "to": b}.
    void amount(const std::string& name, Amount& out, Range range);
    void flag(const std::string& name, bool& out);
    void texts(const std::string& name, std::vector<std::string>& out);
    /// An object or array to read on with; nullptr, and a problem if it is needed, without it.
    const nlohmann::json* child(const std::string& name, Need need);

    void refuse(const std::string& name, const std::string& cause, const std::string& remedy);
    /// Refuses each field that nobody asked for, and says which one was perhaps meant.
    void finish();

    const Place& place() const { return m_place; }

private:
    const nlohmann::json* take(const std::string& name, Need need);

    const nlohmann::json& m_object;
    Place m_place;
    std::string m_what;
    Problems& m_problems;
    std::set<std::string> m_known;
};

/// The word in `words` that is least different, if it is similar at all.
std::optional<std::string> nearestWord(const std::string& word, const std::set<std::string>& words);

} // namespace plan
