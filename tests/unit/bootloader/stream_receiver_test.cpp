#include "bootloader/stream_receiver.h"

#include <catch2/catch.hpp>
#include <numeric>
#include <vector>

using boot::StreamReceiver;
using contract::streamBlockBytes;

namespace {

struct Intake {
    std::array<std::uint8_t, streamBlockBytes> transfer{};
    std::array<std::uint8_t, streamBlockBytes> block{};
    StreamReceiver receiver{transfer, block};
    std::vector<std::uint8_t> taken; ///< whole blocks in order
    std::vector<std::uint32_t> numbers;

    bool send(std::uint16_t number, contract::ByteView bytes)
    {
        std::copy(bytes.begin(), bytes.end(), transfer.begin());
        if (!receiver.accept(number, static_cast<std::uint32_t>(bytes.size()))) return false;
        while (const auto whole = receiver.block()) {
            taken.insert(taken.end(), whole->bytes.begin(), whole->bytes.end());
            numbers.push_back(whole->number);
            receiver.release();
        }
        return true;
    }
};

std::vector<std::uint8_t> pattern(std::size_t bytes)
{
    std::vector<std::uint8_t> result(bytes);
    for (std::size_t i = 0; i < bytes; ++i)
        result[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
    return result;
}

} // namespace

TEST_CASE("a plain tool's transfers of any size become whole blocks", "[stream-receiver]")
{
    const std::size_t size = GENERATE(1U, 64U, 100U, 1000U, 1024U, 2048U, 4095U, 4096U);
    const auto stream = pattern(3 * streamBlockBytes);
    Intake intake;
    std::uint16_t number = 0;
    for (std::size_t at = 0; at < stream.size(); at += size) {
        const std::size_t bytes = std::min(size, stream.size() - at);
        REQUIRE(intake.send(number++, contract::ByteView{stream}.subspan(at, bytes)));
    }
    CHECK(intake.taken == stream);
    CHECK(intake.numbers == std::vector<std::uint32_t>{0, 1, 2});
    CHECK_FALSE(intake.receiver.hasRest());
}

TEST_CASE("a plain tool's block numbers wrap", "[stream-receiver]")
{
    Intake intake;
    const auto byte = pattern(1);
    for (std::uint32_t i = 0; i < 0x1'0002; ++i)
        REQUIRE(intake.send(static_cast<std::uint16_t>(i), byte));
    CHECK(intake.numbers.size() == 16);
    CHECK(intake.receiver.hasRest());
}

TEST_CASE("a plain tool starts at 0 and leaves nothing out", "[stream-receiver]")
{
    Intake intake;
    const auto bytes = pattern(64);
    CHECK_FALSE(intake.send(1, bytes));
    intake.receiver.startTransfer();
    CHECK(intake.send(0, bytes));
    CHECK_FALSE(intake.send(2, bytes));
    intake.receiver.startTransfer();
    CHECK(intake.send(0, bytes));
    CHECK_FALSE(intake.send(0, bytes));
}

TEST_CASE("positioned transfers are whole blocks and carry their own number", "[stream-receiver]")
{
    Intake intake;
    intake.receiver.setPositioned(true);
    const auto whole = pattern(streamBlockBytes);
    CHECK(intake.send(7, whole));
    CHECK(intake.send(3, whole));
    CHECK(intake.numbers == std::vector<std::uint32_t>{7, 3});
    CHECK_FALSE(intake.send(8, contract::ByteView{whole}.first(streamBlockBytes - 1)));
}

TEST_CASE("a new transfer drops what has not become a block", "[stream-receiver]")
{
    Intake intake;
    CHECK(intake.send(0, pattern(100)));
    CHECK(intake.receiver.hasRest());
    intake.receiver.startTransfer();
    CHECK_FALSE(intake.receiver.hasRest());
    const auto whole = pattern(streamBlockBytes);
    CHECK(intake.send(0, whole));
    CHECK(intake.taken == whole);
}
