// States in which a fuzzed device may be met, each reached by a real history.
#pragma once

#include "fuzzed_device.h"

namespace fuzz {

enum class Begin : std::uint8_t {
    Empty,
    OneSet,          ///< confirmed in slot A
    TwoSets,         ///< B active, A its predecessor
    PartialDownload, ///< A active, half of the second release in B
    Ready,           ///< A confirmed, B complete and not started yet
    Trial,           ///< B started and not confirmed
    OnlyTrial,       ///< the same as the first installation
    JournalLost,     ///< two sets, a blank journal
    Rotten,          ///< one word of each slot unreadable
    Staged,          ///< A confirmed, its successor staged in B for a copy
    Copied,          ///< A confirmed, B its backup
};
inline constexpr std::size_t beginStates = 11;

struct BeginState {
    Remains remains;
    bool isBootable = false;
};

/// Made once per process.
const BeginState& beginState(MapChoice map, Begin begin);

} // namespace fuzz
