// One enumerated device on the mock bus: what usbfs offers for its node, driven by the ioctls of
// real programs. Only endpoint 0 has anything behind it.
#pragma once

#include "virtual/usb_function.h"

#include <umockdev.h>

#include <chrono>
#include <list>
#include <memory>
#include <optional>

namespace virtual_h755 {

struct ReleaseObject {
    void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using ObjectPointer = std::unique_ptr<T, ReleaseObject>;

/// Not thread-safe: the bus calls it under its lock.
class UsbNode {
public:
    /// `address` is the device's on its bus.
    UsbNode(UsbFunction& function, unsigned address) : m_function(&function), m_address(address) {}

    /// Completes one ioctl of a client (linux/usbdevice_fs.h).
    void handle(UMockdevIoctlClient* client);

    /// The device has left: transfers in flight end with ESHUTDOWN, everything later with ENODEV.
    void disconnect();

private:
    struct Urb {
        ObjectPointer<UMockdevIoctlClient> client;
        ObjectPointer<UMockdevIoctlData> header;
        std::optional<std::chrono::steady_clock::time_point> end; ///< nothing: never

        bool isDone() const { return end && std::chrono::steady_clock::now() >= *end; }
        void endNow() { end = std::chrono::steady_clock::now(); }
    };
    /// Result of an ioctl: 0, or the errno.
    using Errno = int;

    Errno perform(UMockdevIoctlClient* client, int& result);
    Errno submit(UMockdevIoctlClient* client);
    Errno reap(UMockdevIoctlClient* client);
    Errno discard(UMockdevIoctlClient* client);
    Errno connectInformation(UMockdevIoctlClient* client) const;
    Errno control(UMockdevIoctlClient* client, int& moved);
    Errno setInterface(UMockdevIoctlClient* client);
    Errno setConfiguration(UMockdevIoctlClient* client);
    Errno request(const boot::SetupPacket& packet);
    void transfer(Urb& urb);

    UsbFunction* m_function; ///< null once disconnected
    unsigned m_address;
    std::list<Urb> m_urbs;
};

} // namespace virtual_h755
