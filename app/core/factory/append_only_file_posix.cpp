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
    const bool isWritten =
        ::write(m_descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (!isWritten || ::fsync(m_descriptor) != 0)
        return fail(ErrorCode::FileNotWritable, m_name + ": " + std::strerror(errno));
    return {};
}

} // namespace updater
