// A USB bus without a kernel: sysfs, device nodes and uevents of a umockdev testbed, which programs
// that run under its preload library take for the machine's own.
#pragma once

#include "virtual/bus.h"
#include "virtual/usb_node.h"

#include <mutex>
#include <string>

namespace virtual_h755 {

class UsbBus final : public Bus {
public:
    /// `lock` is held whenever a client's ioctl reaches a function; callers of `attach` and
    /// `detach` hold it too.
    explicit UsbBus(std::mutex& lock);
    ~UsbBus() override;

    /// Enumerates the function as the kernel does.
    bool attach(unsigned port, UsbFunction& function) override;
    void detach(unsigned port) override;
    unsigned ports() const override { return 32; }

private:
    static constexpr unsigned rootHubAddress = 1;

    struct Enumerated {
        UsbBus& bus;
        unsigned port = 0;
        unsigned address = 0;
        std::string devicePath; ///< in sysfs
        std::string nodePath;
        UsbNode node;
        ObjectPointer<UMockdevIoctlBase> ioctls;
        bool isPresent = true;
        bool hasNode = true; ///< until its address is given to another

        Enumerated(UsbBus& owner, unsigned atPort, unsigned atAddress, UsbFunction& function);
    };

    static gboolean onIoctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer enumerated);
    void addRootHub();
    Enumerated* presentAt(unsigned port);
    unsigned freeAddress();
    void awaitListeners();

    std::mutex& m_lock;
    ObjectPointer<UMockdevTestbed> m_testbed;
    /// Also those that have left: a client may still hold their nodes open.
    std::list<Enumerated> m_devices;
    unsigned m_lastAddress = rootHubAddress;
};

} // namespace virtual_h755
