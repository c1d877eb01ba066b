#include "bundler/patch_writer.h"

namespace bundler {

static void appendLeb128(std::vector<std::uint8_t>& out, std::size_t value)
{
    for (; value >= 0x80; value >>= 7)
        out.push_back(static_cast<std::uint8_t>(value | 0x80));
    out.push_back(static_cast<std::uint8_t>(value));
}

std::vector<std::uint8_t> makePatch(contract::ByteView slotA, contract::ByteView slotB)
{
    std::vector<std::uint8_t> patch;
    std::size_t previous = 0;
    for (std::size_t offset = 0; offset < slotA.size(); ++offset) {
        if (slotA[offset] == slotB[offset]) continue;
        appendLeb128(patch, offset - previous);
        patch.push_back(slotB[offset]);
        previous = offset;
    }
    return patch;
}

} // namespace bundler
