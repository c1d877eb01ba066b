// A TCP connection to this very computer. One source file for each family of systems.
#pragma once

#include "core/usb/usb_transport.h"

namespace updater {

class LoopbackSocket {
public:
    /// To 127.0.0.1. NoDevice if nobody listens there.
    static Result<LoopbackSocket> connectTo(std::uint16_t port);
    ~LoopbackSocket();
    LoopbackSocket(LoopbackSocket&& other) noexcept;
    LoopbackSocket& operator=(LoopbackSocket&&) = delete;
    LoopbackSocket(const LoopbackSocket&) = delete;
    LoopbackSocket& operator=(const LoopbackSocket&) = delete;

    /// All of it; ConnectionLost also if the other end does not take it within a second.
    Result<> send(ByteView bytes);

    /// What has come, waiting for it at most so long: 0 bytes if nothing did. ConnectionLost.
    Result<std::size_t> receive(ByteSpan bytes, std::uint32_t timeoutMs);

private:
    explicit LoopbackSocket(std::uintptr_t number) : m_number(number) {}

    std::uintptr_t m_number;
};

} // namespace updater
