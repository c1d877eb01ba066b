// Which operating system this is. One source file for each family, chosen by CMake.
#pragma once

#include <string>

namespace updater {

struct SystemName {
    std::string name;    ///< "Debian GNU/Linux 12 (bookworm)"
    std::string kernel;  ///< "Linux 6.1.0-18-amd64"
    std::string machine; ///< "x86_64"
};

/// Never the computer's own name.
SystemName systemName();

} // namespace updater
