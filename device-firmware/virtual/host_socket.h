// Where the host of a redirected device is: usbredir lets either end of a connection listen.
#pragma once

#include "virtual/descriptor.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

namespace virtual_h755 {

/// A new connection that does not block, or none yet.
using FindHost = std::function<Descriptor()>;

/// The host listens on a UNIX socket, as QEMU does.
FindHost hostAt(std::filesystem::path socket);

/// The host connects over TCP, from this computer only. `port` 0 is a free one, and becomes its
/// number. Throws std::runtime_error if it is taken.
FindHost hostsFrom(std::uint16_t& port);

} // namespace virtual_h755
