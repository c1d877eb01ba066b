// Text inside XML and HTML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plan {

/// With everything escaped that means something, and '?' for what XML 1.0 cannot hold.
std::string xmlText(std::string_view text);

/// "1.234".
std::string secondsText(std::uint64_t ms);

} // namespace plan
