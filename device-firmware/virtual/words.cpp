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
    const std::size_t colon = text.find(':');
    const std::optional<Kind> kind = lookUp(kinds, text.substr(0, colon));
    if (!kind) return std::nullopt;
    ApplicationBehaviour behaviour;
    behaviour.kind = *kind;
    if (colon == std::string_view::npos) return behaviour;
    const std::optional<std::uint64_t> afterMs = parseNumber(text.substr(colon + 1));
    constexpr std::uint64_t oneDayMs = 24 * 60 * 60 * 1000;
    if (!afterMs || *afterMs > oneDayMs) return std::nullopt;
    behaviour.afterMs = static_cast<std::uint32_t>(*afterMs);
    return behaviour;
}

} // namespace virtual_h755
