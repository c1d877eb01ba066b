#include "cli/own_program.h"

namespace cli {

std::filesystem::path ownProgram()
{
    std::error_code ignored;
    return std::filesystem::read_symlink("/proc/self/exe", ignored);
}

} // namespace cli
