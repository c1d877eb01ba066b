// The control socket: a line in, an answer out (Workbench::command).
#pragma once

#include "virtual/descriptor.h"

#include <functional>
#include <list>
#include <string>

namespace virtual_h755 {

class ControlSocket {
public:
    using Handler = std::function<std::string(const std::string& line)>;

    /// Listens at `path` with access for this user only. Throws std::runtime_error.
    ControlSocket(std::string path, Handler handler);
    ~ControlSocket();
    ControlSocket(const ControlSocket&) = delete;
    ControlSocket& operator=(const ControlSocket&) = delete;

    /// Serves what has come in, waiting up to `timeoutMs` for it.
    void serve(int timeoutMs);

private:
    struct Client {
        Descriptor descriptor;
        std::string pending;
    };
    void accept();
    /// False once the client is to be dropped.
    bool serve(Client& client);

    std::string m_path;
    Handler m_handler;
    Descriptor m_listening;
    std::list<Client> m_clients;
};

/// Sends one command to the socket at `path` and prints the answer. Returns the exit status: 0, 1
/// if the command was refused, 2 if nobody listens.
int sendCommand(const std::string& path, const std::string& command);

} // namespace virtual_h755
