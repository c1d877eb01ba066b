#include "bootloader/standard_requests.h"

namespace boot {

namespace {

/// bmRequestType and bRequest (USB 2.0 tables 9-2 and 9-4).
enum class Standard : std::uint16_t {
    GetDeviceStatus = 0x8000,
    GetInterfaceStatus = 0x8100,
    GetEndpointStatus = 0x8200,
    GetDescriptor = 0x8006,
    GetConfiguration = 0x8008,
    SetConfiguration = 0x0009,
    GetInterface = 0x810A,
    SetInterface = 0x010B,
};

} // namespace

SetupAnswer StandardRequests::setup(const SetupPacket& packet)
{
    m_reply[0] = 0;
    m_reply[1] = 0;
    switch (static_cast<Standard>(packet.requestType << 8 | packet.request)) {
    case Standard::GetDeviceStatus: // bus-powered, no remote wake-up
    case Standard::GetInterfaceStatus:
    case Standard::GetEndpointStatus: return packet.index == 0 ? reply(2) : SetupAnswer::stall();
    case Standard::GetDescriptor: return descriptor(packet);
    case Standard::GetConfiguration: m_reply[0] = m_configuration; return reply(1);
    case Standard::SetConfiguration: return setConfiguration(packet);
    case Standard::GetInterface: return packet.index == 0 ? reply(1) : SetupAnswer::stall();
    case Standard::SetInterface: // always sent by dfu-util, which gives up if it stalls
        if (packet.value == 0 && packet.index == 0 && packet.length == 0)
            return SetupAnswer::acknowledge();
        break;
    }
    return SetupAnswer::stall();
}

SetupAnswer StandardRequests::descriptor(const SetupPacket& packet)
{
    return reply(writeDescriptor(m_identity, m_uniqueId,
                                 static_cast<DescriptorType>(packet.value >> 8),
                                 static_cast<std::uint8_t>(packet.value), m_reply));
}

SetupAnswer StandardRequests::setConfiguration(const SetupPacket& packet)
{
    if (packet.value > 1 || packet.index != 0 || packet.length != 0) return SetupAnswer::stall();
    m_configuration = static_cast<std::uint8_t>(packet.value);
    return SetupAnswer::acknowledge();
}

SetupAnswer StandardRequests::reply(std::size_t bytes)
{
    if (bytes == 0) return SetupAnswer::stall();
    return SetupAnswer::send(contract::ByteView{m_reply}.first(bytes));
}

} // namespace boot
