#include "virtual/usb_bus.h"

#include "virtual/enumeration.h"

#include <cstdio>
#include <stdexcept>

namespace virtual_h755 {

namespace {

std::string busAddress(unsigned address)
{
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "001/%03u", address);
    return text.data();
}

} // namespace

UsbBus::Enumerated::Enumerated(UsbBus& owner, unsigned atPort, UsbFunction& function)
    : bus(owner), port(atPort), devicePath("/devices/usb1/1-" + std::to_string(atPort)),
      nodePath("/dev/bus/usb/" + busAddress(owner.m_lastAddress)),
      node(function, owner.m_lastAddress), ioctls(umockdev_ioctl_base_new())
{
    g_signal_connect(ioctls.get(), "handle-ioctl", G_CALLBACK(&UsbBus::onIoctl), this);
}

UsbBus::UsbBus(std::mutex& lock) : m_lock(lock), m_testbed(umockdev_testbed_new())
{
    addRootHub();
}

/// The testbed goes first: it ends the thread that calls `onIoctl`.
UsbBus::~UsbBus()
{
    m_testbed.reset();
}

gboolean UsbBus::onIoctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer enumerated)
{
    auto& device = *static_cast<Enumerated*>(enumerated);
    const std::lock_guard guard(device.bus.m_lock);
    device.node.handle(client);
    return TRUE;
}

void UsbBus::addRootHub()
{
    const std::string description = describeRootHub();
    if (!umockdev_testbed_add_from_string(m_testbed.get(), description.c_str(), nullptr)) {
        throw std::runtime_error("umockdev refuses the root hub");
    }
}

bool UsbBus::attach(unsigned port, UsbFunction& function)
{
    const std::optional<Descriptors> descriptors = enumerate(function);
    if (!descriptors) return false;
    ++m_lastAddress;
    Enumerated& device = m_devices.emplace_back(*this, port, function);
    const std::string description = describeDevice(*descriptors, device.devicePath, m_lastAddress);
    // The ioctls first: a client may open the node as soon as it hears of it.
    const bool isThere =
        umockdev_testbed_attach_ioctl(m_testbed.get(), device.nodePath.c_str(), device.ioctls.get(),
                                      nullptr) &&
        umockdev_testbed_add_from_string(m_testbed.get(), description.c_str(), nullptr);
    if (!isThere) throw std::runtime_error("umockdev refuses the device:\n" + description);
    return true;
}

/// The ioctls stay attached, for clients that still have the node open: they get ENODEV, as from
/// the kernel. Detaching would close their sockets, and the preloaded library ends a program whose
/// ioctl is under way then. No later enumeration has the same path.
void UsbBus::detach(unsigned port)
{
    Enumerated* const device = presentAt(port);
    if (device == nullptr) return;
    device->isPresent = false;
    device->node.disconnect();
    umockdev_testbed_uevent(m_testbed.get(), ("/sys" + device->devicePath).c_str(), "remove");
    umockdev_testbed_remove_device(m_testbed.get(), ("/sys" + device->devicePath).c_str());
}

UsbBus::Enumerated* UsbBus::presentAt(unsigned port)
{
    for (Enumerated& device : m_devices) {
        if (device.isPresent && device.port == port) return &device;
    }
    return nullptr;
}

} // namespace virtual_h755
