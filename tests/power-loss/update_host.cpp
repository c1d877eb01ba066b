#include "update_host.h"

#include "core/signature/digest.h"

#include <algorithm>

namespace power_loss {

using namespace contract;
using virtual_h755::ControlOutcome;
using virtual_h755::Mode;

namespace {

constexpr std::uint8_t classOut = 0x21;
constexpr std::uint8_t classIn = 0xA1;

template <typename Request>
std::uint8_t number(Request request)
{
    return static_cast<std::uint8_t>(request);
}

} // namespace

bool UpdateHost::out(std::uint8_t type, std::uint8_t request, std::uint16_t value, ByteView data)
{
    bundler::Bytes bytes(data.begin(), data.end());
    const auto length = static_cast<std::uint16_t>(bytes.size());
    return m_device.control({type, request, value, 0, length}, bytes).kind ==
           ControlOutcome::Kind::Done;
}

std::optional<bundler::Bytes> UpdateHost::in(std::uint8_t type, std::uint8_t request,
                                             std::uint16_t value, std::uint16_t length)
{
    bundler::Bytes bytes(length);
    const ControlOutcome outcome = m_device.control({type, request, value, 0, length}, bytes);
    if (outcome.kind != ControlOutcome::Kind::Done) return std::nullopt;
    bytes.resize(outcome.bytes);
    return bytes;
}

std::optional<RuntimeStatus> UpdateHost::runtimeStatus()
{
    const auto bytes =
        in(vendor::interfaceIn, number(vendor::Request::GetStatus), 0, RuntimeStatus::encodedBytes);
    if (!bytes || bytes->size() != RuntimeStatus::encodedBytes) return std::nullopt;
    return decode<RuntimeStatus>(ByteView{*bytes}.first<RuntimeStatus::encodedBytes>());
}

std::optional<DeviceStatus> UpdateHost::deviceStatus()
{
    const auto bytes =
        in(vendor::deviceIn, number(vendor::Request::GetStatus), 0, DeviceStatus::encodedBytes);
    if (!bytes || bytes->size() != DeviceStatus::encodedBytes) return std::nullopt;
    return decode<DeviceStatus>(ByteView{*bytes}.first<DeviceStatus::encodedBytes>());
}

bool UpdateHost::waitForEndOfBlock()
{
    for (int i = 0; i < 10'000; ++i) {
        const auto bytes = in(classIn, number(dfu::Request::GetStatus), 0, 6);
        if (!bytes || bytes->size() != 6) return false;
        const auto reply = decode<dfu::StatusReply>(ByteView{*bytes}.first<6>());
        if (reply.status != dfu::Status::Ok || reply.state == dfu::State::Error) return false;
        const bool isBusy =
            reply.state == dfu::State::DownloadBusy || reply.state == dfu::State::DownloadSync ||
            reply.state == dfu::State::Manifest || reply.state == dfu::State::ManifestSync;
        if (!isBusy) return true;
        m_device.run(std::uint64_t{reply.pollTimeoutMs()} * 1000);
    }
    return false;
}

bool UpdateHost::download(std::uint32_t block, ByteView data)
{
    return out(classOut, number(dfu::Request::Download), static_cast<std::uint16_t>(block), data) &&
           waitForEndOfBlock();
}

/// A device without a valid set starts in dfuERROR; anywhere else CLRSTATUS would be an error
/// itself.
bool UpdateHost::clearError()
{
    const auto bytes = in(classIn, number(dfu::Request::GetStatus), 0, 6);
    if (!bytes || bytes->size() != 6) return false;
    const auto state = decode<dfu::StatusReply>(ByteView{*bytes}.first<6>()).state;
    return state != dfu::State::Error || out(classOut, number(dfu::Request::ClearStatus), 0, {});
}

bool UpdateHost::send()
{
    const auto headerHash =
        updater::sha256(ByteView{m_set.stream}.first(StreamHeader::encodedBytes));
    if (!clearError()) return false;
    if (!out(vendor::deviceOut, number(vendor::Request::BeginUpdate), 0, headerHash)) return false;
    const ByteView stream{m_set.stream};
    if (!download(0, stream.first(streamBlockBytes))) return false;
    const auto missing =
        in(vendor::deviceIn, number(vendor::Request::GetMissing), 0, vendor::missingReplyBytes);
    if (!missing || missing->size() < 3) return false;
    const std::uint32_t count = (*missing)[0] | static_cast<std::uint32_t>((*missing)[1]) << 8;
    if (count != m_set.header.totalBlocks()) return false;
    for (std::uint32_t block = 1; block < count; ++block) {
        if (((*missing)[2 + block / 8] >> block % 8 & 1) == 0) continue;
        if (!download(block, stream.subspan(block * streamBlockBytes, streamBlockBytes)))
            return false;
    }
    return download(count, {});
}

bool UpdateHost::waitForDevice()
{
    for (int i = 0; i < 200; ++i) {
        if (m_device.isAttached()) return true;
        m_device.run(10'000);
    }
    return false;
}

bool UpdateHost::isDone()
{
    const auto status = runtimeStatus();
    return status && status->setId == m_set.header.setId && status->state == SlotState::Confirmed;
}

bool UpdateHost::bringToSet()
{
    for (int i = 0; i < maximumConnections; ++i) {
        if (!waitForDevice()) return false;
        if (m_device.mode() == Mode::Bootloader) {
            if (send()) (void)out(vendor::deviceOut, number(vendor::Request::Reboot), 0, {});
        } else {
            m_device.run(1'000'000);
            if (isDone()) return true;
            (void)out(classOut, number(dfu::Request::Detach), 1000, {});
        }
        m_device.run(200'000);
    }
    return waitForDevice() && isDone();
}

} // namespace power_loss
