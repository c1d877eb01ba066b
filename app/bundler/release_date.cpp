#include "bundler/release_date.h"

#include <charconv>
#include <chrono>
#include <cstdint>
#include <iomanip>
#include <sstream>
#include <string_view>

namespace bundler {

using namespace std::chrono;

std::optional<std::string> releaseDate(const char* sourceDateEpoch)
{
    if (sourceDateEpoch == nullptr) return "1980-01-01";
    constexpr std::int64_t endOfYear9999 = 253'402'300'799;
    const std::string_view text = sourceDateEpoch;
    std::int64_t epoch = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), epoch);
    const bool isNumber = error == std::errc{} && end == text.data() + text.size();
    if (!isNumber || epoch < 0 || epoch > endOfYear9999) return std::nullopt;
    const year_month_day day{floor<days>(sys_seconds{seconds{epoch}})};
    std::ostringstream date;
    date << std::setfill('0') << std::setw(4) << static_cast<int>(day.year()) << '-' << std::setw(2)
         << static_cast<unsigned>(day.month()) << '-' << std::setw(2)
         << static_cast<unsigned>(day.day());
    return date.str();
}

} // namespace bundler
