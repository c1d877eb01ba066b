#include "virtual/neighbour.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace virtual_h755 {

namespace {

std::optional<std::uint16_t> parseId(std::string_view text)
{
    std::uint16_t id = 0;
    constexpr int hexadecimal = 16;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), id, hexadecimal);
    const bool isWhole = error == std::errc{} && end == text.data() + text.size();
    return isWhole && text.size() == 4 ? std::optional(id) : std::nullopt;
}

constexpr std::uint8_t low(std::uint16_t word)
{
    return static_cast<std::uint8_t>(word);
}

constexpr std::uint8_t high(std::uint16_t word)
{
    return static_cast<std::uint8_t>(word >> 8);
}

ControlOutcome answer(contract::ByteView bytes, contract::ByteSpan data)
{
    const std::size_t length = std::min(bytes.size(), data.size());
    std::copy_n(bytes.begin(), length, data.begin());
    return {ControlOutcome::Kind::Done, length};
}

} // namespace

std::optional<UsbIds> parseUsbIds(std::string_view text)
{
    constexpr std::size_t colonAt = 4;
    if (text.size() <= colonAt || text[colonAt] != ':') return std::nullopt;
    const auto vendor = parseId(text.substr(0, colonAt));
    const auto product = parseId(text.substr(colonAt + 1));
    if (!vendor || !product) return std::nullopt;
    return UsbIds{*vendor, *product};
}

ControlOutcome Neighbour::control(const boot::SetupPacket& packet, contract::ByteSpan data)
{
    constexpr std::uint8_t getDescriptor = 6;
    constexpr std::uint8_t setConfiguration = 9;
    const std::array<std::uint8_t, 18> device{18,
                                              1,
                                              0,
                                              2,
                                              0,
                                              0,
                                              0,
                                              64,
                                              low(m_ids.vendor),
                                              high(m_ids.vendor),
                                              low(m_ids.product),
                                              high(m_ids.product),
                                              0,
                                              1,
                                              0,
                                              0,
                                              0,
                                              1};
    constexpr std::array<std::uint8_t, 18> configuration{
        9, 2, 18, 0, 1, 1,    0, 0x80, 50, // bus-powered, 100 mA
        9, 4, 0,  0, 0, 0xFF, 0, 0,    0}; // one interface of the maker's own class
    if (packet.request == setConfiguration) return {ControlOutcome::Kind::Done, 0};
    if (packet.request != getDescriptor) return {ControlOutcome::Kind::Stalled, 0};
    if (packet.value == 0x0100) return answer(device, data);
    if (packet.value == 0x0200) return answer(configuration, data);
    return {ControlOutcome::Kind::Stalled, 0};
}

} // namespace virtual_h755
