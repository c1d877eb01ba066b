#include "bootloader/set_writer.h"

#include <algorithm>

namespace boot {

using namespace contract;
using dfu::Status;

namespace {

Core coreInBankOf(const FlashMap& map, std::uint32_t address)
{
    const std::uint8_t bank = map.bankOf(address);
    return map.bankOf(map.slot(Core::M7, Slot::A).address) == bank ? Core::M7 : Core::M4;
}

} // namespace

SetWriter::SetWriter(Board& board, const Crypto& crypto, const FlashMap& map, Journal& journal,
                     ByteSpan ring)
    : m_journal(journal), m_journalCore(coreInBankOf(map, map.journal.address)),
      m_writers{SlotWriter{board, crypto, map, Core::M7, ring.first(ring.size() / 2)},
                SlotWriter{board, crypto, map, Core::M4, ring.last(ring.size() / 2)}}
{
}

void SetWriter::start(const SetPlan& plan)
{
    stop();
    m_slot = plan.slot;
    for (const Core core : cores)
        of(core).start(plan.slot, plan.contents[index(core)], plan.finished[index(core)]);
}

void SetWriter::stop()
{
    m_hasBegun = false;
    m_queued = 0;
    for (SlotWriter& writer : m_writers)
        writer.stop();
}

SlotWriter::Push SetWriter::push(const BodyBlock& body, ByteView bytes)
{
    return of(body.core).push(body.number, bytes);
}

bool SetWriter::wants(const BodyBlock& body) const
{
    return of(body.core).wants(body.number);
}

bool SetWriter::wantsNone() const
{
    return m_writers[0].wantsNone() && m_writers[1].wantsNone();
}

void SetWriter::poll()
{
    for (const Core core : cores) {
        const bool givesWay = core == m_journalCore && m_queued != 0;
        of(core).poll(m_hasBegun && !givesWay);
        if (const std::optional<FinishedSector> sector = of(core).takeFinished())
            m_queue[m_queued++] = *sector;
    }
    if (m_queued != 0 && of(m_journalCore).isIdle()) noteFinished();
}

/// Only a later resume depends on a SectorDone, so one that cannot be written is simply dropped.
void SetWriter::noteFinished()
{
    (void)m_journal.appendSectorDone(m_slot, m_queue[0]);
    std::shift_left(m_queue.begin(), m_queue.end(), 1);
    --m_queued;
}

bool SetWriter::isIdle() const
{
    return m_writers[0].isIdle() && m_writers[1].isIdle();
}

bool SetWriter::isComplete() const
{
    return m_writers[0].isComplete() && m_writers[1].isComplete() && m_queued == 0;
}

Status SetWriter::failure() const
{
    const Status first = m_writers[0].failure();
    return first != Status::Ok ? first : m_writers[1].failure();
}

std::uint32_t SetWriter::untilRoomMs() const
{
    return std::min(m_writers[0].untilRoomMs(), m_writers[1].untilRoomMs());
}

std::uint32_t SetWriter::untilWrittenMs() const
{
    return std::max(m_writers[0].untilWrittenMs(), m_writers[1].untilWrittenMs());
}

std::uint32_t SetWriter::erases() const
{
    return m_writers[0].erases() + m_writers[1].erases();
}

std::uint32_t SetWriter::programs() const
{
    return m_writers[0].programs() + m_writers[1].programs();
}

} // namespace boot
