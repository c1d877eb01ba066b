// The structures of the protocol are written out here byte by byte, from its specification.
#include "core/usb/usbredir_message.h"

#include <catch2/catch.hpp>

using namespace updater;
using usbredir::Message;
using usbredir::Type;

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr SetupFields getStatus{.requestType = 0xA1, .request = 3, .value = 0, .index = 0};
constexpr SetupFields download{.requestType = 0x21, .request = 1, .value = 0x0102, .index = 0x0304};

Message answerOf(Bytes body)
{
    return {Type::ControlTransfer, 7, std::move(body)};
}

ErrorCode errorIn(const auto& result)
{
    REQUIRE_FALSE(result.has_value());
    return result.error().code;
}

} // namespace

TEST_CASE("usbredir: a transfer to the device is header, fields and data", "[usb]")
{
    const Bytes message = usbredir::control(7, download, 2, Bytes{0xAA, 0xBB});
    CHECK(message == Bytes{100,  0, 0,    0, 12, 0, 0, 0, 7, 0, 0,    0, // type, length, id
                           0x00, 1, 0x21, 0, 2,  1, 4, 3, 2, 0, 0xAA, 0xBB});
}

TEST_CASE("usbredir: hello names one capability, the version of a device", "[usb]")
{
    const Bytes message = usbredir::hello();
    REQUIRE(message.size() == 12 + 64 + 4);
    CHECK(message[4] == 68);
    CHECK(Bytes(message.end() - 4, message.end()) == Bytes{2, 0, 0, 0});
}

TEST_CASE("usbredir: messages are taken one by one, whatever pieces they come in", "[usb]")
{
    Bytes stream = usbredir::reset();
    const Bytes second = usbredir::setConfiguration(1);
    stream.insert(stream.end(), second.begin(), second.end());
    Bytes received;
    std::vector<Type> types;
    for (const std::uint8_t byte : stream) {
        received.push_back(byte);
        const auto message = usbredir::takeMessage(received);
        REQUIRE(message);
        if (*message) types.push_back((*message)->type);
    }
    CHECK(types == std::vector{Type::Reset, Type::SetConfiguration});
    CHECK(received.empty());
}

TEST_CASE("usbredir: a message longer than any is refused before it has come", "[usb]")
{
    Bytes received{100, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0};
    CHECK(errorIn(usbredir::takeMessage(received)) == ErrorCode::ReplyMalformed);
}

TEST_CASE("usbredir: a device introduces itself", "[usb]")
{
    const Bytes body{1, 0, 0, 0, 0x34, 0x12, 0x78, 0x56, 0x10, 0x02};
    const auto connected = usbredir::readConnected({Type::DeviceConnect, 0, body});
    REQUIRE(connected);
    CHECK(connected->vendorId == 0x1234);
    CHECK(connected->productId == 0x5678);
    CHECK(connected->bcdDevice == 0x0210);
    for (const std::size_t length : {0, 9, 11}) {
        CHECK(errorIn(usbredir::readConnected({Type::DeviceConnect, 0, Bytes(length)})) ==
              ErrorCode::ReplyMalformed);
    }
}

TEST_CASE("usbredir: the DFU interface is found by class and protocol", "[usb]")
{
    Bytes body(4 + 4 * 32);
    body[0] = 2;
    body[4 + 1] = 5; // number of the second interface
    body[4 + 32 + 1] = 0xFE;
    body[4 + 64 + 1] = 0x01;
    body[4 + 96 + 1] = 0x01; // run time
    const Message message{Type::InterfaceInfo, 0, body};
    const auto found = usbredir::readDfuInterface(message, DeviceMode::Application);
    REQUIRE(found);
    CHECK(*found == std::optional<std::uint8_t>(5));
    const auto none = usbredir::readDfuInterface(message, DeviceMode::Bootloader);
    REQUIRE(none);
    CHECK_FALSE(none->has_value());
    body[0] = 33;
    CHECK(errorIn(usbredir::readDfuInterface({Type::InterfaceInfo, 0, body},
                                             DeviceMode::Application)) ==
          ErrorCode::ReplyMalformed);
    body.pop_back();
    CHECK(errorIn(usbredir::readDfuInterface({Type::InterfaceInfo, 0, body},
                                             DeviceMode::Application)) ==
          ErrorCode::ReplyMalformed);
}

TEST_CASE("usbredir: an answer has exactly the data that it claims, and no more than asked",
          "[usb]")
{
    const Bytes six{0x80, 3, 0xA1, 0, 0, 0, 0, 0, 6, 0, 1, 2, 3, 4, 5, 6};
    const Message good = answerOf(six);
    const auto done = usbredir::readTransferred(good, getStatus, 6);
    REQUIRE(done);
    CHECK(done->bytes == 6);
    CHECK(Bytes(done->data.begin(), done->data.end()) == Bytes{1, 2, 3, 4, 5, 6});
    CHECK(errorIn(usbredir::readTransferred(good, getStatus, 5)) == ErrorCode::ReplyMalformed);
    CHECK(errorIn(usbredir::readTransferred(good, download, 6)) == ErrorCode::ReplyMalformed);
    for (std::size_t length = 0; length < six.size(); ++length) {
        const Message cut = answerOf(Bytes(six.begin(), six.begin() + std::ptrdiff_t(length)));
        CHECK(errorIn(usbredir::readTransferred(cut, getStatus, 6)) == ErrorCode::ReplyMalformed);
    }
    Bytes unknown = six;
    unknown[3] = 7;
    CHECK(errorIn(usbredir::readTransferred(answerOf(unknown), getStatus, 6)) ==
          ErrorCode::ReplyMalformed);
}
