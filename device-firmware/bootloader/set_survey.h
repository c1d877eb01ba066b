// What both slots really hold: verifies them slice by slice, so that EP0 keeps being answered.
#pragma once

#include "bootloader/set_verifier.h"

#include <optional>

namespace boot {

class SetSurvey {
public:
    SetSurvey(Board& board, const Crypto& crypto, const contract::FlashMap& map,
              const Identity& identity)
        : m_verifier(board, crypto, map, identity)
    {
    }

    /// Asks for a slot's verification. Both banks are idle from the first `poll` to `isDone`.
    void ask(contract::Slot slot);
    void askBoth();

    /// The slot is about to be written: whatever it held is gone.
    void forget(contract::Slot slot);

    /// One slice, if there is work.
    void poll();

    bool isDone() const { return !m_running && !m_isAsked[0] && !m_isAsked[1]; }
    /// True if the slot was verified in this power cycle and not written since.
    bool isKnown(contract::Slot slot) const { return m_isKnown[index(slot)]; }
    /// A set without faults, in this power cycle.
    bool isValid(contract::Slot slot) const;
    bool hasValidSet() const { return isValid(contract::Slot::A) || isValid(contract::Slot::B); }
    const SetContents& contents(contract::Slot slot) const { return m_contents[index(slot)]; }

private:
    SetVerifier m_verifier;
    std::array<SetContents, 2> m_contents{}; ///< [slot]
    std::array<bool, 2> m_isKnown{};         ///< [slot]
    std::array<bool, 2> m_isAsked{};         ///< [slot]
    std::optional<contract::Slot> m_running;
};

} // namespace boot
