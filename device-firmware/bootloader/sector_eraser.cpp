#include "bootloader/sector_eraser.h"

namespace boot {

namespace {

constexpr std::uint32_t typicalMs = 1000; // datasheet, PSIZE = x64
constexpr std::uint32_t limitMs = 10'000; // R7

} // namespace

void SectorEraser::start(contract::Sector sector)
{
    m_sector = sector;
    m_startMs = m_board.nowMs();
    m_isRetried = false;
    m_board.flash().startErase(sector);
}

FlashResult SectorEraser::poll()
{
    const FlashResult result = m_board.flash().poll(m_sector.bank);
    if (result != FlashResult::Failed || m_isRetried) return result;
    m_isRetried = true;
    m_startMs = m_board.nowMs();
    m_board.flash().startErase(m_sector);
    return FlashResult::Busy;
}

bool SectorEraser::isLate() const
{
    return m_board.nowMs() - m_startMs > limitMs;
}

std::uint32_t SectorEraser::remainingMs() const
{
    const std::uint32_t elapsedMs = m_board.nowMs() - m_startMs;
    constexpr std::uint32_t lateMs = 20; // longer than typical: ask again soon
    return elapsedMs < typicalMs ? typicalMs - elapsedMs : lateMs;
}

} // namespace boot
