#include "core/factory/append_only_file.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace updater {

AppendOnlyFile::AppendOnlyFile(AppendOnlyFile&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_name(std::move(other.m_name)),
      m_text(std::move(other.m_text))
{
}

Result<> AppendOnlyFile::readAll()
{
    std::array<char, 4096> part{};
    std::int64_t bytes = 0;
    while ((bytes = readPart(part)) > 0)
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
    const std::int64_t before = endOfFile();
    const std::int64_t written = write(text);
    if (written == static_cast<std::int64_t>(text.size()) && flush()) return {};
    // A full disk takes a part of a line without an error.
    const std::string why = written < 0 ? std::strerror(errno) : "there is no space left";
    if (before < 0 || !truncate(before))
        return fail(ErrorCode::FileNotWritable, m_name + ": " + why + "; its last line is cut off");
    return fail(ErrorCode::FileNotWritable, m_name + ": " + why);
}

} // namespace updater
