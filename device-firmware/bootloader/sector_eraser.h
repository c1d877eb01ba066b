// Erases one sector at a time without waiting for it: one retry, and the bound of R7.
#pragma once

#include "bootloader/board.h"

namespace boot {

class SectorEraser {
public:
    explicit SectorEraser(Board& board) : m_board(board) {}

    /// The sector's bank must be idle.
    void start(contract::Sector sector);

    /// Busy until the sector is erased; anything else ends it.
    FlashResult poll();

    /// Still busy after all the time that R7 allows: the flash is broken.
    bool isLate() const;

    /// An estimate, at least 1 ms.
    std::uint32_t remainingMs() const;

private:
    Board& m_board;
    contract::Sector m_sector;
    std::uint32_t m_startMs = 0;
    bool m_isRetried = false;
};

} // namespace boot
