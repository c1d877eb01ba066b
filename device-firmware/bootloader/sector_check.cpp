#include "bootloader/sector_check.h"

#include <algorithm>

namespace boot {

using namespace contract;

SectorCheck::SectorCheck(Board& board, const Crypto& crypto, const FlashMap& map)
    : m_board(board), m_crypto(crypto), m_map(map)
{
}

void SectorCheck::start(const Download& download, const std::array<std::uint32_t, 2>& contentBytes)
{
    m_download = download;
    m_contentBytes = contentBytes;
    m_intact = {};
    m_sector = 0;
    startSector();
}

bool SectorCheck::step()
{
    if (m_sector >= m_download.finishedCount) return true;
    ByteArray<sliceBytes> bytes;
    bytes.fill(0xFF);
    const ByteSpan slice = ByteSpan{bytes}.first(std::min(sliceBytes, m_bytes - m_at));
    const std::uint32_t address = m_map.slot(current().core, m_download.slot).address +
                                  current().sectorOfSlot * m_map.sectorBytes + m_at;
    const bool isReadable =
        !slice.empty() && m_board.flash().read(address, slice) != ReadResult::Bad;
    if (isReadable) m_crypto.update(m_hash, slice);
    m_at += static_cast<std::uint32_t>(slice.size());
    if (!isReadable || m_at == m_bytes) finishSector(isReadable);
    return m_sector >= m_download.finishedCount;
}

void SectorCheck::startSector()
{
    if (m_sector >= m_download.finishedCount) return;
    const std::uint32_t start = current().sectorOfSlot * m_map.sectorBytes;
    const std::uint32_t content = m_contentBytes[index(current().core)];
    m_at = 0;
    m_bytes = start < content ? std::min(m_map.sectorBytes, content - start) : 0;
    m_crypto.start(m_hash);
}

void SectorCheck::finishSector(bool isReadable)
{
    const bool isIntact = isReadable && prefix<16>(m_crypto.finish(m_hash)) == current().digest;
    if (isIntact) m_intact[index(current().core)].add(current().sectorOfSlot);
    ++m_sector;
    startSector();
}

} // namespace boot
