#include "core/rescue/private_folder.h"

#include <cstdlib>
#include <system_error>

namespace updater {

Result<PrivateFolder> PrivateFolder::create()
{
    std::error_code error;
    const std::filesystem::path parent = std::filesystem::temp_directory_path(error);
    if (error) return fail(ErrorCode::FileNotWritable, error.message());
    std::string name = (parent / "h755-rescue-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) return fail(ErrorCode::FileNotWritable, name);
    return PrivateFolder(std::move(name));
}

} // namespace updater
