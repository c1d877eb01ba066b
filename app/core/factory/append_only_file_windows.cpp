#include "core/factory/append_only_file.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <io.h>
#include <share.h>
#include <sys/stat.h>
#include <utility>

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

AppendOnlyFile::AppendOnlyFile(AppendOnlyFile&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_name(std::move(other.m_name)),
      m_text(std::move(other.m_text))
{
}

Result<> AppendOnlyFile::readAll()
{
    std::array<char, 4096> part{};
    int bytes = 0;
    while ((bytes = _read(m_descriptor, part.data(), unsigned{part.size()})) > 0)
        m_text.append(part.data(), static_cast<std::size_t>(bytes));
    if (bytes < 0) return fail(ErrorCode::FileNotReadable, m_name + ": " + std::strerror(errno));
    if (m_text.empty() || m_text.back() == '\n') return {};
    m_text += '\n';
    return append(""); // ends the line that a crash has cut off
}

Result<> AppendOnlyFile::append(std::string_view line)
{
    std::string text(line);
    text += '\n';
    const std::int64_t before = _lseeki64(m_descriptor, 0, SEEK_END);
    const int written = _write(m_descriptor, text.data(), static_cast<unsigned>(text.size()));
    if (written == static_cast<int>(text.size()) && _commit(m_descriptor) == 0) return {};
    // A full disk takes a part of a line without an error.
    const std::string why = written < 0 ? std::strerror(errno) : "there is no space left";
    if (before < 0 || _chsize_s(m_descriptor, before) != 0)
        return fail(ErrorCode::FileNotWritable, m_name + ": " + why + "; its last line is cut off");
    return fail(ErrorCode::FileNotWritable, m_name + ": " + why);
}

} // namespace updater
