// The date in a manifest.
#pragma once

#include <optional>
#include <string>

namespace bundler {

/// YYYY-MM-DD of SOURCE_DATE_EPOCH (seconds since 1970 as text), or of 1980-01-01 without one;
/// nothing if the text is no such number.
std::optional<std::string> releaseDate(const char* sourceDateEpoch);

} // namespace bundler
