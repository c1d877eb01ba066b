// A board in update mode and the two kinds of host that talk to it: a plain DFU 1.1 tool, and ours
// with its vendor requests. Flash, crypto and streams are the real ones.
#pragma once

#include "bootloader/update_mode.h"
#include "support/release_fixture.h"
#include "support/tiny_map.h"
#include "virtual/identity_from_branding.h"
#include "virtual/timed_crypto.h"
#include "virtual/virtual_board.h"

#include <catch2/catch.hpp>
#include <memory>

namespace update_bench {

using namespace contract;
using boot::Restart;
using boot::SetupPacket;
using bundler::Bytes;
using bundler::SignedSet;
using contract::dfu::State;
using contract::dfu::Status;
using contract::dfu::StatusReply;
using test_support::ReleaseSpec;
using virtual_h755::FlashTiming;

/// Releases for the small map, built once: `oldSet` 1.0.0 counter 1, `newSet` 1.1.0 counter 2. The
/// M7 of newSet ends 64 bytes before a block's end, so that its TLVs reach into a block of their
/// own.
const SignedSet& oldSet();
const SignedSet& newSet();
/// A release for the small map, cached by its description.
const SignedSet& release(const ReleaseSpec& spec);

class UpdateBench {
public:
    explicit UpdateBench(FlashTiming timing = FlashTiming::instant(),
                         const FlashMap& map = test_support::smallMap);

    const FlashMap& map;
    virtual_h755::SimulatedClock clock;
    virtual_h755::FlashModel flash;
    virtual_h755::VirtualBoard board{flash, clock};
    virtual_h755::TimedCrypto crypto{clock};
    boot::Identity identity = virtual_h755::brandedIdentity();
    std::optional<boot::Journal> journal;
    std::optional<boot::UpdateMode> mode;

    /// Puts a release into a slot past all rules.
    void place(const SignedSet& set, Slot slot);
    /// Writes a State, as the start-up code would have left it.
    void decide(std::uint8_t activeSlot, SlotState a, SlotState b);
    /// A usual device: oldSet confirmed in `slot`, the other slot empty.
    void install(Slot slot = Slot::A);

    /// A reset into update mode; without `reset` nothing of RAM survives.
    void start(UpdateReason reason = UpdateReason::Requested);
    void run(std::uint32_t ms);
    /// Until the verification that update mode begins with has ended.
    void settle() { run(3000); }

    /// One control transfer. Nothing: stalled.
    std::optional<Bytes> in(std::uint8_t type, std::uint8_t request, std::uint16_t value,
                            std::uint16_t index, std::uint16_t length);
    bool out(std::uint8_t type, std::uint8_t request, std::uint16_t value, std::uint16_t index,
             ByteView data = {});

    // DFU
    StatusReply status();
    State state();
    bool download(std::uint32_t block, ByteView bytes);
    /// Sends a block and polls as hosts do until it is taken or refused.
    StatusReply send(std::uint32_t block, ByteView bytes);
    bool clearStatus() { return out(0x21, 4, 0, 0); }
    bool abort() { return out(0x21, 6, 0, 0); }
    /// The zero-length DNLOAD and GETSTATUS.
    bool finish();
    StatusReply lastStatus;

    // Vendor requests
    DeviceStatus deviceStatus();
    bool beginUpdate(const SignedSet& set);
    /// Block numbers that GET_MISSING lists, of `total` blocks.
    std::vector<std::uint32_t> missing(std::size_t* total = nullptr);
    bool vendorOut(vendor::Request request, std::uint16_t value = 0);

    /// Sends as dfu-util does, and stops at the first error. True: dfuIDLE at the end.
    bool sendPlain(const Bytes& stream, std::size_t transferBytes = dfu::transferBytes);
    /// Sends as our tools do: only what is missing. Stops after `most` blocks without finishing.
    bool sendOurs(const SignedSet& set, std::size_t most = 100'000);
    std::size_t blocksSent = 0;

    /// True if the slot holds exactly this release's images for that slot.
    bool holds(const SignedSet& set, Slot slot) const;
    std::vector<std::uint8_t> contents(Slot slot) const;
    SlotState slotState(Slot slot) { return deviceStatus().slot(slot).state; }

private:
    std::unique_ptr<boot::UpdateMemory> m_memory;
};

/// A device with two releases, newSet confirmed and running in A, in update mode and at rest.
struct TwoSets : UpdateBench {
    explicit TwoSets(UpdateReason reason = UpdateReason::Requested);
};

Digest headerHash(const SignedSet& set);
ByteView blockOf(const Bytes& stream, std::uint32_t block);

} // namespace update_bench
