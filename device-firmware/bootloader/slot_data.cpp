#include "bootloader/slot_data.h"

#include <algorithm>

namespace boot {

using namespace contract;
using dfu::Status;

void SlotData::start(const StreamHeader& header)
{
    m_header = header;
    m_isComplete = false;
    restart();
}

void SlotData::restart()
{
    m_next = 1;
    m_crypto.start(m_hash);
}

Status SlotData::take(std::uint32_t block, ByteView bytes)
{
    const std::uint32_t offset = (block - 1) * streamBlockBytes;
    const std::uint32_t count = std::min(streamBlockBytes, m_header.slotDataBytes() - offset);
    const ByteView part = bytes.first(count);
    const ByteSpan place = m_memory.subspan(offset, count);
    if (m_isComplete) {
        return std::equal(part.begin(), part.end(), place.begin()) ? Status::Ok : Status::ErrFile;
    }
    if (block != m_next) return Status::ErrAddress;
    std::copy(part.begin(), part.end(), place.begin());
    m_crypto.update(m_hash, part);
    if (++m_next < m_header.firstBodyBlock()) return Status::Ok;

    m_isComplete = m_crypto.finish(m_hash) == m_header.slotDataHash && arePatchesSound();
    if (m_isComplete) return Status::Ok;
    restart();
    return Status::ErrFile;
}

SlotContent SlotData::contentOf(Core core, Slot slot) const
{
    const SlotDataView view = slotDataOf(m_header, bytes(), core);
    const bool isLinkA = slot == Slot::A || m_header.isForSlotAOnly();
    return {m_header.part(core).bodyBytes, isLinkA ? view.tlvA : view.tlvB,
            isLinkA ? ByteView{} : view.patch};
}

bool SlotData::arePatchesSound() const
{
    for (const Core core : cores) {
        PatchReader reader{slotDataOf(m_header, bytes(), core).patch,
                           m_header.part(core).bodyBytes};
        while (reader.next()) {
        }
        if (reader.isMalformed()) return false;
    }
    return true;
}

} // namespace boot
