#include "core/file.h"

#include <fstream>

namespace updater {

Result<> writeFile(const std::filesystem::path& path, std::span<const std::uint8_t> bytes)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) return fail(ErrorCode::FileNotWritable, path.string());
    return {};
}

} // namespace updater
