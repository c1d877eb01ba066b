// A folder of our own for the files of one job, gone afterwards.
#pragma once

#include "core/result.h"

#include <filesystem>

namespace updater {

class PrivateFolder {
public:
    /// In the system's folder for temporary files, for this user alone. FileNotWritable.
    static Result<PrivateFolder> create();
    ~PrivateFolder();
    PrivateFolder(PrivateFolder&& other) noexcept;
    PrivateFolder& operator=(PrivateFolder&&) = delete;
    PrivateFolder(const PrivateFolder&) = delete;
    PrivateFolder& operator=(const PrivateFolder&) = delete;

    const std::filesystem::path& path() const { return m_path; }

private:
    explicit PrivateFolder(std::filesystem::path path) : m_path(std::move(path)) {}

    std::filesystem::path m_path;
};

} // namespace updater
