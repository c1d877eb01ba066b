#include "bundler/file.h"

#include <fstream>

namespace bundler {

using updater::ErrorCode;
using updater::fail;
using updater::Result;

Result<Bytes> readFile(const std::filesystem::path& path)
{
    constexpr std::uintmax_t maximumBytes = 256ULL * 1024 * 1024;
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    if (error || size > maximumBytes) return fail(ErrorCode::FileNotReadable, path.string());
    std::ifstream file(path, std::ios::binary);
    Bytes bytes(static_cast<std::size_t>(size));
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!file) return fail(ErrorCode::FileNotReadable, path.string());
    return bytes;
}

} // namespace bundler
