// One description of a wire or flash structure serves both directions: a type lists its fields
// once in `visit`, and `encode` and `decode` walk that list. Everything is little-endian and
// packed.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

namespace contract {

using ByteView = std::span<const std::uint8_t>;
using ByteSpan = std::span<std::uint8_t>;

template <std::size_t size>
using ByteArray = std::array<std::uint8_t, size>;

using Digest = ByteArray<32>;

template <std::size_t size>
constexpr bool startsWith(ByteView bytes, const ByteArray<size>& prefix)
{
    if (bytes.size() < size) return false;
    for (std::size_t i = 0; i < size; ++i) {
        if (bytes[i] != prefix[i]) return false;
    }
    return true;
}

/// The first `size` bytes of a longer value, as journals and set ids abbreviate digests.
template <std::size_t size, std::size_t from>
constexpr ByteArray<size> prefix(const ByteArray<from>& bytes)
{
    static_assert(size <= from);
    ByteArray<size> result{};
    for (std::size_t i = 0; i < size; ++i)
        result[i] = bytes[i];
    return result;
}

/// Writes fields one after the other. The caller provides exactly the bytes that the layout needs.
class Encoder {
public:
    constexpr explicit Encoder(ByteSpan out) : m_out(out) {}

    constexpr void operator()(std::unsigned_integral auto value)
    {
        for (std::size_t i = 0; i < sizeof(value); ++i) {
            m_out[m_offset++] = static_cast<std::uint8_t>(value >> (8 * i));
        }
    }

    template <typename T>
    requires std::is_enum_v<T>
    constexpr void operator()(T value) { (*this)(static_cast<std::underlying_type_t<T>>(value)); }

    template <typename T, std::size_t size>
    constexpr void operator()(const std::array<T, size>& values)
    {
        for (const T& value : values)
            (*this)(value);
    }

    template <typename T>
    requires requires { T::encodedBytes; }
    constexpr void operator()(const T& value) { T::visit(value, *this); }

    constexpr std::size_t offset() const { return m_offset; }

private:
    ByteSpan m_out;
    std::size_t m_offset = 0;
};

/// Reads fields one after the other. It checks no values: each type has its own check for that.
class Decoder {
public:
    constexpr explicit Decoder(ByteView in) : m_in(in) {}

    template <std::unsigned_integral T>
    constexpr void operator()(T& value)
    {
        value = 0;
        for (std::size_t i = 0; i < sizeof(T); ++i) {
            value =
                static_cast<T>(value | static_cast<T>(static_cast<T>(m_in[m_offset++]) << (8 * i)));
        }
    }

    template <typename T>
    requires std::is_enum_v<T>
    constexpr void operator()(T& value)
    {
        std::underlying_type_t<T> raw{};
        (*this)(raw);
        value = static_cast<T>(raw);
    }

    template <typename T, std::size_t size>
    constexpr void operator()(std::array<T, size>& values)
    {
        for (T& value : values)
            (*this)(value);
    }

    template <typename T>
    requires requires { T::encodedBytes; }
    constexpr void operator()(T& value) { T::visit(value, *this); }

    constexpr std::size_t offset() const { return m_offset; }

private:
    ByteView m_in;
    std::size_t m_offset = 0;
};

template <typename T>
constexpr ByteArray<T::encodedBytes> encode(const T& value)
{
    ByteArray<T::encodedBytes> bytes{};
    Encoder encoder{bytes};
    encoder(value);
    return bytes;
}

template <typename T>
constexpr T decode(std::span<const std::uint8_t, T::encodedBytes> bytes)
{
    T value{};
    Decoder decoder{bytes};
    decoder(value);
    return value;
}

/// For a `static_assert` beside each layout: the fields really fill `encodedBytes`.
template <typename T>
constexpr bool fillsItsBytes()
{
    ByteArray<T::encodedBytes> bytes{};
    Encoder encoder{bytes};
    encoder(T{});
    return encoder.offset() == T::encodedBytes;
}

} // namespace contract
