#include "bootloader/slot_writer.h"

#include <algorithm>
#include <utility>

namespace boot {

using namespace contract;
using dfu::Status;

namespace {

constexpr std::uint32_t blockMs = 13;         // 128 words of 0.1 ms
constexpr std::uint32_t programLimitMs = 100; // 0.2 ms at most by the datasheet
constexpr std::uint32_t typicalEraseMs = 1000;

} // namespace

SlotWriter::SlotWriter(Board& board, const Crypto& crypto, const FlashMap& map, Core core,
                       ByteSpan ring)
    : m_board(board), m_crypto(crypto), m_map(map), m_core(core), m_ring(ring), m_eraser(board)
{
}

void SlotWriter::start(Slot slot, const SlotContent& content, SectorMask finished)
{
    stop();
    m_slot = slot;
    m_content = content;
    m_finished = finished;
    m_isActive = true;
    m_failure = Status::Ok;
    m_nextToTake = 0;
    m_block = 0;
    skipFinished(m_nextToTake);
    skipFinished(m_block);
}

void SlotWriter::stop()
{
    m_isActive = false;
    m_head = 0;
    m_queued = 0;
    m_word = 0;
    m_isSectorErased = false;
    m_finishedSector.reset();
}

SlotWriter::Push SlotWriter::push(std::uint32_t block, ByteView bytes)
{
    const bool isNext = block == m_nextToTake;
    if (block >= m_content.bodyBlocks() || (wants(block) && !isNext)) return Push::OutOfOrder;
    if (m_queued == capacity()) return Push::NoRoom;
    const std::size_t place = (m_head + m_queued) % capacity();
    m_numbers[place] = static_cast<std::uint16_t>(block);
    std::copy(bytes.begin(), bytes.end(), bytesAt(place).begin());
    m_content.patch(block, bytesAt(place));
    ++m_queued;
    if (isNext) skipFinished(++m_nextToTake);
    return Push::Taken;
}

bool SlotWriter::wants(std::uint32_t block) const
{
    return block >= m_nextToTake && !m_finished.has(sectorOf(block));
}

bool SlotWriter::isComplete() const
{
    return m_isActive && m_queued == 0 && m_block >= m_content.blocks();
}

std::optional<FinishedSector> SlotWriter::takeFinished()
{
    return std::exchange(m_finishedSector, std::nullopt);
}

std::uint32_t SlotWriter::untilRoomMs() const
{
    return (m_phase == Phase::Erasing ? m_eraser.remainingMs() : 0) + blockMs;
}

std::uint32_t SlotWriter::untilWrittenMs() const
{
    const bool isEraseDue = m_phase == Phase::Idle && !m_isSectorErased && !isComplete();
    return untilRoomMs() + static_cast<std::uint32_t>(m_queued) * blockMs +
           (isEraseDue ? typicalEraseMs : 0);
}

void SlotWriter::poll(bool mayStart)
{
    if (m_phase == Phase::Erasing) pollErase();
    if (m_phase == Phase::Programming) pollProgram();
    if (m_phase == Phase::Idle && m_isActive && mayStart && m_failure == Status::Ok) startNext();
}

void SlotWriter::startNext()
{
    if (m_queued != 0 && front() < m_block) return compareBlock();
    if (m_block >= m_content.blocks()) return;
    if (!m_isSectorErased) {
        m_eraser.start(m_map.sectorAt(addressOf(m_block, 0)));
        m_phase = Phase::Erasing;
        ++m_erases;
    } else if (m_block >= m_content.bodyBlocks() || (m_queued != 0 && front() == m_block)) {
        programWord();
    }
}

void SlotWriter::pollErase()
{
    const FlashResult result = m_eraser.poll();
    if (result == FlashResult::Busy && m_eraser.isLate()) fail(Status::ErrErase);
    if (result == FlashResult::Busy) return;
    m_phase = Phase::Idle;
    if (result != FlashResult::Done) return fail(Status::ErrErase);
    m_isSectorErased = m_isActive;
    m_crypto.start(m_hash);
}

/// Programs the next word that is not erased anyway (R8), and hashes it while the flash works.
void SlotWriter::programWord()
{
    const ByteView body = m_block < m_content.bodyBlocks() ? frontBytes() : ByteView{};
    for (; m_word < m_content.wordsIn(m_block); ++m_word) {
        m_current = m_content.word(m_block, m_word, body);
        const bool isSkipped = isErased(m_current);
        if (!isSkipped) {
            m_board.flash().startProgram(addressOf(m_block, m_word), m_current);
            m_phase = Phase::Programming;
            m_programStartMs = m_board.nowMs();
            ++m_programs;
        }
        m_crypto.update(m_hash, m_current);
        if (!isSkipped) return;
    }
    finishBlock();
}

void SlotWriter::pollProgram()
{
    const FlashResult result =
        m_board.flash().poll(m_map.bankOf(m_map.slot(m_core, m_slot).address));
    const bool isLate = m_board.nowMs() - m_programStartMs > programLimitMs;
    if (result == FlashResult::Busy && isLate) fail(Status::ErrProg);
    if (result == FlashResult::Busy) return;
    m_phase = Phase::Idle;
    if (!m_isActive) return;
    if (result != FlashResult::Done) return fail(Status::ErrProg);
    FlashWord found{};
    if (m_board.flash().read(addressOf(m_block, m_word), found) != ReadResult::Ok ||
        found != m_current) {
        return fail(Status::ErrVerify);
    }
    if (++m_word == m_content.wordsIn(m_block)) finishBlock();
}

void SlotWriter::finishBlock()
{
    const std::uint32_t sector = sectorOf(m_block);
    if (m_block < m_content.bodyBlocks()) pop();
    m_word = 0;
    ++m_block;
    if (m_block == m_content.blocks() || sectorOf(m_block) != sector) {
        const auto digest = prefix<16>(m_crypto.finish(m_hash));
        m_finishedSector = FinishedSector{m_core, static_cast<std::uint8_t>(sector), digest};
        m_finished.add(sector);
        m_isSectorErased = false;
        skipFinished(m_block);
    }
}

void SlotWriter::compareBlock()
{
    const std::uint32_t block = front();
    for (std::uint32_t word = 0; word < m_content.wordsIn(block); ++word) {
        FlashWord found{};
        found.fill(0xFF);
        const ReadResult result = m_board.flash().read(addressOf(block, word), found);
        if (result == ReadResult::Bad || found != m_content.word(block, word, frontBytes()))
            return fail(Status::ErrVerify);
    }
    pop();
}

void SlotWriter::pop()
{
    m_head = (m_head + 1) % capacity();
    --m_queued;
}

void SlotWriter::fail(Status status)
{
    if (m_isActive) m_failure = status;
}

/// Moves `block` behind finished sectors, at most behind the content.
void SlotWriter::skipFinished(std::uint32_t& block) const
{
    const std::uint32_t blocksPerSector = m_map.sectorBytes / SlotContent::blockBytes;
    while (block < m_content.blocks() && m_finished.has(sectorOf(block)))
        block = (sectorOf(block) + 1) * blocksPerSector;
}

std::uint32_t SlotWriter::sectorOf(std::uint32_t block) const
{
    return block * SlotContent::blockBytes / m_map.sectorBytes;
}

std::uint32_t SlotWriter::addressOf(std::uint32_t block, std::uint32_t word) const
{
    return m_map.slot(m_core, m_slot).address + block * SlotContent::blockBytes +
           word * flashWordBytes;
}

ByteSpan SlotWriter::frontBytes() const
{
    return bytesAt(m_head);
}

ByteSpan SlotWriter::bytesAt(std::size_t place) const
{
    return m_ring.subspan(place * SlotContent::blockBytes, SlotContent::blockBytes);
}

} // namespace boot
