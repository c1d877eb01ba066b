// From reset to a decision: replay the journal, verify, decide, and leave everything in the journal
// and the backup registers that the decision needs (boot.md, Power-on 3 to 6 and 8).
#pragma once

#include "bootloader/decide_boot.h"
#include "bootloader/journal.h"
#include "bootloader/set_verifier.h"

namespace boot {

/// What the board's main does next.
struct StartResult {
    /// Empty: enter update mode for `reason`. With FaultRepeated the journal has not been replayed.
    std::optional<contract::Slot> run;
    contract::UpdateReason reason = contract::UpdateReason::None;
    bool isTrial = false;        ///< counted, with a ticket and the watchdog
    bool startM4 = false;        ///< not if the application does it itself (set flag)
    std::uint32_t m7Vectors = 0; ///< vector tables of the set to run
    std::uint32_t m4Vectors = 0;
};

class StartUp {
public:
    /// The longest that a trial may leave the watchdog unfed. boot-client feeds it.
    static constexpr std::uint32_t trialWatchdogMs = 8000;

    StartUp(Board& board, const contract::FlashMap& map, Journal& journal, SetVerifier& verifier);

    /// Runs once per reset. For a trial it appends Trial, writes the ticket and starts the
    /// watchdog.
    StartResult run();

private:
    contract::UpdateReason takeStayReason();
    StartResult decide(contract::UpdateReason stay);
    [[nodiscard]] bool record(const BootAction& action);
    void copyStagedSet();
    KnownSet verify(contract::Slot slot);
    bool opensRescueWindow(const BootAction& action) const;
    [[nodiscard]] bool beginTrial(const BootAction& action);
    StartResult jump(const BootAction& action);

    Board& m_board;
    const contract::FlashMap& m_map;
    Journal& m_journal;
    SetVerifier& m_verifier;
    std::array<SetContents, 2> m_contents; ///< [slot], of those verified
};

} // namespace boot
