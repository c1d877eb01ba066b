#include "bootloader/stream_receiver.h"

#include <algorithm>

namespace boot {

using contract::streamBlockBytes;

void StreamReceiver::startTransfer()
{
    m_nextNumber = 0;
    m_position = 0;
    m_blockBytes = 0;
    m_transferAt = 0;
    m_transferBytes = 0;
}

void StreamReceiver::setPositioned(bool isPositioned)
{
    m_isPositioned = isPositioned;
    startTransfer();
}

bool StreamReceiver::accept(std::uint16_t blockNumber, std::uint32_t bytes)
{
    if (bytes == 0 || bytes > streamBlockBytes) return false;
    if (m_isPositioned) {
        if (bytes != streamBlockBytes) return false;
        m_position = blockNumber;
    } else if (blockNumber != m_nextNumber++) {
        return false;
    }
    m_transferAt = 0;
    m_transferBytes = bytes;
    collect();
    return true;
}

std::optional<StreamBlock> StreamReceiver::block() const
{
    if (m_blockBytes != streamBlockBytes) return std::nullopt;
    return StreamBlock{m_position, m_block};
}

void StreamReceiver::release()
{
    m_blockBytes = 0;
    ++m_position;
    collect();
}

void StreamReceiver::collect()
{
    const std::uint32_t bytes =
        std::min(m_transferBytes - m_transferAt, streamBlockBytes - m_blockBytes);
    std::copy_n(m_transfer.begin() + m_transferAt, bytes, m_block.begin() + m_blockBytes);
    m_transferAt += bytes;
    m_blockBytes += bytes;
}

} // namespace boot
