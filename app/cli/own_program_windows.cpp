#include "cli/own_program.h"

#include <string>
#include <windows.h>

namespace cli {

std::filesystem::path ownProgram()
{
    constexpr std::size_t longestPath = 32'768;
    std::wstring path(longestPath, L'\0');
    path.resize(GetModuleFileNameW(nullptr, path.data(), DWORD{longestPath}));
    return path;
}

} // namespace cli
