#include "core/factory/append_only_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace updater {

Result<AppendOnlyFile> AppendOnlyFile::open(const std::filesystem::path& path)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return fail(ErrorCode::FileNotWritable, path.string() + ": " + std::strerror(errno));
    AppendOnlyFile file(descriptor, path.string());
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return fail(ErrorCode::FileNotWritable, path.string() + " is in use by another program");
    TRY(file.readAll());
    return file;
}

AppendOnlyFile::~AppendOnlyFile()
{
    if (m_descriptor >= 0) ::close(m_descriptor);
}

std::int64_t AppendOnlyFile::readPart(std::span<char> part) const
{
    return ::read(m_descriptor, part.data(), part.size());
}

std::int64_t AppendOnlyFile::endOfFile() const
{
    return ::lseek(m_descriptor, 0, SEEK_END);
}

std::int64_t AppendOnlyFile::write(std::string_view text) const
{
    return ::write(m_descriptor, text.data(), text.size());
}

bool AppendOnlyFile::flush() const
{
    return ::fsync(m_descriptor) == 0;
}

bool AppendOnlyFile::truncate(std::int64_t bytes) const
{
    return ::ftruncate(m_descriptor, bytes) == 0;
}

} // namespace updater
