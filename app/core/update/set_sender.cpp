#include "core/update/set_sender.h"

#include <algorithm>

namespace updater {

using contract::streamBlockBytes;

SetSender::SetSender(UsbConnection& connection, Clock& clock, const VerifiedBundle& bundle,
                     ProgressMeter& meter)
    : m_dfu(connection, clock), m_vendor(connection), m_clock(clock), m_bundle(bundle),
      m_meter(meter)
{
}

Result<> SetSender::send(std::stop_token stop, std::uint64_t endMs)
{
    m_stop = std::move(stop);
    m_endMs = endMs;
    TRY(m_dfu.prepare());
    m_isDownloading = false;
    Result<> sent = sendAll();
    if (sent || !isDownloadLost(sent.error())) return sent;
    return fail(ErrorCode::TransferFailed, "the download was cut off: " + sent.error().detail);
}

Result<> SetSender::sendAll()
{
    TRY(m_vendor.beginUpdate(m_bundle.streamHeaderHash()));
    TRY(sendHeader());
    TRY(sendWanted());
    const auto end = static_cast<std::uint16_t>(m_bundle.streamHeader().totalBlocks());
    Result<> finished = m_dfu.finish(end);
    if (!finished) return tl::unexpected(explain(std::move(finished).error()));
    return {};
}

/// Only with the header can the device compare what it has and count what it wants.
Result<> SetSender::sendHeader()
{
    TRY_ASSIGN(const MissingBlocks missing, m_vendor.missing());
    if (!missing.isWanted(0)) return {};
    // What it has is not known again yet: show what an earlier connection has found.
    const std::uint32_t blocksDone = m_meter.current().blocksDone;
    m_wantedBlocks = std::max(m_bundle.streamHeader().totalBlocks() - blocksDone, 1U);
    m_meter.startSending(blocksDone);
    return sendBlock(0);
}

Result<> SetSender::sendWanted()
{
    const std::uint32_t end = m_bundle.streamHeader().totalBlocks();
    TRY_ASSIGN(const MissingBlocks missing, m_vendor.missing());
    if (missing.totalBlocks() != end)
        return fail(ErrorCode::ReplyMalformed, "GET_MISSING counts another stream's blocks");
    m_wantedBlocks = missing.wantedBlocks();
    m_meter.startSending(end - m_wantedBlocks);
    for (std::uint32_t block = 0; block < end; ++block) {
        if (!missing.isWanted(block)) continue;
        TRY(sendBlock(block));
    }
    return {};
}

Result<> SetSender::sendBlock(std::uint32_t block)
{
    if (m_stop.stop_requested()) return fail(ErrorCode::Cancelled, "between two blocks");
    if (m_clock.nowMs() >= m_endMs) return fail(ErrorCode::OverallTimeout, "while sending");
    const contract::ByteView bytes =
        m_bundle.stream().subspan(std::size_t{block} * streamBlockBytes, streamBlockBytes);
    m_isDownloading = true;
    Result<> sent = m_dfu.download(static_cast<std::uint16_t>(block), bytes);
    if (!sent) return tl::unexpected(explain(std::move(sent).error()));
    --m_wantedBlocks;
    m_meter.sent(streamBlockBytes, m_bundle.streamHeader().totalBlocks() - m_wantedBlocks);
    return {};
}

/// A host that has slept resets the bus when it wakes and tells no program of it. The bootloader
/// has ended the download then: it is idle, or in the error that it starts with, or has stalled
/// what does not belong there. That is no refusal, and beginning again goes on with the next block.
bool SetSender::isDownloadLost(const Error& error)
{
    using contract::dfu::State;
    using contract::dfu::Status;
    const bool isPossible =
        errorGroup(error.code) == ErrorGroup::Refused || error.code == ErrorCode::ReplyMalformed;
    if (!isPossible) return false;
    const Result<contract::dfu::StatusReply> reply = m_dfu.status();
    if (!reply) return false;
    if (reply->state == State::Idle) return m_isDownloading;
    return reply->state == State::Error &&
           (reply->status == Status::ErrFirmware || reply->status == Status::ErrStalledPacket);
}

/// A DFU status has few values; GET_STATUS knows more precisely why the device refused.
Error SetSender::explain(Error error)
{
    if (errorGroup(error.code) != ErrorGroup::Refused) return error;
    const Result<contract::DeviceStatus> status = m_vendor.deviceStatus();
    if (!status) return error;
    const auto number = [](auto value) { return std::to_string(static_cast<unsigned>(value)); };
    if (status->streamFault != contract::StreamFault::None) {
        error.code = errorOf(status->streamFault);
        error.detail += ", stream fault " + number(status->streamFault);
    } else if (error.code == ErrorCode::RefusedStream) {
        // The blocks are in order, so the device has forgotten those before: see isDownloadLost.
        error.code = ErrorCode::TransferFailed;
    } else if (status->journalHealth == contract::JournalHealth::ReadOnly) {
        error.code = ErrorCode::JournalReadOnly;
    } else if (m_wantedBlocks <= 1 && (error.code == ErrorCode::FlashVerify ||
                                       error.code == ErrorCode::RefusedSignature)) {
        error.code = ErrorCode::FinalCheckFailed; // the block that completes the set
        for (const contract::SlotStatus& slot : status->slotStatus)
            error.detail += ", image faults " + number(slot.m7Fault) + ' ' + number(slot.m4Fault);
    }
    return error;
}

} // namespace updater
