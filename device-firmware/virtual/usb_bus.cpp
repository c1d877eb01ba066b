#include "virtual/usb_bus.h"

#include "virtual/descriptor.h"
#include "virtual/enumeration.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <poll.h>
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

enum class Listener : std::uint8_t { Ready, Full, Ended };

/// Waits until a program's event socket has room for one more event.
Listener awaitRoom(const std::filesystem::path& path, int patienceMs)
{
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof name.sun_path) return Listener::Full;
    std::memcpy(name.sun_path, path.c_str(), path.native().size());
    const Descriptor probe(socket(AF_UNIX, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const auto* const generic = reinterpret_cast<const sockaddr*>(&name);
    if (connect(probe.get(), generic, sizeof name) != 0)
        return errno == ECONNREFUSED ? Listener::Ended : Listener::Full;
    pollfd room{probe.get(), POLLOUT, 0};
    return poll(&room, 1, patienceMs) == 1 ? Listener::Ready : Listener::Full;
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
    awaitListeners();
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

/// Before each event, because umockdev ends this program when a socket has no room (for ten events,
/// on Linux as it comes) and never closes what it opens towards one that nobody has any more. A
/// program that does not read, as it is stopped, misses what happens meanwhile.
void UsbBus::awaitListeners()
{
    const std::unique_ptr<gchar, decltype(&g_free)> folder(
        umockdev_testbed_get_root_dir(m_testbed.get()), &g_free);
    const std::string full = "full-"; // umockdev sends to what begins with "event"
    constexpr int patienceMs = 500;
    for (const auto& entry : std::filesystem::directory_iterator(folder.get())) {
        if (!entry.is_socket()) continue;
        const std::filesystem::path& path = entry.path();
        const std::string name = path.filename();
        const bool wasFull = name.starts_with(full);
        const Listener listener = awaitRoom(path, wasFull ? 0 : patienceMs);
        if (listener == Listener::Ended) std::filesystem::remove(path);
        if (listener == Listener::Ready && wasFull)
            std::filesystem::rename(path, path.parent_path() / name.substr(full.size()));
        if (listener == Listener::Full && !wasFull)
            std::filesystem::rename(path, path.parent_path() / (full + name));
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
    awaitListeners();
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
