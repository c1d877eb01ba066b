#include "core/bundle/text_forms.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <limits>

namespace updater {

namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";

/// Takes a decimal number off the front of `text`; false if there is none that fits and is
/// canonical.
template <typename T>
bool takeNumber(std::string_view& text, T& out)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    const auto digits = static_cast<std::size_t>(end - text.data());
    if (error != std::errc{} || (text[0] == '0' && digits != 1)) return false;
    text.remove_prefix(digits);
    return true;
}

bool takeChar(std::string_view& text, char wanted)
{
    if (text.empty() || text[0] != wanted) return false;
    text.remove_prefix(1);
    return true;
}

} // namespace

std::string versionText(const contract::Version& version)
{
    std::string text = std::to_string(version.major) + '.' + std::to_string(version.minor) + '.' +
                       std::to_string(version.revision);
    if (version.build != 0) text += '+' + std::to_string(version.build);
    return text;
}

std::optional<contract::Version> parseVersion(std::string_view text)
{
    contract::Version version;
    const bool isRelease = takeNumber(text, version.major) && takeChar(text, '.') &&
                           takeNumber(text, version.minor) && takeChar(text, '.') &&
                           takeNumber(text, version.revision);
    if (!isRelease) return std::nullopt;
    if (text.empty()) return version;
    // A build number of 0 is written by leaving it out, so each version has one text.
    const bool hasBuild = takeChar(text, '+') && takeNumber(text, version.build);
    return hasBuild && text.empty() && version.build != 0 ? std::optional{version} : std::nullopt;
}

std::string hexText(contract::ByteView bytes)
{
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text += hexDigits[byte >> 4];
        text += hexDigits[byte & 0xF];
    }
    return text;
}

bool parseHex(std::string_view text, contract::ByteSpan out)
{
    if (text.size() != 2 * out.size()) return false;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::size_t high = hexDigits.find(text[2 * i]);
        const std::size_t low = hexDigits.find(text[2 * i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return false;
        out[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return true;
}

bool isDate(std::string_view text)
{
    constexpr std::string_view form = "dddd-dd-dd";
    const bool hasForm = std::ranges::equal(text, form, [](char c, char wanted) {
        return wanted == 'd' ? c >= '0' && c <= '9' : c == wanted;
    });
    if (!hasForm) return false;
    const auto number = [text](std::size_t at, std::size_t digits) {
        unsigned result = 0;
        std::from_chars(text.data() + at, text.data() + at + digits, result);
        return result;
    };
    return std::chrono::year_month_day{std::chrono::year(static_cast<int>(number(0, 4))),
                                       std::chrono::month(number(5, 2)),
                                       std::chrono::day(number(8, 2))}
        .ok();
}

} // namespace updater
