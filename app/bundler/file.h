// Files that the commands read and write.
#pragma once

#include "core/file.h"

#include <filesystem>
#include <string_view>
#include <vector>

namespace bundler {

using Bytes = std::vector<std::uint8_t>;

/// The whole file, at most 256 MB. FileNotReadable.
updater::Result<Bytes> readFile(const std::filesystem::path& path);

using updater::writeFile;

/// Creates a file that only its owner can read; refuses to touch one that exists. FileNotWritable.
updater::Result<> writeNewPrivateFile(const std::filesystem::path& path, std::string_view text);

} // namespace bundler
