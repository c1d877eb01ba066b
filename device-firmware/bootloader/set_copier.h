// Copies the set staged in slot B to slot A, for releases that are linked for slot A only (boot.md,
// "Images linked for slot A only"). Runs at start-up, before USB is there, and waits for the flash:
// typically 10 s for full slots, 40 s at the datasheet's worst.
#pragma once

#include "bootloader/board.h"

namespace boot {

class SetCopier {
public:
    SetCopier(Board& board, const contract::FlashMap& map) : m_board(board), m_map(map) {}

    /// Overwrites slot A sector by sector, each word read back, until all is done or something
    /// fails: verifying A tells. B has been verified in this power cycle (R5); `imageBytes` are its
    /// images' lengths, [core].
    void copy(const std::array<std::uint32_t, 2>& imageBytes);

private:
    [[nodiscard]] bool copyImage(contract::Core core, std::uint32_t bytes);
    [[nodiscard]] bool erase(contract::Sector sector);
    [[nodiscard]] bool copyWord(std::uint32_t from, std::uint32_t to);

    Board& m_board;
    const contract::FlashMap& m_map;
};

} // namespace boot
