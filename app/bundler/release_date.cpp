#include "bundler/release_date.h"

#include <charconv>
#include <chrono>
#include <cstdint>
#include <iomanip>
#include <sstream>

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

bool isDate(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    int numbers[3] = {};
    const std::size_t starts[3] = {0, 5, 8};
    const std::size_t lengths[3] = {4, 2, 2};
    for (int i = 0; i < 3; ++i) {
        const char* end = text.data() + starts[i] + lengths[i];
        const auto parsed = std::from_chars(text.data() + starts[i], end, numbers[i]);
        if (parsed.ec != std::errc{} || parsed.ptr != end || numbers[i] < 0) return false;
    }
    return year_month_day{year{numbers[0]}, month{static_cast<unsigned>(numbers[1])},
                          day{static_cast<unsigned>(numbers[2])}}
        .ok();
}

} // namespace bundler
