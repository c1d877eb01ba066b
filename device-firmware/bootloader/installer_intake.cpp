// How blocks of the stream enter a download.
#include "bootloader/installer.h"
#include "bootloader/stream_check.h"

#include "contract/vendor_requests.h"

namespace boot {

using namespace contract;
using dfu::Status;

namespace {

/// The bytes between an image's header and its payload.
ByteView headerFillOf(ByteView firstBlock)
{
    return firstBlock.subspan(ImageHeader::encodedBytes,
                              imageHeaderBytes - ImageHeader::encodedBytes);
}

} // namespace

void Installer::beginUpdate(const Digest& headerHash)
{
    startTransfer();
    m_announced = headerHash;
    m_receiver.setPositioned(true);
}

void Installer::startTransfer()
{
    m_receiver.startTransfer();
    m_slotData.restart();
    m_isHeaderSeen = false;
    m_refusal.reset();
}

void Installer::endTransfer()
{
    m_announced.reset();
    m_receiver.setPositioned(false);
}

void Installer::accept(std::uint16_t blockNumber, std::uint32_t bytes)
{
    if (m_refusal) return;
    if (!m_receiver.accept(blockNumber, bytes)) refuse({Status::ErrAddress});
}

void Installer::takeBlock()
{
    const std::optional<StreamBlock> block = m_receiver.block();
    if (!block || m_refusal || isWorking()) return;
    if (take(*block) && !m_refusal) m_receiver.release();
}

/// False: later.
bool Installer::take(const StreamBlock& block)
{
    if (block.number == 0) {
        takeHeader(block.bytes);
    } else if (!m_isHeaderSeen || block.number >= m_header.totalBlocks()) {
        refuse({Status::ErrAddress});
    } else if (block.number < m_header.firstBodyBlock()) {
        takeSlotData(block);
    } else {
        return takeBody(block);
    }
    return true;
}

void Installer::takeHeader(ByteView bytes)
{
    const auto encoded = bytes.first<StreamHeader::encodedBytes>();
    const Digest hash = m_crypto.sha256(encoded);
    if (m_announced && *m_announced != hash) return refuse({Status::ErrFile});
    if (!isAdmitted() || hash != m_headerHash) {
        const StreamFault fault =
            checkStream(m_crypto, m_identity, m_board.facts().hardwareRevision, m_map, encoded);
        if (fault != StreamFault::None) return refuseHeader(fault);
        m_writer.stop();
        m_header = decode<StreamHeader>(encoded);
        m_headerHash = hash;
        m_stage = Stage::Surveying;
    }
    m_fault = StreamFault::None;
    m_isHeaderSeen = true;
}

void Installer::takeSlotData(const StreamBlock& block)
{
    const Status status = m_slotData.take(block.number, block.bytes);
    if (status != Status::Ok) return refuse({status});
    if (m_stage == Stage::Filling && m_slotData.isComplete()) open();
}

bool Installer::takeBody(const StreamBlock& block)
{
    if (m_stage == Stage::Filling) {
        refuse({Status::ErrAddress}); // before the slot data
        return true;
    }
    const BodyBlock body = bodyBlockAt(m_header, block.number);
    if (body.number == 0 && !isErased(headerFillOf(block.bytes))) {
        refuse({Status::ErrFile}); // only the journal writes there (Journal::carry)
        return true;
    }
    const SlotWriter::Push push = m_writer.push(body, block.bytes);
    if (push == SlotWriter::Push::OutOfOrder) refuse({Status::ErrAddress});
    return push != SlotWriter::Push::NoRoom;
}

void Installer::refuse(const Refusal& refusal)
{
    m_refusal = refusal;
    endTransfer();
}

void Installer::refuseHeader(StreamFault fault)
{
    m_fault = fault;
    refuse(refusalOf(fault));
}

/// True if the header has been accepted and its blocks can be counted.
bool Installer::isAdmitted() const
{
    return m_stage != Stage::Idle && m_stage != Stage::Surveying && m_stage != Stage::Comparing &&
           m_stage != Stage::Failing;
}

/// The header is always wanted once per transfer: it says which stream follows, and it is the block
/// that ends a resume with nothing else left to send.
bool Installer::wants(std::uint32_t block) const
{
    if (block == 0) return !m_isHeaderSeen;
    if (block < m_header.firstBodyBlock()) return m_slotData.wants(block);
    return m_writer.wants(bodyBlockAt(m_header, block));
}

std::size_t Installer::writeMissing(ByteSpan out) const
{
    const bool isKnown = isAdmitted() && (!m_announced || *m_announced == m_headerHash);
    const auto count = static_cast<std::uint16_t>(isKnown ? m_header.totalBlocks() : 1);
    Encoder encoder{out};
    encoder(count);
    for (std::uint32_t first = 0; first < count; first += 8) {
        std::uint8_t bits = 0;
        for (std::uint32_t block = first; block < first + 8 && block < count; ++block) {
            if (!isKnown || wants(block)) bits |= static_cast<std::uint8_t>(1U << (block - first));
        }
        encoder(bits);
    }
    return encoder.offset();
}

} // namespace boot
