#include "core/dfu/vendor_client.h"

#include "core/dfu/dfu_timing.h"

#include <algorithm>

namespace updater {

using contract::vendor::Request;

namespace {

bool isKnown(const contract::SlotStatus& slot)
{
    return slot.state <= contract::SlotState::Invalid &&
           slot.reason <= contract::Reason::Unfinished &&
           slot.m7Fault <= contract::ImageFault::VectorTable &&
           slot.m4Fault <= contract::ImageFault::VectorTable && slot.isVerified <= 1;
}

bool isSlotOrNone(std::uint8_t slot)
{
    return slot <= 1 || slot == contract::noSet;
}

/// Every enumeration holds a value that this protocol version defines.
bool isKnown(const contract::DeviceStatus& status)
{
    return isKnown(status.slotStatus[0]) && isKnown(status.slotStatus[1]) &&
           status.resetCause <= contract::ResetCause::Fault &&
           status.updateReason <= contract::UpdateReason::CopyFailed &&
           status.journalHealth <= contract::JournalHealth::ReadOnly &&
           status.streamFault <= contract::StreamFault::Bounds && isSlotOrNone(status.activeSlot) &&
           isSlotOrNone(status.downloadSlot);
}

bool isKnown(const contract::RuntimeStatus& status)
{
    const bool isPlausible = status.state == contract::SlotState::Empty ||
                             status.state == contract::SlotState::Trial ||
                             status.state == contract::SlotState::Confirmed;
    return isPlausible && isSlotOrNone(status.slot);
}

} // namespace

ErrorCode errorOf(contract::StreamFault fault)
{
    switch (fault) {
    case contract::StreamFault::Product: return ErrorCode::WrongProduct;
    case contract::StreamFault::Hardware: return ErrorCode::WrongHardware;
    case contract::StreamFault::Counter: return ErrorCode::CounterTooLow;
    case contract::StreamFault::Bootloader: return ErrorCode::BootloaderTooOld;
    case contract::StreamFault::Key:
    case contract::StreamFault::Signature: return ErrorCode::RefusedSignature;
    case contract::StreamFault::Magic:
    case contract::StreamFault::FormatVersion:
    case contract::StreamFault::Flags:
    case contract::StreamFault::Bounds: return ErrorCode::RefusedStream;
    case contract::StreamFault::None: break;
    }
    return ErrorCode::ReplyMalformed;
}

MissingBlocks::MissingBlocks(std::uint16_t count, contract::ByteView bitmap) : m_wanted(count)
{
    for (std::size_t i = 0; i < count; ++i)
        m_wanted[i] = (bitmap[i / 8] >> (i % 8) & 1) != 0;
}

std::uint32_t MissingBlocks::wantedBlocks() const
{
    return static_cast<std::uint32_t>(std::count(m_wanted.begin(), m_wanted.end(), true));
}

Result<contract::DeviceStatus> checkedStatus(contract::ByteView reply)
{
    constexpr std::size_t length = contract::DeviceStatus::encodedBytes;
    contract::ByteArray<length> bytes{};
    std::copy_n(reply.begin(), std::min(reply.size(), length), bytes.begin());
    if (reply.size() < 4) return fail(ErrorCode::ReplyMalformed, "GET_STATUS length");
    const auto status = contract::decode<contract::DeviceStatus>(bytes);
    if (status.protocol != contract::protocolVersion) {
        return fail(ErrorCode::ProtocolUnknown,
                    "bootloader protocol " + std::to_string(status.protocol));
    }
    if (reply.size() != length || status.structureBytes != length)
        return fail(ErrorCode::ReplyMalformed, "GET_STATUS length");
    if (!isKnown(status)) return fail(ErrorCode::ReplyMalformed, "GET_STATUS has unknown values");
    return status;
}

Result<contract::DeviceStatus> VendorClient::deviceStatus()
{
    // More than this version has, so that a longer reply is noticed instead of cut.
    contract::ByteArray<512> bytes{};
    TRY_ASSIGN(const std::size_t length,
               receive(contract::vendor::deviceIn, Request::GetStatus, 0, 0, bytes));
    return checkedStatus(contract::ByteView(bytes).first(length));
}

Result<contract::RuntimeStatus> VendorClient::runtimeStatus()
{
    contract::ByteArray<128> bytes{};
    TRY_ASSIGN(const std::size_t length, receive(contract::vendor::interfaceIn, Request::GetStatus,
                                                 0, m_connection.interfaceNumber(), bytes));
    if (length < 2) return fail(ErrorCode::ReplyMalformed, "run-time GET_STATUS length");
    const auto status = contract::decode<contract::RuntimeStatus>(
        contract::ByteView(bytes).first<contract::RuntimeStatus::encodedBytes>());
    if (status.protocol != contract::runtimeStatusVersion) {
        return fail(ErrorCode::ProtocolUnknown,
                    "run-time status version " + std::to_string(status.protocol));
    }
    if (length != contract::RuntimeStatus::encodedBytes)
        return fail(ErrorCode::ReplyMalformed, "run-time GET_STATUS length");
    if (!isKnown(status))
        return fail(ErrorCode::ReplyMalformed, "run-time GET_STATUS has unknown values");
    return status;
}

Result<> VendorClient::beginUpdate(const contract::Digest& headerHash)
{
    return send(Request::BeginUpdate, 0, headerHash);
}

Result<MissingBlocks> VendorClient::missing()
{
    contract::ByteArray<contract::vendor::missingReplyBytes> bytes{};
    TRY_ASSIGN(const std::size_t length,
               receive(contract::vendor::deviceIn, Request::GetMissing, 0, 0, bytes));
    if (length < 2) return fail(ErrorCode::ReplyMalformed, "GET_MISSING length");
    const auto count = static_cast<std::uint16_t>(bytes[0] | bytes[1] << 8);
    if (count > contract::vendor::maximumBlocks || length != 2U + (count + 7U) / 8U)
        return fail(ErrorCode::ReplyMalformed, "GET_MISSING length");
    return MissingBlocks(count, contract::ByteView(bytes).subspan(2));
}

Result<JournalPage> VendorClient::journalPage(std::uint16_t page)
{
    JournalPage bytes{};
    TRY_ASSIGN(const std::size_t length,
               receive(contract::vendor::deviceIn, Request::GetJournal, page, 0, bytes));
    if (length != bytes.size()) return fail(ErrorCode::ReplyMalformed, "GET_JOURNAL length");
    return bytes;
}

Result<> VendorClient::stay()
{
    return send(Request::Stay, 0, {});
}

Result<> VendorClient::reboot(contract::vendor::RebootTarget target)
{
    return send(Request::Reboot, static_cast<std::uint16_t>(target), {});
}

Result<> VendorClient::selectSet(contract::Slot slot)
{
    return send(Request::SelectSet, static_cast<std::uint16_t>(slot), {});
}

Result<std::size_t> VendorClient::receive(std::uint8_t requestType, Request request,
                                          std::uint16_t value, std::uint16_t index,
                                          contract::ByteSpan out)
{
    const SetupFields setup{requestType, static_cast<std::uint8_t>(request), value, index};
    TRY_ASSIGN(const TransferEnd end, m_connection.controlIn(setup, out, dfu_timing::transferMs));
    if (end.bytes > out.size()) return fail(ErrorCode::ReplyMalformed, "more than asked for");
    if (!end.isStalled) return end.bytes;
    // Firmware that does not know GET_STATUS at all is not ours, or not of this generation.
    return fail(request == Request::GetStatus ? ErrorCode::ProtocolUnknown : ErrorCode::NotAllowed,
                "vendor request " + std::to_string(setup.request) + " stalled");
}

Result<> VendorClient::send(Request request, std::uint16_t value, contract::ByteView bytes)
{
    const SetupFields setup{contract::vendor::deviceOut, static_cast<std::uint8_t>(request), value,
                            0};
    TRY_ASSIGN(const TransferEnd end,
               m_connection.controlOut(setup, bytes, dfu_timing::transferMs));
    const auto number = std::to_string(setup.request);
    if (end.isStalled) return fail(ErrorCode::NotAllowed, "vendor request " + number + " stalled");
    if (end.bytes != bytes.size())
        return fail(ErrorCode::TransferFailed, "vendor request " + number + " was cut short");
    return {};
}

} // namespace updater
