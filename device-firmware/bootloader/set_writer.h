// Writes both cores' slots at once, one bank each, and notes finished sectors in the journal
// whenever bank 1 is idle (R11).
#pragma once

#include "bootloader/slot_writer.h"

namespace boot {

/// What goes where. Views of slot data and header stay valid while the writer works.
struct SetPlan {
    contract::Slot slot = contract::Slot::A;
    std::array<SlotContent, 2> contents{}; ///< [core]
    std::array<SectorMask, 2> finished{};  ///< [core]
};

class SetWriter {
public:
    SetWriter(Board& board, const Crypto& crypto, const contract::FlashMap& map, Journal& journal,
              ByteSpan ring);

    /// Prepares; flash operations begin with `begin`, once the journal says what is about to
    /// happen.
    void start(const SetPlan& plan);
    void begin() { m_hasBegun = true; }
    void stop();

    SlotWriter::Push push(const contract::BodyBlock& body, ByteView bytes);
    bool wants(const contract::BodyBlock& body) const;
    bool wantsNone() const;

    void poll();

    bool isIdle() const;     ///< neither bank has an operation of ours
    bool isComplete() const; ///< everything taken and written, every sector noted
    contract::dfu::Status failure() const;

    std::uint32_t untilRoomMs() const;
    std::uint32_t untilWrittenMs() const;
    std::uint32_t erases() const;
    std::uint32_t programs() const;

private:
    SlotWriter& of(contract::Core core) { return m_writers[index(core)]; }
    const SlotWriter& of(contract::Core core) const { return m_writers[index(core)]; }
    void noteFinished();

    Journal& m_journal;
    const contract::Core m_journalCore;  ///< whose bank holds the journal
    std::array<SlotWriter, 2> m_writers; ///< [core]
    contract::Slot m_slot = contract::Slot::A;
    bool m_hasBegun = false;
    std::array<FinishedSector, 16> m_queue{}; ///< SectorDones that wait for bank 1
    std::size_t m_queued = 0;
};

} // namespace boot
