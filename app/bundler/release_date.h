// The date in a manifest.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bundler {

/// YYYY-MM-DD of SOURCE_DATE_EPOCH (seconds since 1970 as text), or of 1980-01-01 without one;
/// nothing if the text is no such number.
std::optional<std::string> releaseDate(const char* sourceDateEpoch);

/// True for a day of the calendar written as YYYY-MM-DD.
bool isDate(std::string_view text);

} // namespace bundler
