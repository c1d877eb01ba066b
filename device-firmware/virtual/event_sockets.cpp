// Preloaded before umockdev's library into every program on the bus. That library names the socket
// of a program's hot-plug events after its descriptor, so that a second program takes the socket of
// the first one away and the first never hears of a device again. Here each socket has a name of
// its own, and any number of programs can be on one bus.
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

using Bind = int (*)(int, const sockaddr*, socklen_t);

/// umockdev has made a UNIX socket where the program has asked for the kernel's events.
bool isEventSocket(int number, const sockaddr* address)
{
    int domain = 0;
    socklen_t length = sizeof domain;
    return address != nullptr && address->sa_family == AF_NETLINK &&
           getsockopt(number, SOL_SOCKET, SO_DOMAIN, &domain, &length) == 0 && domain == AF_UNIX;
}

/// umockdev sends events to all sockets in its folder that are called event[0-9]*. Nothing is ever
/// unlinked here: umockdev gives up when a socket vanishes while it sends.
int bindToOwnName(int number, const char* folder)
{
    static std::atomic<unsigned> count = 0;
    constexpr int limit = 1000; // sockets that programs with the same process id have left
    for (int i = 0; i < limit; ++i) {
        sockaddr_un name{};
        name.sun_family = AF_UNIX;
        std::snprintf(name.sun_path, sizeof name.sun_path, "%s/event%d-%u", folder, getpid(),
                      ++count);
        // Not the C library's, which is umockdev's here.
        if (syscall(SYS_bind, number, &name, sizeof name) == 0) return 0;
        if (errno != EADDRINUSE) break;
    }
    return -1;
}

} // namespace

extern "C" int bind(int number, const sockaddr* address, socklen_t length) noexcept
{
    static const auto next = reinterpret_cast<Bind>(dlsym(RTLD_NEXT, "bind"));
    const char* const folder = std::getenv("UMOCKDEV_DIR");
    if (folder != nullptr && isEventSocket(number, address)) return bindToOwnName(number, folder);
    return next(number, address, length);
}
