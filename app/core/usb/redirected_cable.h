// A USB cable whose other end is a program: usbredir over TCP on this computer. It follows what is
// plugged in there and carries control transfers.
#pragma once

#include "core/usb/loopback_socket.h"
#include "core/usb/usbredir_message.h"

namespace updater {

class RedirectedCable {
public:
    explicit RedirectedCable(std::uint16_t port) : m_port(port) {}

    /// Connects if need be and takes in what comes, for so long at most; returns early after a
    /// change. NoDevice: no program is at the other end.
    Result<> follow(std::uint32_t waitMs);

    /// What is plugged in, ours or not; each enumeration has another address.
    const std::optional<UsbDevice>& device() const { return m_device; }
    /// Number of its DFU interface, if it has one.
    const std::optional<std::uint8_t>& dfuInterface() const { return m_dfuInterface; }

    /// One of `sent` and `received` is empty, by the direction. As UsbConnection's transfers.
    Result<TransferEnd> transfer(const SetupFields& setup, ByteView sent, ByteSpan received,
                                 std::uint32_t timeoutMs);

private:
    Result<> connect();
    Result<> send(const std::vector<std::uint8_t>& message);
    Result<std::optional<usbredir::Message>> receive(std::uint64_t endMs);
    Result<> take(const usbredir::Message& message);
    Result<> plugIn(const usbredir::Message& message);
    void unplug();
    std::string readSerial();
    tl::unexpected<Error> giveUp(Error error);
    Result<usbredir::Message> answerTo(std::uint32_t id, std::uint64_t endMs);

    std::uint16_t m_port;
    std::optional<LoopbackSocket> m_socket;
    std::vector<std::uint8_t> m_received; ///< not yet a whole message
    std::optional<usbredir::Message> m_interfaces;
    std::optional<usbredir::Message> m_arrival; ///< of a device that `follow` has not met yet
    std::optional<UsbDevice> m_device;
    std::optional<std::uint8_t> m_dfuInterface;
    std::uint32_t m_lastId = 0;
    std::uint8_t m_lastAddress = 0;
    SteadyClock m_clock;
};

} // namespace updater
