// Writes Intel HEX records, so that a test can choose every byte.
#pragma once

#include "bundler/intel_hex.h"

#include <cstdio>
#include <initializer_list>

namespace bundler_test {

/// ":LLAAAATT...CC" and a line end, with the right checksum.
inline std::string hexRecord(unsigned type, unsigned address, const bundler::Bytes& data)
{
    bundler::Bytes bytes{static_cast<std::uint8_t>(data.size()),
                         static_cast<std::uint8_t>(address >> 8),
                         static_cast<std::uint8_t>(address), static_cast<std::uint8_t>(type)};
    bytes.insert(bytes.end(), data.begin(), data.end());
    unsigned sum = 0;
    for (const std::uint8_t byte : bytes)
        sum += byte;
    bytes.push_back(static_cast<std::uint8_t>(0U - sum));
    std::string line = ":";
    for (const std::uint8_t byte : bytes) {
        std::array<char, 3> digits{};
        std::snprintf(digits.data(), digits.size(), "%02X", byte);
        line += digits.data();
    }
    return line + "\r\n";
}

inline const std::string hexEnd = ":00000001FF\r\n";

/// Type 04: the upper half of the addresses that follow.
inline std::string hexBase(std::uint32_t address)
{
    return hexRecord(
        4, 0, {static_cast<std::uint8_t>(address >> 24), static_cast<std::uint8_t>(address >> 16)});
}

/// A whole file: 16 bytes a record. `bytes` does not cross a boundary of 64 KB.
inline std::string writeHex(std::uint32_t start, const bundler::Bytes& bytes)
{
    std::string text = hexBase(start);
    for (std::size_t at = 0; at < bytes.size(); at += 16) {
        const std::size_t length = std::min<std::size_t>(16, bytes.size() - at);
        const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(at);
        text += hexRecord(0, (start + static_cast<std::uint32_t>(at)) & 0xFFFF,
                          {from, from + static_cast<std::ptrdiff_t>(length)});
    }
    return text + hexEnd;
}

} // namespace bundler_test
