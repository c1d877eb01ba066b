#include "example/runtime_device.h"

#include "contract/version.h"

#include <algorithm>

namespace example {

using boot::SetupAnswer;
using boot::SetupPacket;

namespace {

constexpr std::uint8_t typeMask = 0x60;

enum Descriptor : std::uint8_t { Device = 1, Configuration = 2, String = 3 };
enum StringIndex : std::uint8_t {
    Languages = 0,
    Vendor = 1,
    Product = 2,
    Serial = 3,
    Firmware = 4
};

constexpr std::uint8_t configurationBytes = 9 + H755_RUNTIME_DESCRIPTOR_BYTES;
constexpr contract::ByteArray<configurationBytes> configurationDescriptor{
    9,
    Configuration,
    configurationBytes,
    0,
    1,
    1,
    0,
    0x80,
    50, // bus-powered, 100 mA
    H755_RUNTIME_DESCRIPTOR(0, Firmware)};
constexpr contract::ByteArray<4> languages{4, String, 0x09, 0x04}; // English (United States)

constexpr std::uint8_t low(std::uint16_t value)
{
    return static_cast<std::uint8_t>(value);
}
constexpr std::uint8_t high(std::uint16_t value)
{
    return static_cast<std::uint8_t>(value >> 8);
}

std::uint16_t releaseAsBcd(const h755_client& client)
{
    h755_hand_off handOff{};
    h755_client_hand_off(&client, &handOff);
    const h755_version& release = handOff.release_version;
    return contract::bcdDevice({release.major, release.minor, release.revision, release.build});
}

} // namespace

RuntimeDevice::RuntimeDevice(h755_client& client, const UsbIdentity& identity)
    : m_client(client), m_identity(identity)
{
    const std::uint16_t version = releaseAsBcd(client);
    m_deviceDescriptor = {18,
                          Device,
                          0x00,
                          0x02, // USB 2.0
                          0,
                          0,
                          0,
                          64,
                          low(identity.vendorId),
                          high(identity.vendorId),
                          low(identity.productId),
                          high(identity.productId),
                          low(version),
                          high(version),
                          Vendor,
                          Product,
                          Serial,
                          1};
}

SetupAnswer RuntimeDevice::setup(const SetupPacket& packet)
{
    static_assert(std::tuple_size_v<decltype(m_reply)> >= H755_CONTROL_BYTES);
    std::size_t bytes = 0;
    const auto raw = contract::encode(packet);
    const h755_reply answer = h755_client_control(&m_client, raw.data(), m_reply.data(), &bytes);
    m_isOurs = answer != H755_NOT_OURS;
    switch (answer) {
    case H755_SEND: return SetupAnswer::send(contract::ByteView{m_reply}.first(bytes));
    case H755_ACKNOWLEDGE: return SetupAnswer::acknowledge();
    case H755_STALL: return SetupAnswer::stall();
    case H755_NOT_OURS: break;
    }
    return (packet.requestType & typeMask) == 0 ? standardRequest(packet) : SetupAnswer::stall();
}

void RuntimeDevice::completed()
{
    if (m_isOurs) h755_client_control_completed(&m_client);
    m_isOurs = false;
}

/// USB 2.0 9.4, as much as a device with one configuration and no endpoint needs.
SetupAnswer RuntimeDevice::standardRequest(const SetupPacket& packet)
{
    enum : std::uint8_t {
        GetStatus = 0,
        GetDescriptor = 6,
        GetConfiguration = 8,
        SetConfiguration = 9,
        GetInterface = 10,
        SetInterface = 11
    };
    const bool isSet = packet.request == SetConfiguration || packet.request == SetInterface;
    if (packet.isIn() == isSet || (isSet && packet.length != 0)) return SetupAnswer::stall();
    switch (packet.request) {
    case GetStatus: m_reply[0] = m_reply[1] = 0; return SetupAnswer::send({m_reply.data(), 2});
    case GetDescriptor: return descriptor(packet.value);
    case GetConfiguration: return reply(m_configuration);
    case SetConfiguration:
        if (packet.value > 1) return SetupAnswer::stall();
        m_configuration = low(packet.value);
        return SetupAnswer::acknowledge();
    case GetInterface: return reply(0);
    case SetInterface:
        return packet.value == 0 && packet.index == 0 ? SetupAnswer::acknowledge()
                                                      : SetupAnswer::stall();
    default: return SetupAnswer::stall();
    }
}

SetupAnswer RuntimeDevice::reply(std::uint8_t value)
{
    m_reply[0] = value;
    return SetupAnswer::send({m_reply.data(), 1});
}

SetupAnswer RuntimeDevice::descriptor(std::uint16_t value)
{
    const std::uint8_t number = low(value);
    switch (high(value)) {
    case Device: return SetupAnswer::send(m_deviceDescriptor);
    case Configuration:
        return number == 0 ? SetupAnswer::send(configurationDescriptor) : SetupAnswer::stall();
    case String: return stringDescriptor(number);
    default: return SetupAnswer::stall();
    }
}

SetupAnswer RuntimeDevice::stringDescriptor(std::uint8_t number)
{
    std::size_t characters = 0;
    switch (number) {
    case Languages: return SetupAnswer::send(languages);
    case Vendor: characters = putText(m_identity.vendorName); break;
    case Product: characters = putText(m_identity.productName); break;
    case Serial: characters = putSerial(); break;
    case Firmware: characters = putText("Firmware"); break;
    default: return SetupAnswer::stall();
    }
    const std::size_t bytes = 2 + 2 * characters;
    m_reply[0] = static_cast<std::uint8_t>(bytes);
    m_reply[1] = String;
    return SetupAnswer::send(contract::ByteView{m_reply}.first(bytes));
}

std::size_t RuntimeDevice::putText(std::string_view text)
{
    const std::size_t characters = std::min(text.size(), (m_reply.size() - 2) / 2);
    for (std::size_t i = 0; i < characters; ++i)
        putCharacter(i, text[i]);
    return characters;
}

std::size_t RuntimeDevice::putSerial()
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::size_t characters = 0;
    for (const std::uint8_t byte : m_identity.uniqueId) {
        putCharacter(characters++, digits[byte >> 4]);
        putCharacter(characters++, digits[byte & 0xF]);
    }
    return characters;
}

void RuntimeDevice::putCharacter(std::size_t index, char character)
{
    m_reply[2 + 2 * index] = static_cast<std::uint8_t>(character);
    m_reply[3 + 2 * index] = 0;
}

} // namespace example
