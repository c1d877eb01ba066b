#include "virtual/words.h"

#include <array>
#include <charconv>
#include <utility>

namespace virtual_h755 {

namespace {

template <typename Value, std::size_t size>
std::optional<Value> lookUp(const std::array<std::pair<std::string_view, Value>, size>& table,
                            std::string_view word)
{
    for (const auto& [name, value] : table) {
        if (name == word) return value;
    }
    return std::nullopt;
}

std::optional<contract::Version> parseVersion(std::string_view text)
{
    const std::size_t first = text.find('.');
    const std::size_t second = text.find('.', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
    const auto major = parseNumber(text.substr(0, first));
    const auto minor = parseNumber(text.substr(first + 1, second - first - 1));
    const auto revision = parseNumber(text.substr(second + 1));
    if (!major || !minor || !revision) return std::nullopt;
    if (*major > UINT8_MAX || *minor > UINT8_MAX || *revision > UINT16_MAX) return std::nullopt;
    return contract::Version{static_cast<std::uint8_t>(*major), static_cast<std::uint8_t>(*minor),
                             static_cast<std::uint16_t>(*revision)};
}

} // namespace

std::optional<std::uint64_t> parseNumber(std::string_view text)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = error == std::errc{} && end == text.data() + text.size();
    return isWhole && text.size() <= 18 ? std::optional{number} : std::nullopt;
}

std::optional<Tear> parseTear(std::string_view text)
{
    constexpr std::array<std::pair<std::string_view, Tear>, 5> tears{{
        {"clean", Tear::Clean},
        {"good", Tear::TornGood},
        {"blank", Tear::TornBlank},
        {"bad", Tear::TornBad},
        {"flaky", Tear::TornFlaky},
    }};
    return lookUp(tears, text);
}

std::optional<ApplicationBehaviour> parseApplication(std::string_view text)
{
    using Kind = ApplicationBehaviour::Kind;
    constexpr std::array<std::pair<std::string_view, Kind>, 4> kinds{{
        {"confirm", Kind::Confirm},
        {"never", Kind::NeverConfirm},
        {"hang", Kind::Hang},
        {"crash", Kind::Crash},
    }};
    ApplicationBehaviour behaviour;
    if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
        behaviour.onlyOf = parseVersion(text.substr(at + 1));
        if (!behaviour.onlyOf) return std::nullopt;
        text = text.substr(0, at);
    }
    const std::size_t colon = text.find(':');
    const std::optional<Kind> kind = lookUp(kinds, text.substr(0, colon));
    if (!kind) return std::nullopt;
    behaviour.kind = *kind;
    if (colon == std::string_view::npos) return behaviour;
    const std::optional<std::uint64_t> afterMs = parseNumber(text.substr(colon + 1));
    constexpr std::uint64_t oneDayMs = 24 * 60 * 60 * 1000;
    if (!afterMs || *afterMs > oneDayMs) return std::nullopt;
    behaviour.afterMs = static_cast<std::uint32_t>(*afterMs);
    return behaviour;
}

} // namespace virtual_h755
