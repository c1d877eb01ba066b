#include "bundler/linked_image.h"

#include "bundler/thumb.h"

#include <algorithm>
#include <sstream>

namespace bundler {

namespace {

void appendInstructions(const Bytes& payload, const Piece& piece, std::vector<Unit>& units)
{
    const std::uint32_t end = piece.offset + piece.bytes;
    for (std::uint32_t at = piece.offset; at < end;) {
        std::uint32_t bytes = std::min(2U, end - at);
        if (end - at >= 4) {
            const auto first = static_cast<std::uint16_t>(payload[at] | payload[at + 1] << 8);
            bytes = isLongInstruction(first) ? 4 : 2;
        }
        units.push_back({at, bytes, true});
        at += bytes;
    }
}

void appendWords(const Piece& piece, std::vector<Unit>& units)
{
    for (std::uint32_t done = 0; done < piece.bytes;) {
        const std::uint32_t toBoundary = 4 - (piece.runAddress + done) % 4;
        const std::uint32_t bytes = std::min(toBoundary, piece.bytes - done);
        units.push_back({piece.offset + done, bytes, false});
        done += bytes;
    }
}

} // namespace

std::vector<Unit> LinkedImage::units() const
{
    std::vector<Unit> units;
    for (const Piece& piece : pieces) {
        if (piece.isCode) {
            appendInstructions(payload, piece, units);
        } else {
            appendWords(piece, units);
        }
    }
    return units;
}

std::optional<std::uint32_t> LinkedImage::runAddressOf(std::uint32_t offset) const
{
    for (const Piece& piece : pieces) {
        if (offset >= piece.offset && offset - piece.offset < piece.bytes)
            return piece.runAddress + (offset - piece.offset);
    }
    return std::nullopt;
}

const Symbol* LinkedImage::symbolAt(std::uint32_t offset) const
{
    const auto address = runAddressOf(offset);
    if (!address) return nullptr;
    const auto next = std::ranges::upper_bound(symbols, *address, {}, &Symbol::runAddress);
    return next == symbols.begin() ? nullptr : &*std::prev(next);
}

std::string LinkedImage::placeOf(std::uint32_t offset) const
{
    const Symbol* symbol = symbolAt(offset);
    std::ostringstream text;
    text << std::hex;
    if (symbol == nullptr) {
        text << "payload offset 0x" << offset;
    } else {
        text << symbol->name << "+0x" << *runAddressOf(offset) - symbol->runAddress;
    }
    return text.str();
}

} // namespace bundler
