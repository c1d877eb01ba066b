// Bytes, and the files that the programs write.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace updater {

using Bytes = std::vector<std::uint8_t>;

/// Creates or replaces the file: what is there afterwards is the old one or all of the new one.
/// FileNotWritable.
Result<> writeFile(const std::filesystem::path& path, std::span<const std::uint8_t> bytes);

/// The path that `text`, in UTF-8, names. Windows would take a plain string for another alphabet's.
std::filesystem::path pathOf(std::string_view text);

} // namespace updater
