#include "core/usb/libusb_transport.h"

#include "contract/dfu.h"
#include "core/usb/device_mode.h"
#include "core/usb/device_text.h"

#include <algorithm>
#include <array>
#include <libusb.h>
#include <spdlog/spdlog.h>

namespace updater {
namespace {

using DeviceReference = std::shared_ptr<libusb_device>;
using Handle = std::unique_ptr<libusb_device_handle, decltype(&libusb_close)>;

Error errorOf(int libusbError, std::string_view doing)
{
    const auto code = [libusbError] {
        switch (libusbError) {
        case LIBUSB_ERROR_ACCESS: return ErrorCode::PermissionDenied;
        case LIBUSB_ERROR_NO_DEVICE: return ErrorCode::ConnectionLost;
        case LIBUSB_ERROR_TIMEOUT: return ErrorCode::DeviceSilent;
        case LIBUSB_ERROR_BUSY: return ErrorCode::DeviceBusy;
        case LIBUSB_ERROR_NOT_FOUND:
        case LIBUSB_ERROR_NOT_SUPPORTED: return ErrorCode::DriverMissing;
        case LIBUSB_ERROR_NO_MEM:
        case LIBUSB_ERROR_INVALID_PARAM: return ErrorCode::InternalError;
        default: return ErrorCode::TransferFailed;
        }
    }();
    return {code, std::string(doing) + ": " + libusb_error_name(libusbError)};
}

/// Each device once, referenced for as long as it is in use.
std::vector<DeviceReference> attachedDevices(libusb_context* context)
{
    libusb_device** list = nullptr;
    const ssize_t count = libusb_get_device_list(context, &list);
    std::vector<DeviceReference> devices;
    for (ssize_t i = 0; i < count; ++i)
        devices.emplace_back(libusb_ref_device(list[i]), &libusb_unref_device);
    if (count >= 0) libusb_free_device_list(list, 1);
    return devices;
}

std::string portPathOf(libusb_device* device)
{
    std::array<std::uint8_t, 7> ports{}; // USB 3.0 allows seven tiers
    const int depth = libusb_get_port_numbers(device, ports.data(), int{ports.size()});
    std::string path = std::to_string(libusb_get_bus_number(device));
    for (int i = 0; i < depth; ++i)
        path += (i == 0 ? '-' : '.') + std::to_string(ports[static_cast<std::size_t>(i)]);
    return path;
}

Result<Handle> openHandle(libusb_device* device)
{
    libusb_device_handle* handle = nullptr;
    if (const int error = libusb_open(device, &handle); error != LIBUSB_SUCCESS)
        return tl::unexpected(errorOf(error, "opening the device"));
    return Handle(handle, &libusb_close);
}

Result<std::string> readSerial(libusb_device* device, std::uint8_t stringIndex)
{
    // All of ours have one; libusb would call the question wrong, not the answer.
    if (stringIndex == 0) return fail(ErrorCode::ReplyMalformed, "the device has no serial number");
    TRY_ASSIGN(const Handle handle, openHandle(device));
    std::array<unsigned char, 128> text{};
    const int length = libusb_get_string_descriptor_ascii(handle.get(), stringIndex, text.data(),
                                                          int{text.size()});
    if (length < 0) return tl::unexpected(errorOf(length, "reading the serial number"));
    return printable(
        {reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(length)});
}

/// Nothing unless it is ours, or a ROM loader.
std::optional<UsbDevice> readDevice(libusb_device* device)
{
    libusb_device_descriptor descriptor{};
    if (libusb_get_device_descriptor(device, &descriptor) != LIBUSB_SUCCESS) return std::nullopt;
    const std::optional<DeviceMode> mode = modeOf(descriptor.idVendor, descriptor.idProduct);
    if (!mode) return std::nullopt;
    UsbDevice result{.bus = libusb_get_bus_number(device),
                     .address = libusb_get_device_address(device),
                     .portPath = portPathOf(device),
                     .vendorId = descriptor.idVendor,
                     .productId = descriptor.idProduct,
                     .bcdDevice = descriptor.bcdDevice,
                     .mode = *mode,
                     .serial = {},
                     .problem = std::nullopt};
    if (mode == DeviceMode::RomLoader) return result;
    Result<std::string> serial = readSerial(device, descriptor.iSerialNumber);
    if (serial) {
        result.serial = *std::move(serial);
    } else if (serial.error().code == ErrorCode::ConnectionLost) {
        return std::nullopt; // it has just gone, or has not quite come
    } else {
        result.problem = std::move(serial).error();
    }
    return result;
}

bool isDfuInterface(const libusb_interface& candidate, DeviceMode mode)
{
    if (candidate.num_altsetting < 1) return false;
    const libusb_interface_descriptor& descriptor = candidate.altsetting[0];
    return descriptor.bInterfaceClass == contract::dfu::interfaceClass &&
           descriptor.bInterfaceSubClass == contract::dfu::interfaceSubClass &&
           descriptor.bInterfaceProtocol == (mode == DeviceMode::Application
                                                 ? contract::dfu::runtimeProtocol
                                                 : contract::dfu::dfuModeProtocol);
}

using Configuration =
    std::unique_ptr<libusb_config_descriptor, decltype(&libusb_free_config_descriptor)>;

/// The system announces a device first, and configures it a moment later.
Result<Configuration> activeConfiguration(libusb_device* device, Clock& clock)
{
    constexpr std::uint64_t configuredWithinMs = 1'000;
    constexpr std::uint32_t pollMs = 20;
    const std::uint64_t endMs = clock.nowMs() + configuredWithinMs;
    while (true) {
        libusb_config_descriptor* raw = nullptr;
        const int error = libusb_get_active_config_descriptor(device, &raw);
        if (error == LIBUSB_SUCCESS) return Configuration(raw, &libusb_free_config_descriptor);
        if (error != LIBUSB_ERROR_NOT_FOUND || clock.nowMs() >= endMs)
            return tl::unexpected(errorOf(error, "reading the configuration"));
        clock.sleepMs(pollMs);
    }
}

/// Number of the DFU interface of the active configuration.
Result<std::uint8_t> findDfuInterface(libusb_device* device, DeviceMode mode, Clock& clock)
{
    TRY_ASSIGN(const Configuration configuration, activeConfiguration(device, clock));
    for (std::uint8_t i = 0; i < configuration->bNumInterfaces; ++i) {
        if (isDfuInterface(configuration->interface[i], mode))
            return configuration->interface[i].altsetting[0].bInterfaceNumber;
    }
    return fail(ErrorCode::ReplyMalformed, "the device has no DFU interface");
}

class LibusbConnection final : public UsbConnection {
public:
    LibusbConnection(std::shared_ptr<libusb_context> context, Handle handle, std::uint8_t number)
        : m_context(std::move(context)), m_handle(std::move(handle)), m_interfaceNumber(number)
    {
    }
    ~LibusbConnection() override { libusb_release_interface(m_handle.get(), m_interfaceNumber); }
    LibusbConnection(const LibusbConnection&) = delete;
    LibusbConnection& operator=(const LibusbConnection&) = delete;

