#include "plan/results.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

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
    const system_clock::time_point now = system_clock::now();
    const std::time_t seconds = system_clock::to_time_t(now);
    const auto ms = duration_cast<milliseconds>(now.time_since_epoch()).count() % 1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    std::string fraction = std::to_string(ms);
    fraction.insert(0, 3 - fraction.size(), '0');
    return std::string(text.data()) + '.' + fraction + 'Z';
}

} // namespace plan
