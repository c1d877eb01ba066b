// What one core's slot will hold, word by word: body (patched when slot B is due), TLVs, erased
// rest.
#pragma once

#include "contract/set_stream.h"

namespace boot {

using FlashWord = contract::ByteArray<contract::flashWordBytes>;

constexpr bool isErased(contract::ByteView bytes)
{
    for (const std::uint8_t byte : bytes) {
        if (byte != 0xFF) return false;
    }
    return true;
}

/// Content is counted in blocks of 4096 bytes from the start of the slot. The stream carries the
/// first `bodyBlocks()`; TLVs may reach one block further.
class SlotContent {
public:
    static constexpr std::uint32_t blockBytes = contract::streamBlockBytes;

    SlotContent() = default;
    /// `tlvs` and `patch` are views of the slot data, which may arrive later. An empty patch: slot
    /// A.
    SlotContent(std::uint32_t bodyBytes, contract::ByteView tlvs, contract::ByteView patch);

    std::uint32_t bodyBlocks() const { return contract::streamBlocks(m_bodyBytes); }
    std::uint32_t blocks() const { return contract::streamBlocks(bytes()); }
    /// Body and TLVs, filled up to a whole flash word.
    std::uint32_t bytes() const;

    /// Turns a body block from slot-A form into this slot's, in place. Cheapest in ascending order.
    void patch(std::uint32_t block, contract::ByteSpan bytes);

    /// A word of `block`; `body` is that body block after `patch`, or nothing behind the body.
    FlashWord word(std::uint32_t block, std::uint32_t wordInBlock, contract::ByteView body) const;
    std::uint32_t wordsIn(std::uint32_t block) const;

private:
    std::uint32_t m_bodyBytes = 0;
    contract::ByteView m_tlvs;
    contract::ByteView m_patch;
    contract::PatchReader m_reader;
    std::optional<contract::PatchEntry> m_next; ///< read and not applied yet
    std::uint32_t m_patchedBytes = 0;           ///< the reader is behind everything before this
};

} // namespace boot
