#include "stm32h755/usb_endpoint_zero.h"

#include <algorithm>

namespace stm32h755 {

using boot::SetupAnswer;
using boot::SetupPacket;

void EndpointZero::busReset()
{
    m_stage = Stage::Idle;
    m_handler.busReset();
}

void EndpointZero::setup(const SetupPacket& packet)
{
    constexpr std::uint8_t setAddressRequest = 5;
    m_stage = Stage::Idle; // a transfer that was cut short is never completed
    if (packet.requestType == 0 && packet.request == setAddressRequest) return setAddress(packet);
    m_isHandlers = true;
    answer(packet, m_handler.setup(packet));
}

void EndpointZero::answer(const SetupPacket& packet, const SetupAnswer& answer)
{
    const bool hasDataIn = packet.isIn() && packet.length > 0;
    const bool hasDataOut = !packet.isIn() && packet.length > 0;
    switch (answer.kind) {
    case SetupAnswer::Kind::Stall: return stall();
    case SetupAnswer::Kind::Acknowledge:
        if (hasDataOut) return stall(); // nobody takes the data
        return hasDataIn ? startSending({}, packet.length) : startStatusIn();
    case SetupAnswer::Kind::Send:
        if (hasDataOut) return stall();
        return hasDataIn ? startSending(answer.data, packet.length) : startStatusIn();
    case SetupAnswer::Kind::Receive:
        if (!hasDataOut || answer.buffer.size() < packet.length) return stall();
        m_toReceive = answer.buffer.first(packet.length);
        m_stage = Stage::DataOut;
        return m_port.receive();
    }
}

/// Takes effect before the status stage, as this core wants it (RM0399 60.15.6).
void EndpointZero::setAddress(const SetupPacket& packet)
{
    constexpr std::uint16_t maximumAddress = 127;
    if (packet.value > maximumAddress || packet.index != 0 || packet.length != 0) return stall();
    m_isHandlers = false;
    m_port.setAddress(static_cast<std::uint8_t>(packet.value));
    startStatusIn();
}

/// A reply that ends in a full packet and is shorter than what the host asked for needs an empty
/// packet behind it. OUT is open all the time: the host may end the data stage early.
void EndpointZero::startSending(contract::ByteView data, std::size_t askedBytes)
{
    m_toSend = data.first(std::min(data.size(), askedBytes));
    m_needsEmptyPacket = m_toSend.size() < askedBytes && m_toSend.size() % endpointZeroBytes == 0;
    m_stage = Stage::DataIn;
    m_port.receive();
    sendNext();
}

void EndpointZero::sendNext()
{
    const contract::ByteView packet = m_toSend.first(std::min(m_toSend.size(), endpointZeroBytes));
    m_toSend = m_toSend.subspan(packet.size());
    if (packet.empty()) m_needsEmptyPacket = false;
    m_port.send(packet);
}

void EndpointZero::packetSent()
{
    if (m_stage == Stage::StatusIn) return complete();
    if (m_stage != Stage::DataIn) return;
    if (!m_toSend.empty() || m_needsEmptyPacket) return sendNext();
    m_stage = Stage::StatusOut;
}

void EndpointZero::packetReceived(contract::ByteView packet)
{
    if (m_stage == Stage::DataOut) return store(packet);
    if (m_stage == Stage::DataIn || m_stage == Stage::StatusOut) complete();
}

/// The handler gets all of what SETUP announced or nothing.
void EndpointZero::store(contract::ByteView packet)
{
    const std::size_t expectedBytes = std::min(m_toReceive.size(), endpointZeroBytes);
    if (packet.size() != expectedBytes) return stall();
    std::copy(packet.begin(), packet.end(), m_toReceive.begin());
    m_toReceive = m_toReceive.subspan(packet.size());
    if (!m_toReceive.empty()) return m_port.receive();
    if (!m_handler.received()) return stall();
    startStatusIn();
}

void EndpointZero::startStatusIn()
{
    m_stage = Stage::StatusIn;
    m_port.send({});
}

void EndpointZero::complete()
{
    m_stage = Stage::Idle;
    if (m_isHandlers) m_handler.completed();
}

void EndpointZero::stall()
{
    m_stage = Stage::Idle;
    m_port.stall();
}

} // namespace stm32h755
