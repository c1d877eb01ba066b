#include "core/rescue/private_folder.h"

#include <array>
#include <cstdio>
#include <memory>
#include <random>
#include <system_error>
#include <windows.h>

#include <sddl.h> // needs windows.h first

namespace updater {
namespace {

/// Full access for whoever made the folder, none for others, and nothing from the folder above.
constexpr const wchar_t* ownerOnly = L"D:P(A;OICI;FA;;;OW)";

std::string randomName()
{
    std::random_device random; // the system's generator
    std::array<char, 32> name{};
    std::snprintf(name.data(), name.size(), "h755-rescue-%08x%08x", random(), random());
    return name.data();
}

} // namespace

Result<PrivateFolder> PrivateFolder::create()
{
    std::error_code error;
    const std::filesystem::path parent = std::filesystem::temp_directory_path(error);
    if (error) return fail(ErrorCode::FileNotWritable, error.message());
    PSECURITY_DESCRIPTOR made = nullptr;
    if (ConvertStringSecurityDescriptorToSecurityDescriptorW(ownerOnly, SDDL_REVISION_1, &made,
                                                             nullptr) == 0)
        return fail(ErrorCode::InternalError, "Windows does not take the folder's access list");
    const std::unique_ptr<void, decltype(&LocalFree)> descriptor(made, &LocalFree);
    SECURITY_ATTRIBUTES attributes{sizeof attributes, descriptor.get(), FALSE};
    std::filesystem::path path = parent / randomName();
    // One that exists already is somebody else's.
    if (CreateDirectoryW(path.c_str(), &attributes) == 0)
        return fail(ErrorCode::FileNotWritable,
                    path.string() + ": error " + std::to_string(GetLastError()));
    return PrivateFolder(std::move(path));
}

} // namespace updater
