#include "core/usb/loopback_socket.h"

#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace updater {
namespace {

constexpr std::uintptr_t none = UINTPTR_MAX;

int numberOf(std::uintptr_t socket)
{
    return static_cast<int>(socket);
}

std::string lastError()
{
    return std::strerror(errno);
}

} // namespace

Result<LoopbackSocket> LoopbackSocket::connectTo(std::uint16_t port)
{
    const int number = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (number < 0) return fail(ErrorCode::InternalError, "a socket: " + lastError());
    LoopbackSocket socket(static_cast<std::uintptr_t>(number));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    constexpr int yes = 1;
    constexpr timeval patience{1, 0};
    setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    setsockopt(number, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (connect(number, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return fail(ErrorCode::NoDevice, "127.0.0.1:" + std::to_string(port) + ": " + lastError());
    return socket;
}

LoopbackSocket::~LoopbackSocket()
{
    if (m_number != none) close(numberOf(m_number));
}

LoopbackSocket::LoopbackSocket(LoopbackSocket&& other) noexcept
    : m_number(std::exchange(other.m_number, none))
{
}

Result<> LoopbackSocket::send(ByteView bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(numberOf(m_number), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return fail(ErrorCode::ConnectionLost, lastError());
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return {};
}

Result<std::size_t> LoopbackSocket::receive(ByteSpan bytes, std::uint32_t timeoutMs)
{
    pollfd wanted{numberOf(m_number), POLLIN, 0};
    if (poll(&wanted, 1, static_cast<int>(timeoutMs)) <= 0) return std::size_t{0};
    const ssize_t count = recv(numberOf(m_number), bytes.data(), bytes.size(), 0);
    if (count < 0 && errno == EINTR) return std::size_t{0};
    if (count <= 0) return fail(ErrorCode::ConnectionLost, "the other end has closed");
    return static_cast<std::size_t>(count);
}

} // namespace updater