    Result<TransferEnd> controlIn(const SetupFields& setup, ByteSpan out,
                                  std::uint32_t timeoutMs) override
    {
        return transfer(setup, out.data(), out.size(), timeoutMs);
    }

    Result<TransferEnd> controlOut(const SetupFields& setup, ByteView bytes,
                                   std::uint32_t timeoutMs) override
    {
        // libusb's one signature serves both directions; for OUT it only reads.
        return transfer(setup, const_cast<std::uint8_t*>(bytes.data()), bytes.size(), timeoutMs);
    }

    std::uint16_t interfaceNumber() const override { return m_interfaceNumber; }

private:
    Result<TransferEnd> transfer(const SetupFields& setup, std::uint8_t* bytes, std::size_t length,
                                 std::uint32_t timeoutMs)
    {
        if (length > maximumBytes)
            return fail(ErrorCode::InternalError, "control transfer too long");
        const int moved = libusb_control_transfer(m_handle.get(), setup.requestType, setup.request,
                                                  setup.value, setup.index, bytes,
                                                  static_cast<std::uint16_t>(length), timeoutMs);
        spdlog::trace("request {:#04x} {} value {} index {} length {}: {}", setup.requestType,
                      setup.request, setup.value, setup.index, length,
                      moved < 0 ? libusb_error_name(moved) : std::to_string(moved));
        if (moved == LIBUSB_ERROR_PIPE) return TransferEnd{.isStalled = true};
        if (moved < 0) {
            return tl::unexpected(
                errorOf(moved, "control request " + std::to_string(setup.request)));
        }
        return TransferEnd{.bytes = static_cast<std::size_t>(moved)};
    }

