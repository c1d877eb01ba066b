#include "bundler/linked_image.h"

#include "bundler/intel_hex.h"
#include "bundler/thumb.h"
#include "contract/image_format.h"

#include <algorithm>
#include <iomanip>
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

std::string addressText(std::uint32_t address)
{
    std::ostringstream text;
    text << "0x" << std::hex << std::setw(8) << std::setfill('0') << address;
    return text.str();
}

updater::Result<LinkedImage> readSingleLink(Bytes file, const contract::Region& slot)
{
    // Raw bytes begin with the initial stack pointer, a multiple of 4: neither 0x7f nor ':'.
    const std::uint8_t first = file.empty() ? 0 : file.front();
    if (first == 0x7f) return readElf(std::move(file), slot);
    const contract::Region place{slot.address + contract::imageHeaderBytes,
                                 slot.bytes - contract::imageHeaderBytes};
    if (first == ':') {
        const std::string text(file.begin(), file.end());
        TRY_ASSIGN(file, readIntelHex(text, place));
    }
    if (file.size() > place.bytes)
        return updater::fail(updater::ErrorCode::BundleImageTooLarge, "longer than its slot");
    const auto bytes = static_cast<std::uint32_t>(file.size());
    return LinkedImage{std::move(file), {{0, place.address, bytes, false}}, {}};
}

} // namespace bundler
