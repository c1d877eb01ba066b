#include "hostile_bus.h"

#include "branding/branding.h"
#include "core/usb/device_text.h"
#include "invariant.h"

namespace fuzz {

using namespace contract;
using updater::DeviceMode;
using updater::ErrorCode;
using updater::Result;
using updater::SetupFields;
using updater::TransferEnd;

namespace {

constexpr UniqueId uniqueId{0x31, 0x00, 0x2A, 0x00, 0x0F, 0x51};
constexpr std::uint8_t classIn = 0xA1;
constexpr std::uint8_t classOut = 0x21;

bool isRequest(const SetupFields& setup, std::uint8_t type, auto request)
{
    return setup.requestType == type && setup.request == static_cast<std::uint8_t>(request);
}

template <typename T>
Bytes bytesOf(const T& value)
{
    const auto encoded = encode(value);
    return {encoded.begin(), encoded.end()};
}

} // namespace

class HostileConnection final : public updater::UsbConnection {
public:
    explicit HostileConnection(HostileBus& bus) : m_bus(bus) {}

    Result<TransferEnd> controlIn(const SetupFields& setup, ByteSpan out,
                                  std::uint32_t timeoutMs) override
    {
        invariant(out.size() <= maximumBytes && timeoutMs != 0, "transfers have limits");
        return m_bus.answerIn(setup, out, timeoutMs);
    }
    Result<TransferEnd> controlOut(const SetupFields& setup, ByteView bytes,
                                   std::uint32_t timeoutMs) override
    {
        invariant(bytes.size() <= maximumBytes && timeoutMs != 0, "transfers have limits");
        return m_bus.answerOut(setup, bytes, timeoutMs);
    }
    std::uint16_t interfaceNumber() const override { return 0; }

private:
    HostileBus& m_bus;
};

HostileBus::HostileBus(Input& input, const StreamHeader& header, bool startsInApplication)
    : m_input(input), m_header(header), m_isApplication(startsInApplication)
{
}

updater::UsbDevice HostileBus::honestDevice() const
{
    updater::UsbDevice device;
    device.bus = 1;
    device.address = m_address;
    device.portPath = "1-1";
    device.vendorId = branding::vendorId;
    device.productId = m_isApplication ? branding::runtimeProductId : branding::bootloaderProductId;
    device.mode = m_isApplication ? DeviceMode::Application : DeviceMode::Bootloader;
    device.serial = updater::serialOf(uniqueId);
    return device;
}

void HostileBus::spoil(updater::UsbDevice& device)
{
    const std::uint8_t what = m_input.number();
    if ((what & 1) != 0) device.address = m_input.number();
    if ((what & 2) != 0) device.portPath = "1-2";
    if ((what & 4) != 0) {
        const ByteView text = m_input.take(m_input.below(32));
        device.serial =
            updater::printable({reinterpret_cast<const char*>(text.data()), text.size()});
    }
    if ((what & 8) != 0) device.problem = updater::Error{ErrorCode::PermissionDenied, "spoiled"};
    if ((what & 16) != 0) device.mode = DeviceMode::Application;
    if ((what & 32) != 0) device.mode = DeviceMode::Bootloader;
}

Result<std::vector<updater::UsbDevice>> HostileBus::devices()
{
    m_clock.sleepMs(1);
    const std::uint8_t how = m_input.number();
    std::vector<updater::UsbDevice> found(1, honestDevice());
    if (how < 160) return found;
    if (how < 190) return std::vector<updater::UsbDevice>{};
    if (how < 200) return updater::fail(ErrorCode::InternalError, "listing");
    if (how < 220) found.push_back(honestDevice());
    for (updater::UsbDevice& device : found)
        spoil(device);
    return found;
}

Result<std::unique_ptr<updater::UsbConnection>> HostileBus::open(const updater::UsbDevice&)
{
    if (m_input.number() >= 240) return updater::fail(ErrorCode::ConnectionLost, "gone");
    return std::make_unique<HostileConnection>(*this);
}

void HostileBus::waitForChange(std::uint32_t timeoutMs, std::stop_token)
{
    m_clock.sleepMs(std::max(timeoutMs, 1U));
}

Result<TransferEnd> HostileBus::fail(std::uint32_t timeoutMs)
{
    const std::size_t how = m_input.below(4);
    if (how == 0) return TransferEnd{.isStalled = true};
    if (how == 1) {
        m_clock.sleepMs(timeoutMs);
        return updater::fail(ErrorCode::DeviceSilent, "hostile");
    }
    return updater::fail(how == 2 ? ErrorCode::ConnectionLost : ErrorCode::TransferFailed,
                         "hostile");
}

Result<TransferEnd> HostileBus::answerIn(const SetupFields& setup, ByteSpan out,
                                         std::uint32_t timeoutMs)
{
    ++m_requests;
    const std::uint8_t how = m_input.number();
    if (how >= 240) return fail(timeoutMs);
    Bytes reply = honestReply(setup);
    if (how >= 128 && how < 200 && !reply.empty()) { // some bytes of it are other ones
        for (std::size_t edits = 1 + how % 4U; edits > 0; --edits) {
            const std::size_t at = m_input.number<std::uint16_t>() % reply.size();
            reply[at] = m_input.number();
        }
    } else if (how >= 220) {
        reply.resize(m_input.number<std::uint16_t>() % 600, m_input.number());
    } else if (how >= 200) {
        const ByteView bytes = m_input.take(m_input.number());
        reply.assign(bytes.begin(), bytes.end());
    }
    const std::size_t sent = std::min(reply.size(), out.size());
    std::copy_n(reply.begin(), sent, out.begin());
    remember(setup, ByteView{reply}.first(sent));
    // A babbling device is one that has sent more than asked for.
    return TransferEnd{.bytes = how == 239 ? reply.size() : sent};
}

Result<TransferEnd> HostileBus::answerOut(const SetupFields& setup, ByteView bytes,
                                          std::uint32_t timeoutMs)
{
    ++m_requests;
    const std::uint8_t how = m_input.number();
    if (how >= 240) return fail(timeoutMs);
    obey(setup, bytes.size());
    if (how >= 230) return TransferEnd{.bytes = bytes.size() / 2};
    return TransferEnd{.bytes = bytes.size()};
}

void HostileBus::obey(const SetupFields& setup, std::size_t bytes)
{
    if (isRequest(setup, classOut, dfu::Request::Download)) {
        m_state = bytes == 0 ? dfu::State::Idle : dfu::State::DownloadIdle;
        m_isInstalled = m_isInstalled || bytes == 0;
    } else if (isRequest(setup, classOut, dfu::Request::Detach)) {
        m_isApplication = false;
        ++m_address;
    } else if (isRequest(setup, vendor::deviceOut, vendor::Request::Reboot)) {
        m_isApplication = m_isInstalled;
        ++m_address;
    } else {
        m_state = dfu::State::Idle;
    }
}

Bytes HostileBus::honestReply(const SetupFields& setup) const
{
    if (isRequest(setup, classIn, dfu::Request::GetStatus)) {
        dfu::StatusReply reply;
        reply.state = m_state;
        reply.setPollTimeoutMs(1);
        return bytesOf(reply);
    }
    if (isRequest(setup, vendor::interfaceIn, vendor::Request::GetStatus)) {
        RuntimeStatus status;
        status.slot = 0;
        status.state = SlotState::Confirmed;
        status.productId = m_header.product.productId;
        if (m_isInstalled) status.setId = m_header.setId;
        return bytesOf(status);
    }
    if (isRequest(setup, vendor::deviceIn, vendor::Request::GetStatus))
        return bytesOf(honestStatus());
    if (isRequest(setup, vendor::deviceIn, vendor::Request::GetMissing)) {
        const std::uint32_t blocks = m_header.totalBlocks();
        Bytes reply{static_cast<std::uint8_t>(blocks), static_cast<std::uint8_t>(blocks >> 8)};
        reply.resize(2 + (blocks + 7) / 8, 0xFF);
        if (blocks % 8 != 0) reply.back() = static_cast<std::uint8_t>((1U << blocks % 8) - 1);
        return reply;
    }
    return {};
}

DeviceStatus HostileBus::honestStatus() const
{
    DeviceStatus status;
    status.bootloaderVersion = {0, 1, 0, 0};
    status.productId = m_header.product.productId;
    status.hardwareRevision = 1;
    status.uniqueId = uniqueId;
    status.updateReason = UpdateReason::Requested;
    if (!m_isInstalled) return status;
    status.activeSlot = 0;
    SlotStatus& held = status.slotStatus[0];
    held.state = SlotState::Ready;
    held.setId = m_header.setId;
    held.releaseVersion = m_header.releaseVersion;
    held.isVerified = 1;
    return status;
}

void HostileBus::remember(const SetupFields& setup, ByteView reply)
{
    Bytes* const last =
        isRequest(setup, vendor::interfaceIn, vendor::Request::GetStatus) ? &m_lastRuntime
        : isRequest(setup, vendor::deviceIn, vendor::Request::GetStatus)  ? &m_lastBootloader
                                                                          : nullptr;
    if (last != nullptr) last->assign(reply.begin(), reply.end());
}

bool HostileBus::saidConfirmed(const SetId& setId) const
{
    if (m_lastRuntime.size() != RuntimeStatus::encodedBytes) return false;
    const auto status =
        decode<RuntimeStatus>(ByteView{m_lastRuntime}.first<RuntimeStatus::encodedBytes>());
    return status.setId == setId && status.state == SlotState::Confirmed;
}

bool HostileBus::saidHeld(const SetId& setId) const
{
    if (m_lastBootloader.size() != DeviceStatus::encodedBytes) return false;
    const auto status =
        decode<DeviceStatus>(ByteView{m_lastBootloader}.first<DeviceStatus::encodedBytes>());
    return std::ranges::any_of(status.slotStatus, [&](const SlotStatus& slot) {
        return slot.setId == setId && slot.isVerified == 1;
    });
}

} // namespace fuzz