    std::shared_ptr<libusb_context> m_context; // closed after the handle
    Handle m_handle;
    std::uint8_t m_interfaceNumber;
};

UsbNode readNode(libusb_device* device)
{
    constexpr std::array<std::string_view, 6> speeds{"unknown", "low",   "full",
                                                     "high",    "super", "super plus"};
    libusb_device_descriptor descriptor{};
    libusb_get_device_descriptor(device, &descriptor); // from memory: cannot fail
    const auto speed = static_cast<std::size_t>(libusb_get_device_speed(device));
    return {.portPath = portPathOf(device),
            .vendorId = descriptor.idVendor,
            .productId = descriptor.idProduct,
            .deviceClass = descriptor.bDeviceClass,
            .speed = speed < speeds.size() ? speeds[speed] : speeds[0]};
}

int noteChange(libusb_context*, libusb_device*, libusb_hotplug_event, void* hasChanged)
{
    *static_cast<bool*>(hasChanged) = true;
    return 0;
}

} // namespace

Result<std::unique_ptr<LibusbTransport>> LibusbTransport::create()
{
    libusb_context* context = nullptr;
    if (const int error = libusb_init(&context); error != LIBUSB_SUCCESS)
        return fail(ErrorCode::InternalError, errorOf(error, "starting libusb").detail);
    return std::unique_ptr<LibusbTransport>(
        new LibusbTransport(std::shared_ptr<libusb_context>(context, &libusb_exit)));
}

LibusbTransport::LibusbTransport(std::shared_ptr<libusb_context> context)
    : m_context(std::move(context))
{
    // Events only end a wait; what is attached is always listed again. So an event that comes twice
    // for one plug, as libusb 1.0.26 sends them at times, changes nothing.
    m_hasHotplug =
        libusb_has_capability(LIBUSB_CAP_HAS_HOTPLUG) != 0 &&
        libusb_hotplug_register_callback(
            m_context.get(), LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT,
            LIBUSB_HOTPLUG_NO_FLAGS, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
            LIBUSB_HOTPLUG_MATCH_ANY, &noteChange, &m_hasChanged,
            &m_hotplugHandle) == LIBUSB_SUCCESS;
}

LibusbTransport::~LibusbTransport()
{
    if (m_hasHotplug) libusb_hotplug_deregister_callback(m_context.get(), m_hotplugHandle);
}

Result<std::vector<UsbDevice>> LibusbTransport::devices()
{
    std::vector<UsbDevice> result;
    std::vector<Known> known;
    for (DeviceReference& reference : attachedDevices(m_context.get())) {
        const std::optional<UsbDevice> device = describe(reference.get());
        if (!device || device->mode == DeviceMode::RomLoader) continue;
        result.push_back(*device);
        if (!device->problem) known.push_back({std::move(reference), *device});
    }
    m_known = std::move(known);
    std::ranges::sort(result, {}, &UsbDevice::portPath);
    return result;
}

Result<std::vector<UsbDevice>> LibusbTransport::romLoaders()
{
    std::vector<UsbDevice> result;
    for (const DeviceReference& reference : attachedDevices(m_context.get())) {
        const std::optional<UsbDevice> device = readDevice(reference.get());
        if (device && device->mode == DeviceMode::RomLoader) result.push_back(*device);
    }
    std::ranges::sort(result, {}, &UsbDevice::portPath);
    return result;
}

std::vector<UsbNode> LibusbTransport::tree()
{
    std::vector<UsbNode> nodes;
    for (const DeviceReference& reference : attachedDevices(m_context.get()))
        nodes.push_back(readNode(reference.get()));
    std::ranges::sort(nodes, {}, &UsbNode::portPath);
    return nodes;
}

std::optional<UsbDevice> LibusbTransport::describe(libusb_device* device) const
{
    // libusb has one object for each enumeration, for as long as somebody holds it.
    const auto known = std::ranges::find(m_known, device,
                                         [](const Known& entry) { return entry.reference.get(); });
    return known != m_known.end() ? known->device : readDevice(device);
}

Result<std::unique_ptr<UsbConnection>> LibusbTransport::open(const UsbDevice& device)
{
    for (const DeviceReference& reference : attachedDevices(m_context.get())) {
        if (libusb_get_bus_number(reference.get()) != device.bus ||
            libusb_get_device_address(reference.get()) != device.address)
            continue;
        TRY_ASSIGN(const std::uint8_t number,
                   findDfuInterface(reference.get(), device.mode, m_clock));
        TRY_ASSIGN(Handle handle, openHandle(reference.get()));
        if (const int error = libusb_claim_interface(handle.get(), number); error != LIBUSB_SUCCESS)
            return tl::unexpected(errorOf(error, "claiming the DFU interface"));
        return std::make_unique<LibusbConnection>(m_context, std::move(handle), number);
    }
    return fail(ErrorCode::ConnectionLost, "the device has gone");
}

void LibusbTransport::waitForChange(std::uint32_t timeoutMs, std::stop_token stop)
{
    constexpr std::uint32_t sliceMs = 100; // how soon a stop is noticed
    const std::uint64_t endMs = m_clock.nowMs() + timeoutMs;
    while (!m_hasChanged && !stop.stop_requested() && m_clock.nowMs() < endMs) {
        const auto waitMs =
            static_cast<std::uint32_t>(std::min<std::uint64_t>(sliceMs, endMs - m_clock.nowMs()));
        if (!m_hasHotplug) {
            m_clock.sleepMs(waitMs);
            continue;
        }
        timeval wait{.tv_sec = 0, .tv_usec = static_cast<int>(waitMs) * 1000};
        libusb_handle_events_timeout_completed(m_context.get(), &wait, nullptr);
    }
    m_hasChanged = false;
}

} // namespace updater
