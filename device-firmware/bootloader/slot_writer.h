// Writes one core's slot: one bank, on its own, as fast as blocks are there. Erases each sector as
// soon as the one before it is done, programs, reads back, and hashes the content for the journal.
#pragma once

#include "bootloader/crypto.h"
#include "bootloader/journal.h"
#include "bootloader/sector_eraser.h"
#include "bootloader/slot_content.h"

namespace boot {

/// Some of a slot's sectors. No slot has more than 16.
class SectorMask {
public:
    bool has(std::uint32_t sectorOfSlot) const { return (m_bits >> sectorOfSlot & 1) != 0; }
    void add(std::uint32_t sectorOfSlot) { m_bits |= 1U << sectorOfSlot; }

private:
    std::uint32_t m_bits = 0;
};

class SlotWriter {
public:
    enum class [[nodiscard]] Push : std::uint8_t{
        Taken,
        NoRoom,     ///< later
        OutOfOrder, ///< a wanted block before it is missing, or it is behind the body
    };

    /// `ring` holds whole blocks between EP0 and the bank.
    SlotWriter(Board& board, const Crypto& crypto, const contract::FlashMap& map,
               contract::Core core, ByteSpan ring);

    /// Prepares for `content`; sectors in `finished` hold it already. No flash operation yet.
    void start(contract::Slot slot, const SlotContent& content, SectorMask finished);

    /// Drops what is not written yet. A running flash operation still has to end.
    void stop();

    /// Takes a body block in slot-A form. One that is already there is compared with the flash,
    /// never programmed again (R4).
    Push push(std::uint32_t block, ByteView bytes);

    /// True for body blocks that are still to be pushed.
    bool wants(std::uint32_t block) const;
    bool wantsNone() const { return m_nextToTake >= m_content.bodyBlocks(); }

    /// Ends a flash operation, and starts the next one if `mayStart`.
    void poll(bool mayStart);

    bool isIdle() const
    {
        return m_phase == Phase::Idle;
    } ///< the bank, as far as this writer knows
    bool isComplete() const;
    contract::dfu::Status failure() const { return m_failure; } ///< Ok: none

    /// A sector that has been finished since the last call.
    std::optional<FinishedSector> takeFinished();

    /// Estimates for bwPollTimeout: until a block can be taken, until everything taken is written.
    std::uint32_t untilRoomMs() const;
    std::uint32_t untilWrittenMs() const;

    std::uint32_t erases() const { return m_erases; }
    std::uint32_t programs() const { return m_programs; }

private:
    enum class Phase : std::uint8_t { Idle, Erasing, Programming };

    void startNext();
    void pollErase();
    void pollProgram();
    void programWord();
    void finishWord();
    void finishBlock();
    void finishSector();
    void compareBlock();
    void pop();
    void fail(contract::dfu::Status status);
    void skipFinished(std::uint32_t& block) const;
    std::uint32_t sectorOf(std::uint32_t block) const;
    std::uint32_t addressOf(std::uint32_t block, std::uint32_t word) const;
    std::uint32_t front() const { return m_numbers[m_head]; }
    ByteSpan frontBytes() const;
    ByteSpan bytesAt(std::size_t place) const;
    std::size_t capacity() const { return m_ring.size() / SlotContent::blockBytes; }

    static constexpr std::size_t maximumQueue = 32;

    Board& m_board;
    const Crypto& m_crypto;
    const contract::FlashMap& m_map;
    const contract::Core m_core;
    const ByteSpan m_ring;

    contract::Slot m_slot = contract::Slot::A;
    SlotContent m_content;
    SectorMask m_finished;
    bool m_isActive = false;
    contract::dfu::Status m_failure = contract::dfu::Status::Ok;

    std::array<std::uint16_t, maximumQueue> m_numbers{}; ///< of the blocks in the ring
    std::size_t m_head = 0;
    std::size_t m_queued = 0;
    std::uint32_t m_nextToTake = 0; ///< body block; everything before it was taken or is finished

    Phase m_phase = Phase::Idle;
    SectorEraser m_eraser;
    std::uint32_t m_block = 0; ///< the block being written
    std::uint32_t m_word = 0;  ///< next word in it
    FlashWord m_current{};     ///< that word, while it is programmed
    std::uint32_t m_programStartMs = 0;
    bool m_isSectorErased = false; ///< the sector of `m_block`, in this power cycle (R4)
    Sha256 m_hash;
    std::optional<FinishedSector> m_finishedSector;

    std::uint32_t m_erases = 0;
    std::uint32_t m_programs = 0;
};

} // namespace boot
