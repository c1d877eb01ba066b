#include "plan/control_socket.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

namespace plan {

using updater::ErrorCode;
using updater::fail;
using updater::Result;

namespace {

constexpr time_t patienceSeconds = 10;

class Connection {
public:
    Connection() : m_number(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
    ~Connection()
    {
        if (m_number >= 0) close(m_number);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    int number() const { return m_number; }

    bool open(const std::filesystem::path& path) const
    {
        sockaddr_un address{};
        const std::string& name = path.native();
        if (name.size() >= sizeof address.sun_path) return false;
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, name.data(), name.size());
        const timeval patience{patienceSeconds, 0};
        setsockopt(m_number, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        setsockopt(m_number, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        const auto* const generic = reinterpret_cast<const sockaddr*>(&address);
        return connect(m_number, generic, sizeof address) == 0;
    }

private:
    int m_number;
};

} // namespace

Result<std::string> askBoards(const std::filesystem::path& socket, const std::string& line)
{
    const Connection connection;
    const std::string text = line + '\n';
    const auto bytes = static_cast<ssize_t>(text.size());
    if (!connection.open(socket) ||
        send(connection.number(), text.data(), text.size(), MSG_NOSIGNAL) != bytes)
        return fail(ErrorCode::DeviceSilent, socket.string() + ": " + std::strerror(errno));
    shutdown(connection.number(), SHUT_WR);
    std::string answer;
    std::array<char, 4096> piece{};
    ssize_t count = 0;
    while ((count = recv(connection.number(), piece.data(), piece.size(), 0)) > 0)
        answer.append(piece.data(), static_cast<std::size_t>(count));
    constexpr std::string_view okay = "ok\n";
    if (answer.ends_with(okay)) return answer.substr(0, answer.size() - okay.size());
    if (answer.empty())
        return fail(ErrorCode::DeviceSilent, socket.string() + " does not answer: " + line);
    answer.pop_back();
    return fail(ErrorCode::NotAllowed, line + ": " + answer);
}

} // namespace plan
