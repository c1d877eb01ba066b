#include "bundler/intel_hex_writer.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>
#include <optional>

namespace bundler {

using contract::flashWordBytes;

namespace {

enum RecordType : std::uint8_t { Data = 0, EndOfFile = 1, LinearBase = 4 };

std::string record(std::uint8_t type, std::uint16_t address, contract::ByteView data)
{
    updater::Bytes bytes{static_cast<std::uint8_t>(data.size()),
                         static_cast<std::uint8_t>(address >> 8),
                         static_cast<std::uint8_t>(address), type};
    bytes.insert(bytes.end(), data.begin(), data.end());
    const auto sum = std::accumulate(bytes.begin(), bytes.end(), 0U);
    bytes.push_back(static_cast<std::uint8_t>(0U - sum));
    std::string text = ":";
    for (const std::uint8_t byte : bytes) {
        std::array<char, 3> digits{};
        std::snprintf(digits.data(), digits.size(), "%02X", byte);
        text += digits.data();
    }
    return text + "\n";
}

} // namespace

std::string intelHex(const std::vector<updater::FlashPiece>& pieces)
{
    std::string text;
    std::optional<std::uint32_t> base;
    for (const updater::FlashPiece& piece : pieces) {
        for (std::uint32_t at = 0; at < piece.bytes.size(); at += flashWordBytes) {
            contract::ByteArray<flashWordBytes> word{};
            word.fill(0xFF);
            const std::size_t count =
                std::min<std::size_t>(flashWordBytes, piece.bytes.size() - at);
            std::copy_n(piece.bytes.begin() + at, count, word.begin());
            if (std::ranges::all_of(word, [](std::uint8_t byte) { return byte == 0xFF; })) continue;
            const std::uint32_t address = piece.address + at;
            if (base != address >> 16) {
                base = address >> 16;
                const contract::ByteArray<2> upper{static_cast<std::uint8_t>(*base >> 8),
                                                   static_cast<std::uint8_t>(*base)};
                text += record(LinearBase, 0, upper);
            }
            text += record(Data, static_cast<std::uint16_t>(address), word);
        }
    }
    return text + record(EndOfFile, 0, {});
}

} // namespace bundler
