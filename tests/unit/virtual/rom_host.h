// A host's half of the DfuSe dialogue, a transfer at a time.
#pragma once

#include "virtual/rom_loader.h"

#include <catch2/catch.hpp>

namespace rom_host {

using namespace virtual_h755;
using contract::dfu::Request;
using contract::dfu::State;
using contract::dfu::Status;
using Bytes = std::vector<std::uint8_t>;

inline constexpr std::uint32_t bank1 = 0x0800'0000;
inline constexpr std::uint32_t bank2 = 0x0810'0000;
inline constexpr std::uint64_t eraseUs = FlashTiming::datasheet().eraseUs;

inline Bytes command(std::uint8_t number, std::uint32_t address)
{
    Bytes bytes{number};
    for (unsigned shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<std::uint8_t>(address >> shift));
    return bytes;
}

inline Bytes pattern(std::size_t bytes, std::uint8_t first = 1)
{
    Bytes data(bytes);
    for (std::size_t i = 0; i < bytes; ++i)
        data[i] = static_cast<std::uint8_t>(first + i % 251);
    return data;
}

struct Answer {
    Status status;
    State state;
    bool operator==(const Answer&) const = default;
};

struct Rig {
    SimulatedClock clock;
    RomOptions options;
    boot::BoardFacts facts;
    FlashModel flash{contract::h755FlashMap, clock};
    RomLoader loader;

    explicit Rig(const RomBehaviour& behaviour = rom92, RomOptions more = {})
        : options(std::move(more)), loader(flash, clock, options, facts)
    {
        options.behaviour = behaviour;
        facts.uniqueId = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        flash.optionBytes() = {};
    }

    static boot::SetupPacket packet(Request request, std::uint16_t value, std::size_t length)
    {
        const bool isIn = request == Request::Upload || request == Request::GetStatus ||
                          request == Request::GetState;
        return {static_cast<std::uint8_t>(isIn ? 0xA1 : 0x21), static_cast<std::uint8_t>(request),
                value, 0, static_cast<std::uint16_t>(length)};
    }
    /// False if it was stalled.
    bool send(Request request, std::uint16_t value = 0, const Bytes& data = {})
    {
        const boot::SetupAnswer answer = loader.setup(packet(request, value, data.size()));
        if (answer.kind == boot::SetupAnswer::Kind::Stall) return false;
        if (answer.kind == boot::SetupAnswer::Kind::Receive) {
            std::copy(data.begin(), data.end(), answer.buffer.begin());
            if (!loader.received()) return false;
        }
        loader.completed();
        return true;
    }
    /// Empty if it was stalled.
    Bytes ask(Request request, std::uint16_t value, std::size_t length)
    {
        const boot::SetupAnswer answer = loader.setup(packet(request, value, length));
        if (answer.kind != boot::SetupAnswer::Kind::Send) return {};
        loader.completed();
        return {answer.data.begin(), answer.data.end()};
    }
    Answer status()
    {
        const Bytes bytes = ask(Request::GetStatus, 0, 6);
        REQUIRE(bytes.size() == 6);
        return {static_cast<Status>(bytes[0]), static_cast<State>(bytes[4])};
    }
    /// DNLOAD and two GETSTATUS, of which the first must say dfuDNBUSY; what the second one says.
    Answer download(std::uint16_t block, const Bytes& data)
    {
        REQUIRE(send(Request::Download, block, data));
        REQUIRE(status() == Answer{Status::Ok, State::DownloadBusy});
        return status();
    }
    Answer setAddress(std::uint32_t address) { return download(0, command(0x21, address)); }
    Answer erase(std::uint32_t address) { return download(0, command(0x41, address)); }
    void program(std::uint32_t address, const Bytes& data)
    {
        REQUIRE(setAddress(address) == ready);
        REQUIRE(download(2, data) == ready);
    }
    /// What the flash holds once it is idle.
    bool holds(std::uint32_t address, const Bytes& wanted)
    {
        (void)flash.snapshot();
        return flash.peek(address, static_cast<std::uint32_t>(wanted.size())) == wanted;
    }
    Bytes upload(std::uint32_t address, std::size_t bytes)
    {
        REQUIRE(send(Request::Abort));
        REQUIRE(setAddress(address) == ready);
        REQUIRE(send(Request::Abort));
        return ask(Request::Upload, 2, bytes);
    }

    static constexpr Answer ready{Status::Ok, State::DownloadIdle};
};

} // namespace rom_host
