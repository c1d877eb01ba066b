#include "virtual/redirected_bus.h"

#include "virtual/enumeration.h"
#include "virtual/redirected_port.h"

#include <poll.h>
#include <sys/eventfd.h>

namespace virtual_h755 {

RedirectedBus::RedirectedBus(std::mutex& lock, std::vector<FindHost> hosts)
    : m_lock(lock), m_hosts(std::move(hosts)), m_wakeUp(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      m_thread([this](const std::stop_token& stop) { run(stop); })
{
}

RedirectedBus::~RedirectedBus()
{
    m_thread.request_stop();
    wake();
}

/// The guest enumerates by itself; what usbredir has to tell it beforehand is read here.
bool RedirectedBus::attach(unsigned port, UsbFunction& function)
{
    const std::optional<Descriptors> descriptors = enumerate(function);
    if (!descriptors) return false;
    m_ports[port] = std::make_unique<RedirectedPort>(function, *descriptors, m_hosts.at(port - 1));
    wake();
    return true;
}

void RedirectedBus::detach(unsigned port)
{
    m_ports.erase(port);
    wake();
}

void RedirectedBus::wake() const
{
    eventfd_write(m_wakeUp.get(), 1);
}

/// Devices may answer at once, so the lock is held only while there is something to do.
void RedirectedBus::run(const std::stop_token& stop)
{
    constexpr int retryMs = 20; // to connect
    while (!stop.stop_requested()) {
        std::vector<pollfd> waiting{{m_wakeUp.get(), POLLIN, 0}};
        {
            const std::lock_guard guard(m_lock);
            for (const auto& [number, port] : m_ports)
                if (port->isConnected()) waiting.push_back(port->waiting());
        }
        poll(waiting.data(), waiting.size(), retryMs);
        eventfd_t ignored = 0;
        eventfd_read(m_wakeUp.get(), &ignored);
        const std::lock_guard guard(m_lock);
        for (const auto& [number, port] : m_ports)
            port->serve();
    }
}

} // namespace virtual_h755
