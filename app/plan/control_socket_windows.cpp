#include "plan/control_socket.h"

namespace plan {

/// Simulated boards are programs' for Linux; plans for real boards need no such socket.
updater::Result<std::string> askBoards(const std::filesystem::path& socket, const std::string& line)
{
    return updater::fail(updater::ErrorCode::BadArguments,
                         line + ": boards are simulated on Linux only, not at " + socket.string());
}

} // namespace plan
