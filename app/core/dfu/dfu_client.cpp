#include "core/dfu/dfu_client.h"

#include "core/dfu/dfu_timing.h"

#include <algorithm>

namespace updater {

using contract::dfu::Request;
using contract::dfu::State;
using contract::dfu::Status;
using contract::dfu::StatusReply;

namespace {

constexpr std::uint8_t classInterfaceOut = 0x21;
constexpr std::uint8_t classInterfaceIn = 0xA1;

bool isBusy(State state)
{
    return state == State::DownloadBusy || state == State::DownloadSync ||
           state == State::Manifest || state == State::ManifestSync;
}

std::string describe(const StatusReply& reply)
{
    return "DFU status " + std::to_string(static_cast<unsigned>(reply.status)) + " in state " +
           std::to_string(static_cast<unsigned>(reply.state));
}

} // namespace

ErrorCode errorOf(Status status)
{
    switch (status) {
    case Status::ErrTarget: return ErrorCode::WrongProduct;
    case Status::ErrFile: return ErrorCode::RefusedSignature;
    case Status::ErrAddress: return ErrorCode::RefusedStream;
    case Status::ErrVendor: return ErrorCode::CounterTooLow;
    case Status::ErrErase:
    case Status::ErrCheckErased: return ErrorCode::FlashErase;
    case Status::ErrWrite:
    case Status::ErrProg: return ErrorCode::FlashProgram;
    case Status::ErrVerify: return ErrorCode::FlashVerify;
    case Status::ErrNotDone:
    case Status::ErrFirmware: return ErrorCode::FinalCheckFailed;
    case Status::ErrUsbReset:
    case Status::ErrPowerOnReset: return ErrorCode::ConnectionLost;
    case Status::ErrStalledPacket: return ErrorCode::NotAllowed;
    case Status::Ok:
    case Status::ErrUnknown: break;
    }
    return ErrorCode::ReplyMalformed;
}

Result<StatusReply> DfuClient::status()
{
    contract::ByteArray<StatusReply::encodedBytes> bytes{};
    const SetupFields setup{classInterfaceIn, static_cast<std::uint8_t>(Request::GetStatus), 0,
                            m_connection.interfaceNumber()};
    TRY_ASSIGN(const TransferEnd end, m_connection.controlIn(setup, bytes, dfu_timing::transferMs));
    if (end.isStalled) return fail(ErrorCode::ReplyMalformed, "DFU_GETSTATUS stalled");
    if (end.bytes != bytes.size()) return fail(ErrorCode::ReplyMalformed, "DFU_GETSTATUS length");
    const auto reply = contract::decode<StatusReply>(bytes);
    if (reply.state > State::Error || reply.status > Status::ErrStalledPacket)
        return fail(ErrorCode::ReplyMalformed, describe(reply));
    return reply;
}

Result<> DfuClient::prepare()
{
    constexpr int attempts =
        4; // error -> CLRSTATUS -> idle; or a download of another host -> ABORT
    for (int i = 0; i < attempts; ++i) {
        TRY_ASSIGN(const StatusReply reply, status());
        if (reply.state == State::Idle) return {};
        if (reply.state == State::Error) {
            TRY(send(Request::ClearStatus, 0, {}));
        } else if (isBusy(reply.state)) {
            m_clock.sleepMs(std::clamp(reply.pollTimeoutMs(), 1U, dfu_timing::longestPollMs));
        } else {
            TRY(abort());
        }
    }
    return fail(ErrorCode::DeviceStayedBusy, "the device does not reach dfuIDLE");
}

Result<> DfuClient::download(std::uint16_t block, contract::ByteView bytes)
{
    if (bytes.empty() || bytes.size() > contract::dfu::transferBytes)
        return fail(ErrorCode::InternalError, "block size");
    return downloadAndWait(block, bytes, State::DownloadIdle);
}

Result<> DfuClient::finish(std::uint16_t block)
{
    return downloadAndWait(block, {}, State::Idle);
}

Result<> DfuClient::abort()
{
    return send(Request::Abort, 0, {});
}

Result<> DfuClient::detach()
{
    return send(Request::Detach, contract::dfu::detachTimeoutMs, {});
}

Result<> DfuClient::send(Request request, std::uint16_t value, contract::ByteView bytes)
{
    const SetupFields setup{classInterfaceOut, static_cast<std::uint8_t>(request), value,
                            m_connection.interfaceNumber()};
    TRY_ASSIGN(const TransferEnd end,
               m_connection.controlOut(setup, bytes, dfu_timing::transferMs));
    const auto number = std::to_string(static_cast<unsigned>(request));
    if (end.isStalled) return fail(ErrorCode::NotAllowed, "DFU request " + number + " stalled");
    if (end.bytes != bytes.size())
        return fail(ErrorCode::TransferFailed, "DFU request " + number + " was cut short");
    return {};
}

Result<> DfuClient::downloadAndWait(std::uint16_t block, contract::ByteView bytes, State wanted)
{
    Result<> sent = send(Request::Download, block, bytes);
    // A stalled DNLOAD leaves its reason in the status (DFU 1.1 A.2.3).
    if (!sent && sent.error().code != ErrorCode::NotAllowed) return sent;
    TRY(waitWhileBusy(wanted));
    return sent;
}

Result<> DfuClient::waitWhileBusy(State wanted)
{
    const std::uint64_t endMs = m_clock.nowMs() + dfu_timing::busyMs;
    while (true) {
        TRY_ASSIGN(const StatusReply reply, status());
        if (reply.state == State::Error || reply.status != Status::Ok)
            return fail(errorOf(reply.status), describe(reply));
        if (reply.state == wanted) return {};
        if (!isBusy(reply.state)) return fail(ErrorCode::ReplyMalformed, describe(reply));
        if (m_clock.nowMs() >= endMs) return fail(ErrorCode::DeviceStayedBusy, describe(reply));
        m_clock.sleepMs(std::clamp(reply.pollTimeoutMs(), 1U, dfu_timing::longestPollMs));
    }
}

} // namespace updater
