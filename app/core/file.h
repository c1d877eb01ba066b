// Bytes, and the files that the programs write.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace updater {

using Bytes = std::vector<std::uint8_t>;

/// Creates or replaces the file. FileNotWritable.
Result<> writeFile(const std::filesystem::path& path, std::span<const std::uint8_t> bytes);

} // namespace updater
