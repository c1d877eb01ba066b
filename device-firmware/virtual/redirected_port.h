// One usbredir connection with the device at its end: control transfers of a host become those of
// a UsbFunction.
#pragma once

#include "virtual/enumeration.h"
#include "virtual/host_socket.h"

#include <map>
#include <memory>
#include <poll.h>
#include <usbredirparser.h>

namespace virtual_h755 {

class RedirectedPort {
public:
    RedirectedPort(UsbFunction& function, Descriptors descriptors, FindHost findHost);
    ~RedirectedPort();
    RedirectedPort(const RedirectedPort&) = delete;
    RedirectedPort& operator=(const RedirectedPort&) = delete;

    bool isConnected() const { return m_connection.isOpen(); }
    /// What a poll has to wait for; only while connected.
    pollfd waiting() const;
    /// Connects if need be, then handles what has arrived, without blocking.
    void serve();

private:
    struct DestroyParser {
        void operator()(usbredirparser* parser) const { usbredirparser_destroy(parser); }
    };
    using ControlHeader = usb_redir_control_packet_header;

    void connect();
    void makeParser();
    int read(std::uint8_t* data, int count);
    int write(const std::uint8_t* data, int count);
    void introduce();
    void setConfiguration(std::uint64_t id, std::uint8_t configuration);
    void reportConfiguration(std::uint64_t id);
    void setAlternate(std::uint64_t id, std::uint8_t interface, std::uint8_t alternate);
    void reportAlternate(std::uint64_t id, std::uint8_t interface);
    void transfer(std::uint64_t id, ControlHeader header, contract::ByteView sent);
    void cancel(std::uint64_t id);
    std::uint8_t request(const boot::SetupPacket& packet, contract::ByteSpan data);

    UsbFunction& m_function;
    Descriptors m_descriptors;
    FindHost m_findHost;
    Descriptor m_connection;
    std::unique_ptr<usbredirparser, DestroyParser> m_parser;
    /// Control transfers that the device has not answered, until the guest gives them up.
    std::map<std::uint64_t, ControlHeader> m_unanswered;
};

} // namespace virtual_h755
