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
    struct Enumerated {
        UsbBus& bus;
        unsigned port = 0;
        std::string devicePath; ///< in sysfs
        std::string nodePath;
        UsbNode node;
        ObjectPointer<UMockdevIoctlBase> ioctls;
        bool isPresent = true;

        Enumerated(UsbBus& owner, unsigned atPort, UsbFunction& function);
    };

    static gboolean onIoctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer enumerated);
    void addRootHub();
    Enumerated* presentAt(unsigned port);

    std::mutex& m_lock;
    ObjectPointer<UMockdevTestbed> m_testbed;
    /// Also those that have left: a client may still hold their nodes open.
    std::list<Enumerated> m_devices;
    unsigned m_lastAddress = 1; ///< the root hub's
};

} // namespace virtual_h755
