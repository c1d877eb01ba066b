#include "bundler/file.h"

#include <fcntl.h>
#include <unistd.h>

namespace bundler {

using updater::ErrorCode;
using updater::fail;

updater::Result<> writeNewPrivateFile(const std::filesystem::path& path, std::string_view text)
{
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return fail(ErrorCode::FileNotWritable,
                    path.string() + (std::filesystem::exists(path) ? " exists already" : ""));
    const ssize_t written = write(file, text.data(), text.size());
    const bool isComplete = fsync(file) == 0 && written == static_cast<ssize_t>(text.size());
    if (close(file) != 0 || !isComplete) return fail(ErrorCode::FileNotWritable, path.string());
    return {};
}

} // namespace bundler
