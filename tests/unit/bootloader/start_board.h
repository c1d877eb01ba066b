// A board with real signed sets that is started again and again, for the tests of StartUp.
#pragma once

#include "bootloader/hand_off.h"
#include "bootloader/start_up.h"
#include "support/release_fixture.h"
#include "support/tiny_map.h"
#include "virtual/identity_from_branding.h"
#include "virtual/virtual_board.h"

#include <algorithm>
#include <catch2/catch.hpp>

namespace start_board {

using namespace contract;
using boot::StartResult;
using test_support::ReleaseSpec;
using test_support::tinyMap;
using virtual_h755::Cell;
using virtual_h755::FlashOperation;
using virtual_h755::PowerLoss;
using virtual_h755::Tear;

/// Release 1.0.0 and 2.0.0 with boot-client, 3.0.0 without, and 4.0.0 linked for slot A only.
/// Signed once.
inline const bundler::SignedSet& release(unsigned which)
{
    static const std::array<bundler::SignedSet, 4> releases{
        test_support::makeRelease(tinyMap, {.version = {1}, .counter = 1, .seed = 1}),
        test_support::makeRelease(tinyMap, {.version = {2}, .counter = 2, .seed = 2}),
        test_support::makeRelease(tinyMap, {.version = {3}, .counter = 2, .seed = 3, .flags = 0}),
        test_support::makeRelease(tinyMap,
                                  {.version = {4}, .counter = 2, .seed = 4, .isSingleLink = true})};
    return releases.at(which - 1);
}

struct StartBoard {
    virtual_h755::SimulatedClock clock;
    virtual_h755::FlashModel flash{tinyMap, clock, virtual_h755::FlashTiming::instant()};
    virtual_h755::VirtualBoard board{flash, clock};
    boot::BearSslCrypto crypto;
    boot::Identity identity = virtual_h755::brandedIdentity();
    std::optional<boot::Journal> journal;

    void install(const bundler::SignedSet& set, Slot slot)
    {
        for (const Core core : cores)
            flash.poke(tinyMap.slot(core, slot).address, set.images[index(core)][index(slot)]);
    }

    /// Leaves a release linked for slot A in slot B.
    void stage(const bundler::SignedSet& set)
    {
        for (const Core core : cores)
            flash.poke(tinyMap.slot(core, Slot::B).address, set.images[index(core)][0]);
    }
    bool holds(const bundler::SignedSet& set, Slot slot) const
    {
        return std::all_of(cores.begin(), cores.end(), [&](Core core) {
            const bundler::Bytes& image = set.images[index(core)][0];
            return flash.peek(addressOf(core, slot), static_cast<std::uint32_t>(image.size())) ==
                   image;
        });
    }

    /// What update mode leaves behind: `active` runs next, in this state; the other slot is
    /// confirmed.
    void commit(Slot active, SlotState state)
    {
        boot::SetVerifier verifier{board, crypto, tinyMap, identity};
        StatePayload payload;
        for (const Slot slot : slots) {
            const boot::SetContents& contents = verifier.verify(slot);
            payload.setState(slot, contents.isValid() ? SlotState::Confirmed : SlotState::Empty);
            payload.setIds[index(slot)] = prefix<6>(contents.setId);
        }
        payload.setState(active, state);
        boot::Journal writer{board, tinyMap};
        writer.replay();
        REQUIRE(writer.commit(static_cast<std::uint8_t>(active), payload));
    }

    StartResult start(ResetCause cause = ResetCause::PowerOn)
    {
        flash.neverCutPower();
        return startUntilCut(cause);
    }
    StartResult startUntilCut(ResetCause cause)
    {
        board.reset(cause);
        journal.emplace(board, tinyMap);
        boot::SetVerifier verifier{board, crypto, tinyMap, identity};
        return boot::StartUp(board, tinyMap, *journal, verifier).run();
    }

    /// Plays boot-client's part: programs the ticket.
    void confirm()
    {
        REQUIRE(hasTicket());
        ByteArray<flashWordBytes> word{};
        Encoder encoder{word};
        for (unsigned i = 0; i < 8; ++i)
            encoder(board.backup(H755_BACKUP_TICKET_WORD + i));
        flash.startProgram(board.backup(H755_BACKUP_TICKET_ADDRESS), word);
        REQUIRE(waitFor(board, 0) == boot::FlashResult::Done);
    }
    bool hasTicket() const { return board.backup(H755_BACKUP_TICKET_CRC) != 0; }
    SlotState handedState() const
    {
        return static_cast<SlotState>(board.backup(H755_BACKUP_HAND_OFF_STATE) >> 8 & 0xFF);
    }
    bool isWatchdogRunning()
    {
        clock.sleepUs(std::uint64_t{boot::StartUp::trialWatchdogMs} * 1000 + 1);
        return board.isWatchdogExpired();
    }
    SlotState stateOf(Slot slot) const { return journal->view().state.state(slot); }
    std::uint32_t addressOf(Core core, Slot slot) const { return tinyMap.slot(core, slot).address; }
    void damage(Core core, Slot slot) { flash.damage(addressOf(core, slot) + 0x800, Cell::Bad); }
};

/// A board that runs release 1 from slot A, confirmed.
struct RunningBoard : StartBoard {
    RunningBoard()
    {
        install(release(1), Slot::A);
        commit(Slot::A, SlotState::Confirmed);
    }
};

/// The same, with release 2 downloaded to slot B.
struct UpdatedBoard : RunningBoard {
    explicit UpdatedBoard(const bundler::SignedSet& next = release(2))
    {
        install(next, Slot::B);
        commit(Slot::B, SlotState::Ready);
    }
};

} // namespace start_board
