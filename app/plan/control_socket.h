// The control socket of virtual-h755: a line in, an answer out. One source file for each system.
#pragma once

#include "core/result.h"

#include <filesystem>
#include <string>

namespace plan {

/// The answer without its last line, "ok". DeviceSilent if nobody answers within 10 s, NotAllowed
/// if the board refuses.
updater::Result<std::string> askBoards(const std::filesystem::path& socket,
                                       const std::string& line);

} // namespace plan
