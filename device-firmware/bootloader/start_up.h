// From reset to a decision: replay the journal, verify, decide, and leave everything in the journal and
// the backup registers that the decision needs (boot.md, Power-on 3 to 6 and 8).
#pragma once

#include "bootloader/journal.h"
#include "bootloader/set_verifier.h"

namespace boot {

/// What the board's main does next.
struct StartResult {
    /// Empty: enter update mode for `reason`.
    std::optional<contract::Slot> run;
    contract::UpdateReason reason = contract::UpdateReason::None;
    bool isTrial = false;        ///< the watchdog has been started
    bool startM4 = false;        ///< not if the application does it itself (set flag)
    std::uint32_t m7Vectors = 0; ///< vector tables of the set to run
    std::uint32_t m4Vectors = 0;
};

class StartUp {
public:
    StartUp(Board& board, const contract::FlashMap& map, const Identity& identity, Journal& journal,
            SetVerifier& verifier);

    /// Runs once per reset. For a trial it appends Trial, writes the ticket and starts the watchdog.
    StartResult run();

private:
    Board& m_board;
    const contract::FlashMap& m_map;
    const Identity& m_identity;
    Journal& m_journal;
    SetVerifier& m_verifier;
};

} // namespace boot
