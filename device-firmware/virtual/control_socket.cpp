#include "virtual/control_socket.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

namespace virtual_h755 {

namespace {

constexpr std::size_t longestLineBytes = 1024;

sockaddr_un addressOf(const std::string& path)
{
    sockaddr_un address{};
    if (path.size() >= sizeof address.sun_path) {
        throw std::runtime_error("path of the control socket is too long: " + path);
    }
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

/// False if not everything could be sent.
bool sendAll(int descriptor, const std::string& text)
{
    const auto bytes = static_cast<ssize_t>(text.size());
    return send(descriptor, text.data(), text.size(), MSG_NOSIGNAL) == bytes;
}

} // namespace

ControlSocket::ControlSocket(std::string path, Handler handler)
    : m_path(std::move(path)), m_handler(std::move(handler)),
      m_listening(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    const sockaddr_un address = addressOf(m_path);
    unlink(m_path.c_str());
    const auto* const generic = reinterpret_cast<const sockaddr*>(&address);
    const bool listens = bind(m_listening.get(), generic, sizeof address) == 0 &&
                         chmod(m_path.c_str(), S_IRUSR | S_IWUSR) == 0 &&
                         listen(m_listening.get(), 8) == 0;
    if (!listens) throw std::runtime_error(m_path + ": " + std::strerror(errno));
}

ControlSocket::~ControlSocket()
{
    unlink(m_path.c_str());
}

void ControlSocket::serve(int timeoutMs)
{
    std::vector<pollfd> waiting{{m_listening.get(), POLLIN, 0}};
    for (const Client& client : m_clients)
        waiting.push_back({client.descriptor.get(), POLLIN, 0});
    if (poll(waiting.data(), waiting.size(), timeoutMs) <= 0) return;

    std::size_t i = 1;
    for (auto client = m_clients.begin(); client != m_clients.end(); ++i) {
        const bool isReady = waiting[i].revents != 0;
        client = isReady && !serve(*client) ? m_clients.erase(client) : std::next(client);
    }
    if (waiting[0].revents != 0) accept();
}

void ControlSocket::accept()
{
    Descriptor descriptor(
        accept4(m_listening.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (descriptor.get() >= 0) m_clients.push_back({std::move(descriptor), {}});
}

bool ControlSocket::serve(Client& client)
{
    std::array<char, longestLineBytes> chunk{};
    const ssize_t bytes = recv(client.descriptor.get(), chunk.data(), chunk.size(), 0);
    if (bytes <= 0) return false;
    client.pending.append(chunk.data(), static_cast<std::size_t>(bytes));
    std::size_t end = 0;
    while ((end = client.pending.find('\n')) != std::string::npos) {
        const std::string line = client.pending.substr(0, end);
        client.pending.erase(0, end + 1);
        if (!sendAll(client.descriptor.get(), m_handler(line))) return false;
    }
    return client.pending.size() < longestLineBytes;
}

int sendCommand(const std::string& path, const std::string& command)
{
    const sockaddr_un address = addressOf(path);
    const Descriptor connection(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto* const generic = reinterpret_cast<const sockaddr*>(&address);
    if (connect(connection.get(), generic, sizeof address) != 0 ||
        !sendAll(connection.get(), command + "\n")) {
        std::fprintf(stderr, "virtual-h755: %s: %s\n", path.c_str(), std::strerror(errno));
        return 2;
    }
    shutdown(connection.get(), SHUT_WR);
    std::string answer;
    std::array<char, 4096> chunk{};
    ssize_t bytes = 0;
    while ((bytes = recv(connection.get(), chunk.data(), chunk.size(), 0)) > 0)
        answer.append(chunk.data(), static_cast<std::size_t>(bytes));
    std::fputs(answer.c_str(), stdout);
    const bool isRefused = answer.rfind("error: ", 0) == 0;
    return isRefused ? 1 : answer.empty() ? 2 : 0;
}

} // namespace virtual_h755
