#include "core/factory/append_only_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <io.h>
#include <share.h>
#include <sys/stat.h>

namespace updater {

/// Others may read while we write; who would write as well is refused by the system.
Result<AppendOnlyFile> AppendOnlyFile::open(const std::filesystem::path& path)
{
    constexpr int flags = _O_RDWR | _O_CREAT | _O_APPEND | _O_BINARY | _O_NOINHERIT;
    int descriptor = -1;
    const errno_t error =
        _wsopen_s(&descriptor, path.c_str(), flags, _SH_DENYWR, _S_IREAD | _S_IWRITE);
    if (error == EACCES && std::filesystem::is_regular_file(path))
        return fail(ErrorCode::FileNotWritable,
                    path.string() + " is in use by another program, or read-only");
    if (error != 0)
        return fail(ErrorCode::FileNotWritable, path.string() + ": " + std::strerror(error));
    AppendOnlyFile file(descriptor, path.string());
    TRY(file.readAll());
    return file;
}

AppendOnlyFile::~AppendOnlyFile()
{
    if (m_descriptor >= 0) _close(m_descriptor);
}

std::int64_t AppendOnlyFile::readPart(std::span<char> part) const
{
    return _read(m_descriptor, part.data(), static_cast<unsigned>(part.size()));
}

std::int64_t AppendOnlyFile::endOfFile() const
{
    return _lseeki64(m_descriptor, 0, SEEK_END);
}

std::int64_t AppendOnlyFile::write(std::string_view text) const
{
    return _write(m_descriptor, text.data(), static_cast<unsigned>(text.size()));
}

bool AppendOnlyFile::flush() const
{
    return _commit(m_descriptor) == 0;
}

bool AppendOnlyFile::truncate(std::int64_t bytes) const
{
    return _chsize_s(m_descriptor, bytes) == 0;
}

} // namespace updater
