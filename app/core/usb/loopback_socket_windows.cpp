#include "core/usb/loopback_socket.h"

#include <utility>
#include <winsock2.h>

namespace updater {
namespace {

std::string lastError()
{
    return "error " + std::to_string(WSAGetLastError());
}

/// Once, for as long as the program runs.
bool hasSockets()
{
    static const bool isStarted = [] {
        WSADATA ignored{};
        return WSAStartup(MAKEWORD(2, 2), &ignored) == 0;
    }();
    return isStarted;
}

/// False once the time is over.
bool isReadable(SOCKET socket, std::uint32_t timeoutMs)
{
    WSAPOLLFD wanted{socket, POLLRDNORM, 0};
    return WSAPoll(&wanted, 1, static_cast<int>(timeoutMs)) > 0;
}

} // namespace

Result<LoopbackSocket> LoopbackSocket::connectTo(std::uint16_t port)
{
    if (!hasSockets()) return fail(ErrorCode::InternalError, "Windows Sockets: " + lastError());
    const SOCKET number = ::socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (number == INVALID_SOCKET) return fail(ErrorCode::InternalError, "a socket: " + lastError());
    LoopbackSocket socket(number);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    constexpr BOOL yes = TRUE;
    constexpr DWORD patienceMs = 1'000;
    setsockopt(number, IPPROTO_TCP, TCP_NODELAY, reinterpret_cast<const char*>(&yes), sizeof yes);
    setsockopt(number, SOL_SOCKET, SO_SNDTIMEO, reinterpret_cast<const char*>(&patienceMs),
               sizeof patienceMs);
    if (connect(number, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return fail(ErrorCode::NoDevice, "127.0.0.1:" + std::to_string(port) + ": " + lastError());
    return socket;
}

LoopbackSocket::~LoopbackSocket()
{
    if (m_number != INVALID_SOCKET) closesocket(m_number);
}

LoopbackSocket::LoopbackSocket(LoopbackSocket&& other) noexcept
    : m_number(std::exchange(other.m_number, INVALID_SOCKET))
{
}

Result<> LoopbackSocket::send(ByteView bytes)
{
    while (!bytes.empty()) {
        const int sent = ::send(m_number, reinterpret_cast<const char*>(bytes.data()),
                                static_cast<int>(bytes.size()), 0);
        if (sent <= 0) return fail(ErrorCode::ConnectionLost, lastError());
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return {};
}

Result<std::size_t> LoopbackSocket::receive(ByteSpan bytes, std::uint32_t timeoutMs)
{
    if (!isReadable(m_number, timeoutMs)) return std::size_t{0};
    const int count =
        recv(m_number, reinterpret_cast<char*>(bytes.data()), static_cast<int>(bytes.size()), 0);
    if (count <= 0) return fail(ErrorCode::ConnectionLost, "the other end has closed");
    return static_cast<std::size_t>(count);
}

} // namespace updater
