#include "core/rescue/private_folder.h"

#include <system_error>
#include <utility>

namespace updater {

PrivateFolder::~PrivateFolder()
{
    std::error_code ignored; // nobody can be told, and nothing depends on it
    if (!m_path.empty()) std::filesystem::remove_all(m_path, ignored);
}

PrivateFolder::PrivateFolder(PrivateFolder&& other) noexcept
    : m_path(std::exchange(other.m_path, {}))
{
}

} // namespace updater
