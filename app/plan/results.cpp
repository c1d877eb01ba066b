#include "plan/results.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace plan {
namespace {

using Word = std::pair<Outcome, std::string_view>;

constexpr std::array words{
    Word{Outcome::Passed, "passed"},
    Word{Outcome::Failed, "failed"},
    Word{Outcome::NotApplicable, "not-applicable"},
    Word{Outcome::NotRun, "not-run"},
    Word{Outcome::Cancelled, "cancelled"},
};

} // namespace

std::string_view word(Outcome outcome)
{
    const auto* const found = std::ranges::find(words, outcome, &Word::first);
    return found == words.end() ? "?" : found->second;
}

std::optional<Outcome> outcomeNamed(std::string_view name)
{
    const auto* const found = std::ranges::find(words, name, &Word::second);
    return found == words.end() ? std::nullopt : std::optional(found->first);
}

void failStep(StepResult& result, std::string reason)
{
    if (result.outcome != Outcome::Passed) return;
    result.outcome = Outcome::Failed;
    result.reason = std::move(reason);
}

void failStep(StepResult& result, const updater::Error& error)
{
    failStep(result, updater::errorLabel(error.code) + ' ' + error.detail);
    result.error = updater::errorLabel(error.code);
    if (error.code == updater::ErrorCode::Cancelled) result.outcome = Outcome::Cancelled;
}

std::string utcNow()
{
    using namespace std::chrono;
    const auto now = floor<milliseconds>(system_clock::now());
    const auto day = floor<days>(now);
    const year_month_day date(day);
    const hh_mm_ss time(now - day);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()),
                  static_cast<int>(time.subseconds().count()));
    return text.data();
}

} // namespace plan
