#include "bootloader/board.h"

namespace boot {

FlashResult waitFor(Board& board, std::uint8_t bank)
{
    constexpr std::uint32_t limitMs = 10'000; // R7
    const std::uint32_t startMs = board.nowMs();
    while (true) {
        const FlashResult result = board.flash().poll(bank);
        if (result != FlashResult::Busy) return result;
        if (board.nowMs() - startMs > limitMs) return FlashResult::Failed;
        board.idle();
    }
}

} // namespace boot
