#include "core/usb/redirected_cable.h"

#include "core/usb/device_mode.h"
#include "core/usb/device_text.h"

#include <algorithm>
#include <spdlog/spdlog.h>

namespace updater {
namespace {

using usbredir::Message;
using usbredir::Transferred;

constexpr std::uint32_t requestMs = 1'000;      ///< for what is read of a new device
constexpr std::uint32_t cancellationMs = 1'000; ///< until the other end has given a transfer up
constexpr std::size_t pieceBytes = 4'096;

std::string hex(std::uint16_t id)
{
    return spdlog::fmt_lib::format("{:04x}", id);
}

Result<TransferEnd> endOf(const Transferred& done, std::uint8_t request)
{
    const std::string what = "control request " + std::to_string(request);
    switch (done.status) {
    case Transferred::Status::Done: return TransferEnd{.bytes = done.bytes};
    case Transferred::Status::Stalled: return TransferEnd{.isStalled = true};
    case Transferred::Status::Cancelled:
    case Transferred::Status::TimedOut: return fail(ErrorCode::DeviceSilent, what);
    case Transferred::Status::Failed: return fail(ErrorCode::ConnectionLost, what);
    case Transferred::Status::Invalid:
    case Transferred::Status::Babbled: break;
    }
    return fail(ErrorCode::TransferFailed, what);
}

} // namespace

Result<> RedirectedCable::connect()
{
    if (m_socket) return {};
    Result<LoopbackSocket> socket = LoopbackSocket::connectTo(m_port);
    if (!socket) return tl::unexpected(std::move(socket).error());
    m_socket.emplace(*std::move(socket));
    m_received.clear();
    return send(usbredir::hello());
}

/// Whatever went wrong on the socket, the device is gone, as if the cable had been pulled.
tl::unexpected<Error> RedirectedCable::giveUp(Error error)
{
    spdlog::debug("usbredir at port {}: {}", m_port, error.detail);
    unplug();
    m_socket.reset();
    return tl::unexpected(std::move(error));
}

void RedirectedCable::unplug()
{
    m_device.reset();
    m_dfuInterface.reset();
    m_interfaces.reset();
    m_arrival.reset();
}

Result<> RedirectedCable::send(const std::vector<std::uint8_t>& message)
{
    if (!m_socket) return fail(ErrorCode::ConnectionLost, "nothing is plugged in");
    Result<> sent = m_socket->send(message);
    if (!sent) return giveUp(std::move(sent).error());
    return {};
}

Result<std::optional<Message>> RedirectedCable::receive(std::uint64_t endMs)
{
    while (m_socket) {
        Result<std::optional<Message>> message = usbredir::takeMessage(m_received);
        if (!message) return giveUp(std::move(message).error());
        const std::uint64_t nowMs = m_clock.nowMs();
        if (nowMs > endMs) return std::nullopt; // also from one who never stops talking
        if (*message) return message;
        std::array<std::uint8_t, pieceBytes> piece{};
        const Result<std::size_t> count =
            m_socket->receive(piece, static_cast<std::uint32_t>(endMs - nowMs));
        if (!count) return giveUp(count.error());
        if (*count == 0 && m_clock.nowMs() >= endMs) return std::nullopt;
        m_received.insert(m_received.end(), piece.begin(), piece.begin() + std::ptrdiff_t(*count));
    }
    return fail(ErrorCode::ConnectionLost, "nothing is plugged in");
}

Result<> RedirectedCable::follow(std::uint32_t waitMs)
{
    TRY(connect());
    const std::uint64_t endMs = m_clock.nowMs() + waitMs;
    const std::optional<UsbDevice> before = m_device;
    const auto hasChanged = [&] {
        return before.has_value() != m_device.has_value() ||
               (before && !before->isSameEnumeration(*m_device));
    };
    while (!hasChanged()) {
        const Result<std::optional<Message>> message =
            m_arrival ? std::exchange(m_arrival, {}) : receive(endMs);
        if (!message || !*message) return {}; // closed, which is unplugged, or nothing more
        if (const Result<> taken = take(**message); !taken) return giveUp(taken.error());
    }
    return {};
}

Result<> RedirectedCable::take(const Message& message)
{
    switch (message.type) {
    case usbredir::Type::InterfaceInfo: m_interfaces = message; return {};
    case usbredir::Type::DeviceConnect: return plugIn(message);
    case usbredir::Type::DeviceDisconnect: unplug(); return {};
    default: return {}; // late answers, and what only other kinds of transfers need
    }
}

/// What the kernel does with a new device: resets it, asks who it is and configures it.
Result<> RedirectedCable::plugIn(const Message& message)
{
    TRY_ASSIGN(const usbredir::Connected connected, usbredir::readConnected(message));
    const std::optional<DeviceMode> mode = modeOf(connected.vendorId, connected.productId);
    m_device = UsbDevice{.bus = 1,
                         .address = ++m_lastAddress,
                         .portPath = "1-1",
                         .vendorId = connected.vendorId,
                         .productId = connected.productId,
                         .bcdDevice = connected.bcdDevice,
                         .mode = mode.value_or(DeviceMode::Application),
                         .serial = {},
                         .problem = std::nullopt};
    spdlog::debug("usbredir at port {}: {}:{} is plugged in", m_port, hex(connected.vendorId),
                  hex(connected.productId));
    if (!mode) return {};
    if (m_interfaces) {
        TRY_ASSIGN(m_dfuInterface, usbredir::readDfuInterface(*m_interfaces, *mode));
    }
    TRY(send(usbredir::reset()));
    TRY(send(usbredir::setConfiguration(1)));
    if (mode == DeviceMode::RomLoader) return {};
    const std::string serial = readSerial();
    if (!m_device) return fail(ErrorCode::ConnectionLost, "it has gone again");
    m_device->serial = serial;
    if (serial.empty()) m_device->problem = {ErrorCode::ReplyMalformed, "no serial number"};
    return {};
}

/// Printable; empty if the device does not say.
std::string RedirectedCable::readSerial()
{
    constexpr std::uint8_t fromDevice = 0x80;
    constexpr std::uint8_t getDescriptor = 6;
    constexpr std::uint16_t deviceType = 0x0100;
    constexpr std::uint16_t stringType = 0x0300;
    constexpr std::uint16_t english = 0x0409;
    constexpr std::size_t serialIndexAt = 16;
    std::array<std::uint8_t, 18> device{};
    const Result<TransferEnd> read =
        transfer({fromDevice, getDescriptor, deviceType, 0}, {}, device, requestMs);
    if (!read || read->isStalled || read->bytes != device.size() || device[serialIndexAt] == 0)
        return {};
    std::array<std::uint8_t, 255> text{};
    const auto index = static_cast<std::uint16_t>(stringType | device[serialIndexAt]);
    const Result<TransferEnd> end =
        transfer({fromDevice, getDescriptor, index, english}, {}, text, requestMs);
    if (!end || end->isStalled) return {};
    std::string serial;
    for (std::size_t i = 2; i + 1 < end->bytes; i += 2)
        serial += text[i + 1] == 0 ? static_cast<char>(text[i]) : '?';
    return printable(serial);
}

Result<Message> RedirectedCable::answerTo(std::uint32_t id, std::uint64_t endMs)
{
    while (true) {
        TRY_ASSIGN(const std::optional<Message> message, receive(endMs));
        if (!message) return fail(ErrorCode::DeviceSilent, "no answer in time");
        if (message->type == usbredir::Type::ControlTransfer && message->id == id) return *message;
        if (message->type == usbredir::Type::DeviceConnect) {
            m_device.reset();
            m_arrival = message; // for `follow`; here it would ask questions within a question
        } else {
            TRY(take(*message));
        }
        if (!m_device) return fail(ErrorCode::ConnectionLost, "unplugged");
    }
}

Result<TransferEnd> RedirectedCable::transfer(const SetupFields& setup, ByteView sent,
                                              ByteSpan received, std::uint32_t timeoutMs)
{
    const std::size_t length = sent.empty() ? received.size() : sent.size();
    if (length > UsbConnection::maximumBytes)
        return fail(ErrorCode::InternalError, "control transfer too long");
    const std::uint32_t id = ++m_lastId;
    TRY(send(usbredir::control(id, setup, static_cast<std::uint16_t>(length), sent)));
    Result<Message> answer = answerTo(id, m_clock.nowMs() + timeoutMs);
    if (!answer && answer.error().code == ErrorCode::DeviceSilent && m_socket) {
        // The host's controller gives a transfer up too; the answer may still overtake that.
        TRY(send(usbredir::cancel(id)));
        answer = answerTo(id, m_clock.nowMs() + cancellationMs);
    }
    if (!answer) return tl::unexpected(std::move(answer).error());
    const Result<Transferred> done = usbredir::readTransferred(*answer, setup, length);
    if (!done) return giveUp(done.error());
    std::ranges::copy(done->data, received.begin());
    return endOf(*done, setup.request);
}

} // namespace updater
