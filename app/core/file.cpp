#include "core/file.h"

#include <cerrno>
#include <fstream>

namespace updater {
namespace {

Result<> put(const std::filesystem::path& path, std::span<const std::uint8_t> bytes)
{
    errno = 0;
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (file) return {};
    const std::string why = errno == 0 ? "" : ": " + std::generic_category().message(errno);
    return fail(ErrorCode::FileNotWritable, path.string() + why);
}

} // namespace

Result<> writeFile(const std::filesystem::path& path, std::span<const std::uint8_t> bytes)
{
    std::error_code error;
    const bool isThere = std::filesystem::exists(path, error);
    if (isThere && !std::filesystem::is_regular_file(path, error)) return put(path, bytes);
    // A link stays one.
    const std::filesystem::path target = isThere ? std::filesystem::canonical(path, error) : path;
    std::filesystem::path next = target;
    next += ".new";
    if (Result<> written = put(next, bytes); !written) {
        std::filesystem::remove(next, error);
        return written;
    }
    std::filesystem::rename(next, target, error);
    if (error) return fail(ErrorCode::FileNotWritable, path.string() + ": " + error.message());
    return {};
}

std::filesystem::path pathOf(std::string_view text)
{
    return std::u8string(text.begin(), text.end());
}

} // namespace updater
