// A text file that lines are only ever added to, by one program at a time, each on the disk before
// the next step.
#pragma once

#include "core/result.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace updater {

class AppendOnlyFile {
public:
    /// Creates the file if need be and locks it: FileNotWritable, also while another program has
    /// it.
    static Result<AppendOnlyFile> open(const std::filesystem::path& path);
    ~AppendOnlyFile();
    AppendOnlyFile(AppendOnlyFile&& other) noexcept;
    AppendOnlyFile& operator=(AppendOnlyFile&&) = delete;
    AppendOnlyFile(const AppendOnlyFile&) = delete;
    AppendOnlyFile& operator=(const AppendOnlyFile&) = delete;

    /// What it held when it was opened. A last line that was cut off ends with a line break now.
    const std::string& text() const { return m_text; }

    /// Returns when the line is on the disk. FileNotWritable: the file is as it was before.
    Result<> append(std::string_view line);

private:
    AppendOnlyFile(int descriptor, std::string name)
        : m_descriptor(descriptor), m_name(std::move(name))
    {
    }
    Result<> readAll();

    // The system's own calls, one for each: negative or false with an error in errno.
    std::int64_t readPart(std::span<char> part) const; ///< 0: the end
    std::int64_t endOfFile() const;
    std::int64_t write(std::string_view text) const;
    bool flush() const;
    bool truncate(std::int64_t bytes) const;

    int m_descriptor = -1;
    std::string m_name;
    std::string m_text;
};

} // namespace updater
