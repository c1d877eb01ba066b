#include "bootloader/slot_content.h"

#include <algorithm>

namespace boot {

using namespace contract;

SlotContent::SlotContent(std::uint32_t bodyBytes, ByteView tlvs, ByteView patch)
    : m_bodyBytes(bodyBytes), m_tlvs(tlvs), m_patch(patch)
{
}

std::uint32_t SlotContent::bytes() const
{
    const auto bytes = m_bodyBytes + static_cast<std::uint32_t>(m_tlvs.size());
    return (bytes + flashWordBytes - 1) / flashWordBytes * flashWordBytes;
}

void SlotContent::patch(std::uint32_t block, ByteSpan bytes)
{
    const std::uint32_t start = block * blockBytes;
    if (start < m_patchedBytes || m_patchedBytes == 0) {
        m_reader = PatchReader{m_patch, m_bodyBytes};
        m_next = m_reader.next();
    }
    const std::uint32_t end = start + blockBytes;
    for (; m_next && m_next->offset < end; m_next = m_reader.next()) {
        if (m_next->offset >= start) bytes[m_next->offset - start] = m_next->value;
    }
    m_patchedBytes = end;
}

FlashWord SlotContent::word(std::uint32_t block, std::uint32_t wordInBlock, ByteView body) const
{
    FlashWord word{};
    const std::uint32_t inBlock = wordInBlock * flashWordBytes;
    for (std::uint32_t i = 0; i < flashWordBytes; ++i) {
        const std::uint32_t offset = block * blockBytes + inBlock + i;
        if (offset < m_bodyBytes) {
            word[i] = body[inBlock + i];
        } else {
            const std::uint32_t inTlvs = offset - m_bodyBytes;
            word[i] = inTlvs < m_tlvs.size() ? m_tlvs[inTlvs] : std::uint8_t{0xFF};
        }
    }
    return word;
}

std::uint32_t SlotContent::wordsIn(std::uint32_t block) const
{
    return std::min(blockBytes, bytes() - block * blockBytes) / flashWordBytes;
}

} // namespace boot
