// A USB host's side of one control transfer on a full-speed EP0 of 64 bytes (USB 2.0 8.5.3): one
// token at a time, for as long as the device answers NAK.
#pragma once

#include "contract/layout.h"
#include "virtual/device.h"

#include <optional>
#include <vector>

namespace emulator {

/// How the device's EP0 answers tokens.
class DeviceEndpoint {
public:
    enum class Handshake : std::uint8_t { Nak, Stall, Done };
    struct InReply {
        Handshake handshake = Handshake::Nak;
        std::vector<std::uint8_t> packet;
    };
    using OutReply = Handshake;

    /// False if there is no room now or the device listens to another address.
    virtual bool acceptsSetup() = 0;
    virtual void setup(const contract::ByteArray<8>& packet) = 0;
    virtual InReply in() = 0;
    virtual OutReply out(contract::ByteView packet) = 0;

protected:
    ~DeviceEndpoint() = default;
};

class HostTransfer {
public:
    static constexpr std::size_t packetBytes = 64;

    explicit HostTransfer(DeviceEndpoint& endpoint) : m_endpoint(endpoint) {}

    /// Begins a transfer; the one before has ended or is given up. `data` is what an OUT sends.
    void start(const boot::SetupPacket& packet, contract::ByteView data);

    /// One token and its answer. Nothing happens when no transfer runs.
    void step();

    /// Nothing while the transfer runs or before the first one.
    std::optional<virtual_h755::ControlOutcome> outcome() const { return m_outcome; }
    const std::vector<std::uint8_t>& received() const { return m_received; }
    void abandon() { m_stage = Stage::None; }
    bool isRunning() const { return m_stage != Stage::None; }
    const boot::SetupPacket& packet() const { return m_packet; }

private:
    enum class Stage : std::uint8_t { None, Setup, DataIn, DataOut, StatusIn, StatusOut };

    void stepSetup();
    void stepDataIn();
    void stepDataOut();
    void stepStatusIn();
    void stepStatusOut();
    void end(virtual_h755::ControlOutcome::Kind kind);

    DeviceEndpoint& m_endpoint;
    Stage m_stage = Stage::None;
    boot::SetupPacket m_packet;
    std::vector<std::uint8_t> m_data;
    std::size_t m_sent = 0;
    std::vector<std::uint8_t> m_received;
    std::optional<virtual_h755::ControlOutcome> m_outcome;
};

} // namespace emulator
