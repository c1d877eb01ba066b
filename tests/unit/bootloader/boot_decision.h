// Journals and slots made up for the tests of decideBoot, and its caller's part.
#pragma once

#include "bootloader/decide_boot.h"

#include <catch2/catch.hpp>

namespace boot_decision {

using namespace contract;
using boot::BootAction;
using boot::BootFacts;
using boot::JournalView;
using boot::KnownSet;
using boot::Validity;
using Kind = boot::BootAction::Kind;
using S = contract::SlotState;
using Why = contract::Reason;
using Update = contract::UpdateReason;

/// What really lies in a slot. Good sets can confirm themselves; Plain ones have no boot-client.
enum class Set : std::uint8_t { Good, Plain, Bad };

constexpr SetIdPrefix idOf(Slot slot)
{
    return {static_cast<std::uint8_t>(0xA0 + index(slot))};
}

inline KnownSet known(Set set, Slot slot, boot::SecurityLevel level = {0, 5})
{
    KnownSet result;
    result.validity = set == Set::Bad ? Validity::Invalid : Validity::Valid;
    result.id = set == Set::Bad ? SetIdPrefix{} : idOf(slot);
    result.flags = set == Set::Good ? set_flags::confirmsItself : std::uint16_t{0};
    result.level = level;
    return result;
}

constexpr std::uint8_t crashes(unsigned count)
{
    return static_cast<std::uint8_t>(count);
}
constexpr std::uint8_t powerOffs(unsigned count)
{
    return static_cast<std::uint8_t>(count << 4);
}

inline JournalView journalOf(Slot active, S activeState, S otherState, std::uint8_t starts = 0)
{
    JournalView journal;
    journal.isLost = false;
    journal.isBlank = false;
    journal.activeSlot = static_cast<std::uint8_t>(active);
    journal.state.setState(active, activeState);
    journal.state.setState(other(active), otherState);
    journal.state.starts = starts;
    journal.state.setIds = {idOf(Slot::A), idOf(Slot::B)};
    journal.state.floorCounter = 5;
    return journal;
}

/// Plays the caller: verifies what is asked for, until the decision is there.
struct Decision {
    BootAction action;
    int verifications = 0;
};

inline Decision decide(const JournalView& journal, const std::array<KnownSet, 2>& sets,
                       BootFacts facts = {})
{
    Decision decision;
    while (true) {
        decision.action = decideBoot(journal, facts);
        if (decision.action.kind != Kind::Verify) return decision;
        const std::size_t slot = index(decision.action.slot);
        REQUIRE(facts.sets[slot].validity == Validity::Unknown); // never asks twice
        facts.sets[slot] = sets[slot];
        ++decision.verifications;
    }
}

inline std::array<KnownSet, 2> setsOf(Slot active, Set activeSet, Set otherSet)
{
    std::array<KnownSet, 2> sets;
    sets[index(active)] = known(activeSet, active);
    sets[index(other(active))] = known(otherSet, other(active));
    return sets;
}

} // namespace boot_decision
