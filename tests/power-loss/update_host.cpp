#include "update_host.h"

#include "core/signature/digest.h"

namespace power_loss {

using namespace contract;
using virtual_h755::ControlOutcome;

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

bool UpdateHost::vendorOut(vendor::Request request, std::uint16_t value)
{
    return out(vendor::deviceOut, number(request), value, {});
}

std::optional<RuntimeStatus> UpdateHost::runtimeStatus()
{
    const auto bytes =
        in(vendor::interfaceIn, number(vendor::Request::GetStatus), 0, RuntimeStatus::encodedBytes);
    if (!bytes || bytes->size() != RuntimeStatus::encodedBytes) return std::nullopt;
    return decode<RuntimeStatus>(ByteView{*bytes}.first<RuntimeStatus::encodedBytes>());
}

bool UpdateHost::detach()
{
    return out(classOut, number(dfu::Request::Detach), 1000, {});
}

std::optional<DeviceStatus> UpdateHost::deviceStatus()
{
    const auto bytes =
        in(vendor::deviceIn, number(vendor::Request::GetStatus), 0, DeviceStatus::encodedBytes);
    if (!bytes || bytes->size() != DeviceStatus::encodedBytes) return std::nullopt;
    return decode<DeviceStatus>(ByteView{*bytes}.first<DeviceStatus::encodedBytes>());
}

bool UpdateHost::selectSet(Slot slot)
{
    return clearError() && vendorOut(vendor::Request::SelectSet, number(slot)); // in dfuIDLE only
}

bool UpdateHost::reboot()
{
    return vendorOut(vendor::Request::Reboot, 0);
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

bool UpdateHost::sendBlock(std::uint32_t block, ByteView bytes)
{
    return out(classOut, number(dfu::Request::Download), static_cast<std::uint16_t>(block),
               bytes) &&
           waitForEndOfBlock();
}

bool UpdateHost::sendBlock(const bundler::SignedSet& set, std::uint32_t block)
{
    return sendBlock(block,
                     ByteView{set.stream}.subspan(block * streamBlockBytes, streamBlockBytes));
}

/// A device without a valid set starts in dfuERROR; anywhere else CLRSTATUS would be an error
/// itself.
bool UpdateHost::clearError()
{
    const auto bytes = in(classIn, number(dfu::Request::GetStatus), 0, 6);
    if (!bytes || bytes->size() != 6) return false;
    const auto state = decode<dfu::StatusReply>(ByteView{*bytes}.first<6>()).state;
    if (state == dfu::State::Error) return out(classOut, number(dfu::Request::ClearStatus), 0, {});
    return state == dfu::State::Idle || out(classOut, number(dfu::Request::Abort), 0, {});
}

bool UpdateHost::begin(const bundler::SignedSet& set)
{
    const auto hash = updater::sha256(ByteView{set.stream}.first(StreamHeader::encodedBytes));
    return clearError() && out(vendor::deviceOut, number(vendor::Request::BeginUpdate), 0, hash) &&
           sendBlock(set, 0);
}

std::optional<std::vector<std::uint32_t>> UpdateHost::missing(const bundler::SignedSet& set)
{
    const auto reply =
        in(vendor::deviceIn, number(vendor::Request::GetMissing), 0, vendor::missingReplyBytes);
    if (!reply || reply->size() < 3) return std::nullopt;
    const std::uint32_t count = (*reply)[0] | static_cast<std::uint32_t>((*reply)[1]) << 8;
    if (count != set.header.totalBlocks()) return std::nullopt;
    std::vector<std::uint32_t> blocks;
    for (std::uint32_t block = 1; block < count; ++block) {
        if (((*reply)[2 + block / 8] >> block % 8 & 1) != 0) blocks.push_back(block);
    }
    return blocks;
}

bool UpdateHost::activate(const bundler::SignedSet& set)
{
    return sendBlock(set.header.totalBlocks(), {});
}

bool UpdateHost::waitForDevice()
{
    for (int i = 0; i < 200; ++i) {
        if (m_device.isAttached()) return true;
        m_device.run(10'000);
    }
    return false;
}

} // namespace power_loss
