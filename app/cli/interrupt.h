#pragma once

#include <stop_token>

namespace cli {

/// SIGINT and SIGTERM ask the running command to stop cleanly; a second one ends the program.
std::stop_token stopOnSignal();

} // namespace cli
