#include "core/report/json_line.h"

#include <algorithm>
#include <array>

namespace updater {
namespace {

constexpr std::uint32_t replacement = 0xFFFD;

/// Reads one code point at the start of `text` and removes it; a byte that starts no valid UTF-8
/// sequence is removed alone (RFC 3629 section 4).
std::uint32_t takeCodePoint(std::string_view& text)
{
    const auto byteAt = [&text](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byteAt(0);
    const std::size_t length = first < 0x80             ? 1
                               : first >> 5 == 0b110    ? 2
                               : first >> 4 == 0b1110   ? 3
                               : first >> 3 == 0b1'1110 ? 4
                                                        : 0;
    constexpr std::array<std::uint32_t, 5> smallest{0, 0, 0x80, 0x800, 0x1'0000};
    std::uint32_t value = length == 1 ? first : first & (0xFFU >> (length + 1));
    bool isValid = length != 0 && length <= text.size();
    for (std::size_t i = 1; isValid && i < length; ++i) {
        isValid = byteAt(i) >> 6 == 0b10;
        value = value << 6 | (byteAt(i) & 0x3FU);
    }
    isValid = isValid && value >= smallest[length] && value <= 0x10'FFFF &&
              (value < 0xD800 || value > 0xDFFF);
    text.remove_prefix(isValid ? length : 1);
    return isValid ? value : replacement;
}

std::string escapedUnit(std::uint32_t unit)
{
    constexpr std::string_view digits = "0123456789abcdef";
    return {'\\',
            'u',
            digits[unit >> 12],
            digits[unit >> 8 & 0xF],
            digits[unit >> 4 & 0xF],
            digits[unit & 0xF]};
}

std::string quoted(std::string_view text)
{
    std::string result = "\"";
    while (!text.empty()) {
        const std::uint32_t point = takeCodePoint(text);
        if (point == '"' || point == '\\') {
            result += {'\\', static_cast<char>(point)};
        } else if (point >= ' ' && point <= '~') {
            result += static_cast<char>(point);
        } else if (point < 0x1'0000) {
            result += escapedUnit(point);
        } else {
            result += escapedUnit(0xD800 + ((point - 0x1'0000) >> 10));
            result += escapedUnit(0xDC00 + ((point - 0x1'0000) & 0x3FF));
        }
    }
    return result + '"';
}

} // namespace

JsonLine::JsonLine(std::string_view type)
{
    text("type", type);
}

JsonLine& JsonLine::text(std::string_view key, std::string_view value)
{
    return member(key, quoted(value));
}

JsonLine& JsonLine::number(std::string_view key, std::uint64_t value)
{
    return member(key, std::to_string(value));
}

JsonLine& JsonLine::flag(std::string_view key, bool value)
{
    return member(key, value ? "true" : "false");
}

JsonLine& JsonLine::nothing(std::string_view key)
{
    return member(key, "null");
}

JsonLine& JsonLine::objects(std::string_view key, std::span<const JsonLine> values)
{
    std::string list;
    for (const JsonLine& value : values) {
        if (!list.empty()) list += ',';
        list += value.str();
    }
    return member(key, '[' + list + ']');
}

JsonLine& JsonLine::member(std::string_view key, std::string_view json)
{
    if (!m_members.empty()) m_members += ',';
    m_members += quoted(key);
    m_members += ':';
    m_members += json;
    return *this;
}

} // namespace updater
