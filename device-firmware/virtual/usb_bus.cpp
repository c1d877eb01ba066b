#include "virtual/usb_bus.h"

#include "virtual/descriptor.h"
#include "virtual/enumeration.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/un.h>

namespace virtual_h755 {

namespace {

std::string busAddress(unsigned address)
{
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "001/%03u", address);
    return text.data();
}

/// True if a program still listens; umockdev itself never closes what it has opened towards one
/// that has ended.
bool isListening(const std::string& socketPath)
{
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    if (socketPath.size() >= sizeof name.sun_path) return true;
    std::memcpy(name.sun_path, socketPath.data(), socketPath.size());
    const Descriptor probe(socket(AF_UNIX, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const auto* const generic = reinterpret_cast<const sockaddr*>(&name);
    return connect(probe.get(), generic, sizeof name) == 0 || errno != ECONNREFUSED;
}

} // namespace

UsbBus::Enumerated::Enumerated(UsbBus& owner, unsigned atPort, unsigned atAddress,
                               UsbFunction& function)
    : bus(owner), port(atPort), address(atAddress),
      devicePath("/devices/usb1/1-" + std::to_string(atPort)),
      nodePath("/dev/bus/usb/" + busAddress(atAddress)), node(function, atAddress),
      ioctls(umockdev_ioctl_base_new())
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
    const unsigned address = freeAddress();
    Enumerated& device = m_devices.emplace_back(*this, port, address, function);
    const std::string description = describeDevice(*descriptors, device.devicePath, address);
    forgetListenersThatEnded();
    // The ioctls first: a client may open the node as soon as it hears of it.
    const bool isThere =
        umockdev_testbed_attach_ioctl(m_testbed.get(), device.nodePath.c_str(), device.ioctls.get(),
                                      nullptr) &&
        umockdev_testbed_add_from_string(m_testbed.get(), description.c_str(), nullptr);
    if (!isThere) throw std::runtime_error("umockdev refuses the device:\n" + description);
    return true;
}

/// The next one that is free, as the kernel does: USB has 127.
unsigned UsbBus::freeAddress()
{
    constexpr unsigned last = 127;
    const auto isPresentHere = [this](const Enumerated& device) {
        return device.isPresent && device.address == m_lastAddress;
    };
    do {
        m_lastAddress = m_lastAddress == last ? rootHubAddress + 1 : m_lastAddress + 1;
    } while (std::ranges::any_of(m_devices, isPresentHere));
    for (Enumerated& device : m_devices) {
        if (device.address != m_lastAddress || !device.hasNode) continue;
        device.hasNode = false;
        umockdev_testbed_detach_ioctl(m_testbed.get(), device.nodePath.c_str(), nullptr);
    }
    return m_lastAddress;
}

void UsbBus::forgetListenersThatEnded()
{
    const std::unique_ptr<gchar, decltype(&g_free)> folder(
        umockdev_testbed_get_root_dir(m_testbed.get()), &g_free);
    for (const auto& entry : std::filesystem::directory_iterator(folder.get())) {
        const std::string& path = entry.path().native();
        if (entry.is_socket() && !isListening(path)) std::filesystem::remove(entry.path());
    }
}

/// The ioctls stay attached, for clients that still have the node open: they get ENODEV, as from
/// the kernel. Detaching would close their sockets, and the preloaded library ends a program whose
/// ioctl is under way then. A hundred enumerations later nobody has it open any more.
void UsbBus::detach(unsigned port)
{
    Enumerated* const device = presentAt(port);
    if (device == nullptr) return;
    device->isPresent = false;
    device->node.disconnect();
    forgetListenersThatEnded();
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
