// What a board keeps without power, in a file: flash with its ECC marks, option bytes, backup
// registers.
#pragma once

#include "virtual/virtual_board.h"

#include <filesystem>
#include <string>

namespace virtual_h755 {

struct BoardState {
    FlashContents flash;
    BackupRegisters backup{};

    explicit BoardState(const contract::FlashMap& map) : flash(map) {}

    bool operator==(const BoardState&) const = default;
};

/// Replaces the file in one step, so that a killed program leaves the old or the new one. Returns
/// what went wrong, or nothing.
[[nodiscard]] std::string saveState(const std::filesystem::path& path, const BoardState& state);

/// Fills `state`, which was made for the board's own flash map. A file of another map, or a damaged
/// one, is refused and leaves `state` untouched.
[[nodiscard]] std::string loadState(const std::filesystem::path& path, BoardState& state);

} // namespace virtual_h755
