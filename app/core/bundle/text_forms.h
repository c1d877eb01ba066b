// Versions, byte strings and days as text: in manifests, on command lines, in logs.
#pragma once

#include "contract/version.h"

#include <optional>
#include <string>
#include <string_view>

namespace updater {

/// "1.2.3", or "1.2.3+4" with a build number.
std::string versionText(const contract::Version& version);

/// The reverse; nothing for any other text (spaces, signs, leading zeros, out of range).
std::optional<contract::Version> parseVersion(std::string_view text);

/// Lower-case hex digits.
std::string hexText(contract::ByteView bytes);

/// Fills `out` from exactly twice as many lower-case hex digits.
bool parseHex(std::string_view text, contract::ByteSpan out);

/// True for a day of the calendar written as YYYY-MM-DD.
bool isDate(std::string_view text);

} // namespace updater
