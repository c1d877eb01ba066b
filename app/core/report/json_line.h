// One JSON object on one line, for --json and reports. Written in the order of the calls; output is
// pure ASCII, so that nothing in a text can move a terminal's cursor or end the line.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace updater {

class JsonLine {
public:
    /// Every line begins with its kind: {"type": type, ...
    explicit JsonLine(std::string_view type);
    /// An object inside another one has no kind.
    JsonLine() = default;

    /// Bytes that are not UTF-8 become U+FFFD.
    JsonLine& text(std::string_view key, std::string_view value);
    JsonLine& number(std::string_view key, std::uint64_t value);
    JsonLine& flag(std::string_view key, bool value);
    JsonLine& nothing(std::string_view key);
    JsonLine& objects(std::string_view key, std::span<const JsonLine> values);

    /// The object, without a line break.
    std::string str() const { return '{' + m_members + '}'; }

private:
    JsonLine& member(std::string_view key, std::string_view json);

    std::string m_members;
};

} // namespace updater
