// A USB bus whose host is a QEMU guest, or another program over TCP: each port is a usbredir
// connection (protocol 0.7). Plugging in connects, unplugging closes.
#pragma once

#include "virtual/bus.h"
#include "virtual/host_socket.h"

#include <list>
#include <map>
#include <mutex>
#include <thread>

struct usbredirparser;

namespace virtual_h755 {

struct Descriptors;
class RedirectedPort;

class RedirectedBus final : public Bus {
public:
    /// `hosts` are those of the ports from 1 on. `lock` is held whenever a function is called;
    /// callers of `attach` and `detach` hold it too.
    RedirectedBus(std::mutex& lock, std::vector<FindHost> hosts);
    ~RedirectedBus() override;

    /// The host may come later: until then the port keeps trying.
    bool attach(unsigned port, UsbFunction& function) override;
    void detach(unsigned port) override;
    unsigned ports() const override { return static_cast<unsigned>(m_hosts.size()); }

private:
    void run(const std::stop_token& stop);
    void wake() const;

    std::mutex& m_lock;
    std::vector<FindHost> m_hosts;
    std::map<unsigned, std::unique_ptr<RedirectedPort>> m_ports;
    Descriptor m_wakeUp;
    std::jthread m_thread; ///< ends first
};

} // namespace virtual_h755
