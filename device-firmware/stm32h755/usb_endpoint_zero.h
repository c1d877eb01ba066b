// Control transfers out of packets (USB 2.0 8.5.3): stages, splitting, zero-length packets and
// SET_ADDRESS. It knows no registers.
#pragma once

#include "bootloader/control_request.h"

namespace stm32h755 {

inline constexpr std::size_t endpointZeroBytes = 64;

/// What EP0 can be told. A new SETUP makes all of it void.
class PacketPort {
public:
    /// Listen to `address` from now on.
    virtual void setAddress(std::uint8_t address) = 0;
    /// Answer the next IN token with `packet`, at most endpointZeroBytes; `packetSent` follows.
    virtual void send(contract::ByteView packet) = 0;
    /// Take the next OUT packet; `packetReceived` follows.
    virtual void receive() = 0;
    /// Answer IN and OUT tokens with STALL.
    virtual void stall() = 0;

protected:
    ~PacketPort() = default;
};

class EndpointZero {
public:
    EndpointZero(PacketPort& port, boot::ControlHandler& handler) : m_port(port), m_handler(handler)
    {
    }

    // What has happened on the bus, in the order in which it has.
    void busReset();
    void setup(const boot::SetupPacket& packet);
    void packetSent();
    void packetReceived(contract::ByteView packet);

private:
    enum class Stage : std::uint8_t { Idle, DataIn, DataOut, StatusIn, StatusOut };

    void answer(const boot::SetupPacket& packet, const boot::SetupAnswer& answer);
    void setAddress(const boot::SetupPacket& packet);
    void startSending(contract::ByteView data, std::size_t askedBytes);
    void sendNext();
    void store(contract::ByteView packet);
    void startStatusIn();
    void complete();
    void stall();

    PacketPort& m_port;
    boot::ControlHandler& m_handler;
    Stage m_stage = Stage::Idle;
    bool m_isHandlers = false;       ///< the transfer is the handler's, which hears of its end
    bool m_needsEmptyPacket = false; ///< or the host would wait for more
    contract::ByteView m_toSend;
    contract::ByteSpan m_toReceive;
};

} // namespace stm32h755
