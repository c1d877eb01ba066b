#include "core/usb/usbredir_message.h"

#include "contract/dfu.h"

#include <algorithm>
#include <string_view>

namespace updater::usbredir {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t headerBytes = 12;
/// More than any message that we ask for has.
constexpr std::size_t maximumBody = UsbConnection::maximumBytes + 1024;
constexpr std::size_t helloTextBytes = 64;
constexpr std::size_t controlHeaderBytes = 10;
constexpr std::size_t mostInterfaces = 32;
/// Capability 1: a device's version comes with it. No other, 64-bit ids for example.
constexpr std::uint32_t capabilities = 1U << 1;

bool isIn(const SetupFields& setup)
{
    return (setup.requestType & 0x80U) != 0;
}

void append16(Bytes& bytes, std::uint16_t value)
{
    bytes.push_back(static_cast<std::uint8_t>(value));
    bytes.push_back(static_cast<std::uint8_t>(value >> 8));
}

void append32(Bytes& bytes, std::uint32_t value)
{
    append16(bytes, static_cast<std::uint16_t>(value));
    append16(bytes, static_cast<std::uint16_t>(value >> 16));
}

std::uint16_t read16(ByteView bytes, std::size_t at)
{
    return static_cast<std::uint16_t>(bytes[at] | bytes[at + 1] << 8);
}

std::uint32_t read32(ByteView bytes, std::size_t at)
{
    return read16(bytes, at) | std::uint32_t{read16(bytes, at + 2)} << 16;
}

Bytes messageOf(Type type, std::uint32_t id, ByteView body)
{
    Bytes bytes;
    append32(bytes, static_cast<std::uint32_t>(type));
    append32(bytes, static_cast<std::uint32_t>(body.size()));
    append32(bytes, id);
    bytes.insert(bytes.end(), body.begin(), body.end());
    return bytes;
}

tl::unexpected<Error> malformed(const Message& message, std::string_view what)
{
    return fail(ErrorCode::ReplyMalformed,
                "usbredir message " + std::to_string(static_cast<std::uint32_t>(message.type)) +
                    ": " + std::string(what));
}

} // namespace

std::vector<std::uint8_t> hello()
{
    constexpr std::string_view name = "h755 updater";
    Bytes body(helloTextBytes);
    std::ranges::copy(name, body.begin());
    append32(body, capabilities);
    return messageOf(Type::Hello, 0, body);
}

std::vector<std::uint8_t> reset()
{
    return messageOf(Type::Reset, 0, {});
}

std::vector<std::uint8_t> setConfiguration(std::uint8_t number)
{
    return messageOf(Type::SetConfiguration, 0, std::array{number});
}

std::vector<std::uint8_t> cancel(std::uint32_t id)
{
    return messageOf(Type::CancelTransfer, id, {});
}

std::vector<std::uint8_t> control(std::uint32_t id, const SetupFields& setup, std::uint16_t length,
                                  ByteView sent)
{
    const std::uint8_t endpoint = isIn(setup) ? 0x80 : 0x00;
    constexpr std::uint8_t noStatus = 0;
    Bytes body{endpoint, setup.request, setup.requestType, noStatus};
    append16(body, setup.value);
    append16(body, setup.index);
    append16(body, length);
    body.insert(body.end(), sent.begin(), sent.end());
    return messageOf(Type::ControlTransfer, id, body);
}

Result<std::optional<Message>> takeMessage(std::vector<std::uint8_t>& received)
{
    if (received.size() < headerBytes) return std::nullopt;
    const std::size_t length = read32(received, 4);
    if (length > maximumBody)
        return fail(ErrorCode::ReplyMalformed,
                    "a usbredir message of " + std::to_string(length) + " bytes");
    if (received.size() < headerBytes + length) return std::nullopt;
    const auto body = received.begin() + headerBytes;
    const auto end = body + static_cast<std::ptrdiff_t>(length);
    Message message{static_cast<Type>(read32(received, 0)), read32(received, 8), Bytes(body, end)};
    received.erase(received.begin(), end);
    return message;
}

Result<Connected> readConnected(const Message& message)
{
    // Without our capability, an old program would leave the version out.
    constexpr std::size_t bytes = 10;
    if (message.body.size() != bytes) return malformed(message, "wrong length");
    return Connected{read16(message.body, 4), read16(message.body, 6), read16(message.body, 8)};
}

Result<std::optional<std::uint8_t>> readDfuInterface(const Message& message, DeviceMode mode)
{
    constexpr std::size_t numbersAt = 4;
    constexpr std::size_t classesAt = numbersAt + mostInterfaces;
    constexpr std::size_t subClassesAt = classesAt + mostInterfaces;
    constexpr std::size_t protocolsAt = subClassesAt + mostInterfaces;
    const Bytes& body = message.body;
    if (body.size() != protocolsAt + mostInterfaces) return malformed(message, "wrong length");
    const std::size_t count = read32(body, 0);
    if (count > mostInterfaces) return malformed(message, "too many interfaces");
    const std::uint8_t protocol = mode == DeviceMode::Application ? contract::dfu::runtimeProtocol
                                                                  : contract::dfu::dfuModeProtocol;
    for (std::size_t i = 0; i < count; ++i) {
        if (body[classesAt + i] == contract::dfu::interfaceClass &&
            body[subClassesAt + i] == contract::dfu::interfaceSubClass &&
            body[protocolsAt + i] == protocol)
            return std::optional(body[numbersAt + i]);
    }
    return std::nullopt;
}

Result<Transferred> readTransferred(const Message& message, const SetupFields& setup,
                                    std::size_t length)
{
    if (message.body.size() < controlHeaderBytes) return malformed(message, "too short");
    const ByteView body(message.body);
    const std::uint8_t status = body[3];
    if (status > static_cast<std::uint8_t>(Transferred::Status::Babbled))
        return malformed(message, "unknown status");
    const Transferred done{static_cast<Transferred::Status>(status), read16(body, 8),
                           body.subspan(controlHeaderBytes)};
    if (done.bytes > length) return malformed(message, "more than was asked for");
    if (done.data.size() != (isIn(setup) ? done.bytes : 0))
        return malformed(message, "not as much data as it says");
    return done;
}

} // namespace updater::usbredir
