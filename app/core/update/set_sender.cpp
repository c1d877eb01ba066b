#include "core/update/set_sender.h"

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
    const contract::StreamHeader& header = m_bundle.streamHeader();
    const std::uint32_t bodies = header.firstBodyBlock();
    const std::uint32_t end = header.totalBlocks();
    TRY(m_dfu.prepare());
    TRY(m_vendor.beginUpdate(m_bundle.streamHeaderHash()));

    // Only with header and slot data can the device tell which bodies it has.
    TRY_ASSIGN(MissingBlocks missing, m_vendor.missing());
    m_wantedBlocks = missing.totalBlocks() == end ? missing.wantedBlocks() : end;
    m_meter.startSending(end - m_wantedBlocks);
    TRY(sendWanted(missing, 0, bodies));
    TRY_ASSIGN(missing, m_vendor.missing());
    if (missing.totalBlocks() != end)
        return fail(ErrorCode::ReplyMalformed, "GET_MISSING counts another stream's blocks");
    m_wantedBlocks = missing.wantedBlocks();
    m_meter.startSending(end - m_wantedBlocks);
    TRY(sendWanted(missing, bodies, end));

    Result<> finished = m_dfu.finish(static_cast<std::uint16_t>(end));
    if (!finished) return tl::unexpected(explain(std::move(finished).error()));
    return {};
}

Result<> SetSender::sendWanted(const MissingBlocks& missing, std::uint32_t first, std::uint32_t end)
{
    for (std::uint32_t block = first; block < end; ++block) {
        if (!missing.isWanted(block)) continue;
        if (m_stop.stop_requested()) return fail(ErrorCode::Cancelled, "between two blocks");
        if (m_clock.nowMs() >= m_endMs) return fail(ErrorCode::OverallTimeout, "while sending");
        const contract::ByteView bytes =
            m_bundle.stream().subspan(std::size_t{block} * streamBlockBytes, streamBlockBytes);
        Result<> sent = m_dfu.download(static_cast<std::uint16_t>(block), bytes);
        if (!sent) return tl::unexpected(explain(std::move(sent).error()));
        --m_wantedBlocks;
        m_meter.sent(streamBlockBytes, m_bundle.streamHeader().totalBlocks() - m_wantedBlocks);
    }
    return {};
}

/// A DFU status has few values; GET_STATUS knows more precisely why the device refused.
Error SetSender::explain(Error error)
{
    if (errorGroup(error.code) != ErrorGroup::Refused) return error;
    const Result<contract::DeviceStatus> status = m_vendor.deviceStatus();
    if (!status) return error;
    if (status->streamFault != contract::StreamFault::None) {
        return {errorOf(status->streamFault),
                error.detail + ", stream fault " +
                    std::to_string(static_cast<unsigned>(status->streamFault))};
    }
    for (const contract::SlotStatus& slot : status->slotStatus) {
        const bool isOurs = slot.setId == m_bundle.streamHeader().setId;
        if (isOurs && slot.state == contract::SlotState::Invalid &&
            slot.reason == contract::Reason::CheckFailed) {
            return {ErrorCode::FinalCheckFailed,
                    error.detail + ", image faults M7 " +
                        std::to_string(static_cast<unsigned>(slot.m7Fault)) + ", M4 " +
                        std::to_string(static_cast<unsigned>(slot.m4Fault))};
        }
    }
    return error;
}

} // namespace updater
