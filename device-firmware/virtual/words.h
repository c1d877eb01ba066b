// What the control protocol and the options write as words.
#pragma once

#include "virtual/application_model.h"
#include "virtual/flash_contents.h"

#include <optional>
#include <string_view>

namespace virtual_h755 {

/// A decimal number; nothing for anything else or more than 18 digits.
std::optional<std::uint64_t> parseNumber(std::string_view text);

/// clean, good, blank, bad or flaky.
std::optional<Tear> parseTear(std::string_view text);

/// confirm:MS, never, hang:MS or crash:MS; without a number after 300 ms. With @1.2.3 behind it,
/// only that release does so.
std::optional<ApplicationBehaviour> parseApplication(std::string_view text);

} // namespace virtual_h755
