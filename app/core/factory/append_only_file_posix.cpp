#include "core/factory/append_only_file.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

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

AppendOnlyFile::AppendOnlyFile(AppendOnlyFile&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_name(std::move(other.m_name)),
      m_text(std::move(other.m_text))
{
}

Result<> AppendOnlyFile::readAll()
{
    std::array<char, 4096> part{};
    ssize_t bytes = 0;
    while ((bytes = ::read(m_descriptor, part.data(), part.size())) > 0)
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
    const off_t before = ::lseek(m_descriptor, 0, SEEK_END);
    const ssize_t written = ::write(m_descriptor, text.data(), text.size());
    if (written == static_cast<ssize_t>(text.size()) && ::fsync(m_descriptor) == 0) return {};
    // A full disk takes a part of a line without an error.
    const std::string why = written < 0 ? std::strerror(errno) : "there is no space left";
    if (before < 0 || ::ftruncate(m_descriptor, before) != 0)
        return fail(ErrorCode::FileNotWritable, m_name + ": " + why + "; its last line is cut off");
    return fail(ErrorCode::FileNotWritable, m_name + ": " + why);
}

} // namespace updater
