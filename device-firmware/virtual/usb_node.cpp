#include "virtual/usb_node.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <linux/usb/ch9.h>
#include <linux/usbdevice_fs.h>
#include <sys/ioctl.h>

namespace virtual_h755 {

namespace {

constexpr std::size_t setupBytes = boot::SetupPacket::encodedBytes;

usbdevfs_urb* urbIn(UMockdevIoctlData* header)
{
    return reinterpret_cast<usbdevfs_urb*>(header->data);
}

/// What the ioctl's argument points to, fetched from the client's memory.
ObjectPointer<UMockdevIoctlData> argument(UMockdevIoctlClient* client, std::size_t bytes)
{
    return ObjectPointer<UMockdevIoctlData>(
        umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(client), 0, bytes, nullptr));
}

/// The argument itself, where it is the client's pointer to one of its URBs.
gulong argumentAddress(UMockdevIoctlClient* client)
{
    gulong address = 0;
    std::memcpy(&address, umockdev_ioctl_client_get_arg(client)->data, sizeof address);
    return address;
}

int urbStatus(const ControlOutcome& outcome)
{
    switch (outcome.kind) {
    case ControlOutcome::Kind::Done: return 0;
    case ControlOutcome::Kind::Stalled: return -EPIPE;
    case ControlOutcome::Kind::Detached: return -ESHUTDOWN;
    case ControlOutcome::Kind::Babbled: return -EOVERFLOW;
    case ControlOutcome::Kind::Silent: break;
    }
    return -EINPROGRESS;
}

int errnoOf(const ControlOutcome& outcome)
{
    switch (outcome.kind) {
    case ControlOutcome::Kind::Done: return 0;
    case ControlOutcome::Kind::Stalled: return EPIPE;
    case ControlOutcome::Kind::Silent: return ETIMEDOUT;
    case ControlOutcome::Kind::Babbled: return EOVERFLOW;
    case ControlOutcome::Kind::Detached: break;
    }
    return ENODEV;
}

} // namespace

void UsbNode::handle(UMockdevIoctlClient* client)
{
    int result = 0;
    const Errno error = perform(client, result);
    umockdev_ioctl_client_complete(client, error == 0 ? result : -1, error);
}

UsbNode::Errno UsbNode::perform(UMockdevIoctlClient* client, int& result)
{
    const gulong request = umockdev_ioctl_client_get_request(client);
    if (request == USBDEVFS_REAPURB || request == USBDEVFS_REAPURBNDELAY) return reap(client);
    if (request == USBDEVFS_DISCARDURB) return discard(client);
    if (m_function == nullptr) return ENODEV;
    switch (request) {
    case USBDEVFS_GET_CAPABILITIES: {
        const auto capabilities = argument(client, sizeof(std::uint32_t));
        if (!capabilities) return EFAULT;
        const std::uint32_t bits = USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_BULK_CONTINUATION |
                                   USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
                                   USBDEVFS_CAP_REAP_AFTER_DISCONNECT;
        std::memcpy(capabilities->data, &bits, sizeof bits);
        return 0;
    }
    case USBDEVFS_CONNECTINFO: return connectInformation(client);
    case USBDEVFS_GET_SPEED: result = USB_SPEED_FULL; return 0;
    case USBDEVFS_CONTROL: return control(client, result);
    case USBDEVFS_SUBMITURB: return submit(client);
    case USBDEVFS_SETINTERFACE: return setInterface(client);
    case USBDEVFS_SETCONFIGURATION: return setConfiguration(client);
    case USBDEVFS_CLAIMINTERFACE:
    case USBDEVFS_RELEASEINTERFACE:
    case USBDEVFS_CLEAR_HALT: return 0;
    case USBDEVFS_GETDRIVER:
    case USBDEVFS_IOCTL:
        return ENODATA; // no kernel driver is bound that could be asked or detached
    case USBDEVFS_RESET: m_function->busReset(); return 0;
    default: return ENOTTY;
    }
}

UsbNode::Errno UsbNode::submit(UMockdevIoctlClient* client)
{
    std::erase_if(m_urbs, [](const Urb& urb) {
        return !umockdev_ioctl_client_get_connected(urb.client.get());
    });
    Urb urb{ObjectPointer<UMockdevIoctlClient>(UMOCKDEV_IOCTL_CLIENT(g_object_ref(client))),
            argument(client, sizeof(usbdevfs_urb)), std::nullopt};
    if (!urb.header) return EFAULT;
    const usbdevfs_urb& header = *urbIn(urb.header.get());
    if (header.type != USBDEVFS_URB_TYPE_CONTROL || header.endpoint != 0) return EINVAL;
    if (header.buffer_length < static_cast<int>(setupBytes)) return EINVAL;
    const ObjectPointer<UMockdevIoctlData> buffer(
        umockdev_ioctl_data_resolve(urb.header.get(), offsetof(usbdevfs_urb, buffer),
                                    static_cast<std::size_t>(header.buffer_length), nullptr));
    if (!buffer) return EFAULT;
    const auto packet = contract::decode<boot::SetupPacket>(
        std::span<const std::uint8_t, setupBytes>(buffer->data, setupBytes));
    if (setupBytes + packet.length > static_cast<std::size_t>(header.buffer_length)) return EINVAL;
    transfer(urb);
    m_urbs.push_back(std::move(urb));
    return 0;
}

