// What a target makes of the fuzzer's bytes. At their end everything reads as zero, so that every
// prefix of an input is an input.
#pragma once

#include "contract/layout.h"

#include <algorithm>
#include <vector>

namespace fuzz {

using Bytes = std::vector<std::uint8_t>;

class Input {
public:
    Input(const std::uint8_t* bytes, std::size_t size) : m_bytes(bytes, size) {}

    bool isEmpty() const { return m_bytes.empty(); }

    template <std::unsigned_integral T = std::uint8_t>
    T number()
    {
        T value = 0;
        const contract::ByteView bytes = take(sizeof(T));
        for (std::size_t i = 0; i < bytes.size(); ++i)
            value = static_cast<T>(value | static_cast<T>(static_cast<T>(bytes[i]) << (8 * i)));
        return value;
    }

    /// One byte, as a number below `limit` (at most 256).
    std::size_t below(std::size_t limit) { return number() % limit; }
    bool flag() { return (number() & 1) != 0; }

    /// The next bytes, fewer at the end.
    contract::ByteView take(std::size_t count)
    {
        const contract::ByteView taken = m_bytes.first(std::min(count, m_bytes.size()));
        m_bytes = m_bytes.subspan(taken.size());
        return taken;
    }
    contract::ByteView rest() { return take(m_bytes.size()); }

    /// A number of 16 bits, then so many bytes.
    contract::ByteView piece() { return take(number<std::uint16_t>()); }

private:
    contract::ByteView m_bytes;
};

} // namespace fuzz
