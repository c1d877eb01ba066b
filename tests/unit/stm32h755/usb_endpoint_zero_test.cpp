#include "scripted_handler.h"
#include "stm32h755/usb_endpoint_zero.h"

#include <catch2/catch.hpp>

using boot::SetupAnswer;
using stm32h755::EndpointZero;

namespace {

/// Writes down what EP0 is told: "64>" and "0>" are packets, "<" waits for one.
class RecordingPort final : public stm32h755::PacketPort {
public:
    void setAddress(std::uint8_t address) override { log += '@' + std::to_string(address); }
    void send(contract::ByteView packet) override { log += std::to_string(packet.size()) + '>'; }
    void receive() override { log += '<'; }
    void stall() override { log += '!'; }

    std::string takeLog() { return std::exchange(log, {}); }
    std::string log;
};

struct Bench {
    RecordingPort port;
    test::ScriptedHandler handler;
    EndpointZero endpoint{port, handler};
    std::vector<std::uint8_t> data = test::countingBytes(200);
    std::vector<std::uint8_t> buffer = std::vector<std::uint8_t>(200);

    std::string setup(bool isIn, std::uint16_t length)
    {
        endpoint.setup({static_cast<std::uint8_t>(isIn ? 0xA1 : 0x21), 1, 0, 0, length});
        return port.takeLog();
    }
    std::string sent()
    {
        endpoint.packetSent();
        return port.takeLog();
    }
    std::string received(std::size_t bytes)
    {
        endpoint.packetReceived(contract::ByteView{data}.first(bytes));
        return port.takeLog();
    }
    void send(std::size_t bytes)
    {
        handler.answer = SetupAnswer::send(contract::ByteView{data}.first(bytes));
    }
};

constexpr bool in = true;
constexpr bool out = false;

} // namespace

TEST_CASE("endpoint zero: an empty packet ends a reply only where the host would wait for more")
{
    Bench bench;
    SECTION("exactly what was asked for")
    {
        bench.send(128);
        CHECK(bench.setup(in, 128) == "<64>");
        CHECK(bench.sent() == "64>");
        CHECK(bench.sent().empty());
    }
    SECTION("less, ending in a full packet")
    {
        bench.send(128);
        CHECK(bench.setup(in, 129) == "<64>");
        CHECK(bench.sent() == "64>");
        CHECK(bench.sent() == "0>");
        CHECK(bench.sent().empty());
    }
    SECTION("less, ending in a short packet")
    {
        bench.send(65);
        CHECK(bench.setup(in, 255) == "<64>");
        CHECK(bench.sent() == "1>");
        CHECK(bench.sent().empty());
    }
    SECTION("nothing at all")
    {
        bench.send(0);
        CHECK(bench.setup(in, 8) == "<0>");
        CHECK(bench.sent().empty());
    }
    SECTION("more than was asked for")
    {
        bench.send(200);
        CHECK(bench.setup(in, 64) == "<64>");
        CHECK(bench.sent().empty());
    }
    CHECK(bench.handler.log == "S");
    CHECK(bench.received(0).empty());
    CHECK(bench.handler.log == "SC");
    CHECK(bench.received(0).empty());
    CHECK(bench.sent().empty());
    CHECK(bench.handler.log == "SC");
}

TEST_CASE("endpoint zero: the host may end the data stage early")
{
    Bench bench;
    bench.send(200);
    CHECK(bench.setup(in, 200) == "<64>");
    CHECK(bench.received(0).empty());
    CHECK(bench.handler.log == "SC");
    CHECK(bench.sent().empty());
}

TEST_CASE("endpoint zero: a request for no data has a status stage only")
{
    Bench bench;
    bench.send(10);
    CHECK(bench.setup(in, 0) == "0>");
    CHECK(bench.sent().empty());
    CHECK(bench.handler.log == "SC");
}

TEST_CASE("endpoint zero: OUT data arrives completely or not at all")
{
    Bench bench;
    bench.handler.answer = SetupAnswer::receive(bench.buffer);
    CHECK(bench.setup(out, 130) == "<");
    CHECK(bench.received(64) == "<");
    SECTION("all of it")
    {
        CHECK(bench.received(64) == "<");
        CHECK(bench.received(2) == "0>");
        CHECK(bench.handler.log == "SR");
        CHECK(bench.sent().empty());
        CHECK(bench.handler.log == "SRC");
    }
    SECTION("a packet too short")
    {
        CHECK(bench.received(10) == "!");
        CHECK(bench.handler.log == "S");
        CHECK(bench.received(64).empty());
        CHECK(bench.sent().empty());
        CHECK(bench.handler.log == "S");
    }
    SECTION("a packet too long")
    {
        CHECK(bench.received(64) == "<");
        CHECK(bench.received(3) == "!");
        CHECK(bench.handler.log == "S");
    }
    SECTION("refused by the handler")
    {
        bench.handler.acceptsData = false;
        CHECK(bench.received(64) == "<");
        CHECK(bench.received(2) == "!");
        CHECK(bench.handler.log == "SR");
        CHECK(bench.sent().empty());
    }
}

TEST_CASE("endpoint zero: answers that do not fit the request are a STALL")
{
    Bench bench;
    bench.handler.answer = SetupAnswer::receive(bench.buffer);
    CHECK(bench.setup(in, 10) == "!");
    CHECK(bench.setup(out, 0) == "!");
    CHECK(bench.setup(out, 201) == "!");
    bench.send(10);
    CHECK(bench.setup(out, 10) == "!");
    bench.handler.answer = SetupAnswer::acknowledge();
    CHECK(bench.setup(out, 10) == "!");
    bench.handler.answer = SetupAnswer::stall();
    CHECK(bench.setup(in, 10) == "!");
    CHECK(bench.handler.log == "SSSSSS");
}

TEST_CASE("endpoint zero: SETUP and bus reset end what was before, which is never completed")
{
    Bench bench;
    bench.handler.answer = SetupAnswer::acknowledge();
    CHECK(bench.setup(out, 0) == "0>");
    SECTION("SETUP")
    {
        bench.handler.answer = SetupAnswer::stall();
        CHECK(bench.setup(in, 1) == "!");
        CHECK(bench.sent().empty());
        CHECK(bench.handler.log == "SS");
    }
    SECTION("bus reset")
    {
        bench.endpoint.busReset();
        CHECK(bench.sent().empty());
        CHECK(bench.received(0).empty());
        CHECK(bench.handler.log == "SB");
    }
}

TEST_CASE("endpoint zero: SET_ADDRESS is its own")
{
    Bench bench;
    bench.endpoint.setup({0, 5, 127, 0, 0});
    CHECK(bench.port.takeLog() == "@1270>");
    CHECK(bench.sent().empty());
    const boot::SetupPacket wrong =
        GENERATE(boot::SetupPacket{0, 5, 128, 0, 0}, boot::SetupPacket{0, 5, 1, 1, 0},
                 boot::SetupPacket{0, 5, 1, 0, 1});
    bench.endpoint.setup(wrong);
    CHECK(bench.port.takeLog() == "!");
    CHECK(bench.handler.log.empty());
}
