// What a device says about itself, made safe to show.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace updater {

/// `text` with everything but printable ASCII written as \xNN and the backslash doubled; at most
/// the first `limitBytes` bytes. No terminal sequence, line break or direction mark comes through.
std::string printable(std::string_view text, std::size_t limitBytes = 64);

/// The 96-bit unique id as the serial number spells it: 24 upper-case hex digits.
std::string serialOf(const std::array<std::uint8_t, 12>& uniqueId);

/// True for 24 hex digits, in any case.
bool isUniqueId(std::string_view text);

/// Equal but for upper and lower case, as ids are typed.
bool isSameSerial(std::string_view a, std::string_view b);

} // namespace updater
