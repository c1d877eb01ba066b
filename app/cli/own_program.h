// Where this very program is, to run it again. One source file for each system.
#pragma once

#include <filesystem>

namespace cli {

std::filesystem::path ownProgram();

} // namespace cli
