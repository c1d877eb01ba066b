// What to do at power-on, as a pure function (boot.md, Power-on 4 to 6 and R9). The caller verifies
// the sets that the decision asks for, then commits the decision's State and acts.
#pragma once

#include "bootloader/journal.h"
#include "bootloader/set_verifier.h"

namespace boot {

/// Starts that a trial may need before it is confirmed (boot.md, Power-on 6).
inline constexpr std::uint8_t crashStartLimit = 2;
inline constexpr std::uint8_t powerOffStartLimit = 8;

enum class Validity : std::uint8_t { Unknown, Valid, Invalid };

/// What is known of the set in one slot. Everything below `validity` counts only if that is Valid.
struct KnownSet {
    Validity validity = Validity::Unknown;
    bool isBlank = false;
    bool isStaged = false; ///< in slot B, linked for slot A
    contract::SetIdPrefix id{};
    std::uint16_t flags = 0; ///< set_flags
    SecurityLevel level;
    contract::Version releaseVersion;
};
KnownSet knownSet(const SetContents& contents);

/// What the decision depends on besides the journal.
struct BootFacts {
    contract::ResetCause cause = contract::ResetCause::Unknown;
    contract::UpdateReason stay = contract::UpdateReason::None; ///< why not to boot at all
    bool canAppend = true;  ///< false once an append to the journal or its rebuild has failed (R2)
    bool hasCopied = false; ///< in this start; a second copy would fail as well
    std::array<KnownSet, 2> sets{}; ///< [slot]
};

struct BootAction {
    enum class Kind : std::uint8_t {
        Verify,     ///< verify `slot` and ask again
        Run,        ///< jump to the set in `slot`
        RunTrial,   ///< likewise, after a Trial, with a ticket and the watchdog
        Copy,       ///< copy the set staged in slot B to slot A, verify A and ask again
        UpdateMode, ///< for `reason`
    };
    Kind kind = Kind::Verify;
    contract::Slot slot = contract::Slot::A;
    contract::UpdateReason reason = contract::UpdateReason::None;

    /// What the journal must say before the action is taken; not for Verify, nor without
    /// `canAppend`.
    std::uint8_t activeSlot = contract::noSet;
    contract::StatePayload state;
    bool rebuildsJournal = false; ///< erase the journal first, then write the State (R9)
};

/// The State once the trial start that the last reset has ended is accounted for: confirmed, or
/// counted.
contract::StatePayload settledState(const JournalView& journal, contract::ResetCause cause);

/// Asks for at most two verifications and one copy, then decides.
BootAction decideBoot(const JournalView& journal, const BootFacts& facts);

} // namespace boot
