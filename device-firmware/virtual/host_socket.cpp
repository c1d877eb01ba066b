#include "virtual/host_socket.h"

#include <cerrno>
#include <cstring>
#include <memory>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/un.h>

namespace virtual_h755 {

namespace {

Descriptor connectTo(const std::filesystem::path& socketPath)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = socketPath.string();
    if (path.size() >= sizeof address.sun_path) return Descriptor();
    std::memcpy(address.sun_path, path.data(), path.size());
    Descriptor connection(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const auto* const generic = reinterpret_cast<const sockaddr*>(&address);
    if (connect(connection.get(), generic, sizeof address) != 0) return Descriptor();
    return connection;
}

Descriptor acceptAt(int listener)
{
    Descriptor connection(accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    constexpr int yes = 1; // or each answer would wait for the next request
    setsockopt(connection.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return connection;
}

} // namespace

FindHost hostAt(std::filesystem::path socket)
{
    return [socket = std::move(socket)] { return connectTo(socket); };
}

FindHost hostsFrom(std::uint16_t& port)
{
    // Shared, since a function object can be copied.
    const auto listener = std::make_shared<Descriptor>(
        socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_in address{};
    socklen_t length = sizeof address;
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    constexpr int yes = 1;
    constexpr int waitingHosts = 4;
    setsockopt(listener->get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener->get(), generic, length) != 0 || listen(listener->get(), waitingHosts) != 0 ||
        getsockname(listener->get(), generic, &length) != 0)
        throw std::runtime_error("port " + std::to_string(port) + ": " + std::strerror(errno));
    port = ntohs(address.sin_port);
    return [listener] { return acceptAt(listener->get()); };
}

} // namespace virtual_h755