/// The whole control transfer at once; a silent device leaves the URB in flight. After `submit` has
/// resolved it, `buffer` points to this process's copy, which goes back to the client on reaping.
void UsbNode::transfer(Urb& urb)
{
    usbdevfs_urb& header = *urbIn(urb.header.get());
    auto* const bytes = static_cast<std::uint8_t*>(header.buffer);
    const auto packet = contract::decode<boot::SetupPacket>(
        std::span<const std::uint8_t, setupBytes>(bytes, setupBytes));
    const ControlOutcome outcome =
        m_function->control(packet, contract::ByteSpan{bytes + setupBytes, packet.length});
    header.status = urbStatus(outcome);
    header.actual_length = static_cast<int>(outcome.bytes);
    if (header.status == -EINPROGRESS) return;
    urb.end = std::chrono::steady_clock::now() + std::chrono::microseconds(outcome.lateUs);
}

UsbNode::Errno UsbNode::reap(UMockdevIoctlClient* client)
{
    const auto urb = std::find_if(m_urbs.begin(), m_urbs.end(), [&](const Urb& candidate) {
        return candidate.isDone() && candidate.client.get() == client;
    });
    if (urb == m_urbs.end()) return m_function != nullptr ? EAGAIN : ENODEV;
    const auto pointer = argument(client, sizeof(void*));
    if (!pointer) return EFAULT;
    umockdev_ioctl_data_set_ptr(pointer.get(), 0, urb->header.get());
    m_urbs.erase(urb);
    return 0;
}

UsbNode::Errno UsbNode::discard(UMockdevIoctlClient* client)
{
    const gulong address = argumentAddress(client);
    const auto urb = std::find_if(m_urbs.begin(), m_urbs.end(), [&](const Urb& candidate) {
        return !candidate.isDone() && candidate.client.get() == client &&
               candidate.header->client_addr == address;
    });
    if (urb == m_urbs.end()) return EINVAL;
    urbIn(urb->header.get())->status = -ENOENT;
    urb->endNow();
    return 0;
}

UsbNode::Errno UsbNode::connectInformation(UMockdevIoctlClient* client) const
{
    const auto data = argument(client, sizeof(usbdevfs_connectinfo));
    if (!data) return EFAULT;
    const usbdevfs_connectinfo information{m_address, 0};
    std::memcpy(data->data, &information, sizeof information);
    return 0;
}

/// A control transfer without a URB, as programs use it that were handed an open node.
UsbNode::Errno UsbNode::control(UMockdevIoctlClient* client, int& moved)
{
    const auto data = argument(client, sizeof(usbdevfs_ctrltransfer));
    if (!data) return EFAULT;
    usbdevfs_ctrltransfer wanted{};
    std::memcpy(&wanted, data->data, sizeof wanted);
    const ObjectPointer<UMockdevIoctlData> buffer(umockdev_ioctl_data_resolve(
        data.get(), offsetof(usbdevfs_ctrltransfer, data), wanted.wLength, nullptr));
    if (!buffer && wanted.wLength != 0) return EFAULT;
    const contract::ByteSpan bytes{buffer ? buffer->data : nullptr, wanted.wLength};
    const ControlOutcome outcome = m_function->control(
        {wanted.bRequestType, wanted.bRequest, wanted.wValue, wanted.wIndex, wanted.wLength},
        bytes);
    moved = static_cast<int>(outcome.bytes);
    return errnoOf(outcome);
}

UsbNode::Errno UsbNode::setInterface(UMockdevIoctlClient* client)
{
    const auto data = argument(client, sizeof(usbdevfs_setinterface));
    if (!data) return EFAULT;
    usbdevfs_setinterface wanted{};
    std::memcpy(&wanted, data->data, sizeof wanted);
    constexpr std::uint8_t toInterface = 0x01;
    constexpr std::uint8_t setInterfaceRequest = 11;
    return request({toInterface, setInterfaceRequest, static_cast<std::uint16_t>(wanted.altsetting),
                    static_cast<std::uint16_t>(wanted.interface), 0});
}

UsbNode::Errno UsbNode::setConfiguration(UMockdevIoctlClient* client)
{
    const auto data = argument(client, sizeof(unsigned));
    if (!data) return EFAULT;
    unsigned wanted = 0;
    std::memcpy(&wanted, data->data, sizeof wanted);
    constexpr std::uint8_t setConfigurationRequest = 9;
    return request({0, setConfigurationRequest, static_cast<std::uint16_t>(wanted), 0, 0});
}

UsbNode::Errno UsbNode::request(const boot::SetupPacket& packet)
{
    return errnoOf(m_function->control(packet, {}));
}

void UsbNode::disconnect()
{
    m_function = nullptr;
    // A device that leaves right after its last answer has still given it.
    constexpr std::chrono::milliseconds tick{1};
    for (Urb& urb : m_urbs) {
        if (urb.end && *urb.end <= std::chrono::steady_clock::now() + tick) continue;
        urbIn(urb.header.get())->status = -ESHUTDOWN;
        urb.endNow();
    }
}

} // namespace virtual_h755
