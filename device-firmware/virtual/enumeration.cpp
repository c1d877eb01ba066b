#include "virtual/enumeration.h"

#include <cstdarg>
#include <cstdio>

namespace virtual_h755 {

namespace {

using Bytes = std::vector<std::uint8_t>;

enum Request : std::uint8_t { GetDescriptor = 6, SetConfiguration = 9 };
enum DescriptorType : std::uint8_t { DeviceType = 1, ConfigurationType = 2, StringType = 3 };

constexpr std::size_t deviceBytes = 18;
constexpr std::size_t configurationHeaderBytes = 9;
constexpr std::uint16_t englishLanguage = 0x0409;

Bytes readDescriptor(UsbFunction& function, DescriptorType type, std::uint8_t number,
                     std::uint16_t language, std::uint16_t bytes)
{
    constexpr std::uint8_t fromDevice = 0x80;
    Bytes data(bytes);
    const auto value = static_cast<std::uint16_t>(type << 8 | number);
    const ControlOutcome outcome =
        function.control({fromDevice, GetDescriptor, value, language, bytes}, data);
    const bool isDone = outcome.kind == ControlOutcome::Kind::Done;
    data.resize(isDone ? outcome.bytes : 0);
    const bool isRight = data.size() >= 2 && data[1] == type;
    return isRight ? data : Bytes{};
}

std::string readString(UsbFunction& function, std::uint8_t number)
{
    std::string text;
    if (number == 0) return text;
    const Bytes data = readDescriptor(function, StringType, number, englishLanguage, 255);
    for (std::size_t i = 2; i + 1 < data.size(); i += 2) {
        const bool isPrintable = data[i + 1] == 0 && data[i] >= 0x20 && data[i] < 0x7F;
        text += isPrintable ? static_cast<char>(data[i]) : '?';
    }
    return text;
}

__attribute__((format(printf, 1, 2))) std::string format(const char* pattern, ...)
{
    std::array<char, 512> text{};
    va_list arguments;
    va_start(arguments, pattern);
    std::vsnprintf(text.data(), text.size(), pattern, arguments);
    va_end(arguments);
    return text.data();
}

std::string hexOf(const Bytes& bytes)
{
    std::string text;
    for (const std::uint8_t byte : bytes)
        text += format("%02X", byte);
    return text;
}

std::string attribute(const char* name, const std::string& value)
{
    return "A: " + std::string(name) + "=" + value + "\\n\n";
}

unsigned wordAt(const Bytes& bytes, std::size_t at)
{
    return static_cast<unsigned>(bytes[at] | bytes[at + 1] << 8);
}

std::string describe(const Descriptors& descriptors, const std::string& devicePath,
                     unsigned address, const char* speedMbits)
{
    const Bytes& device = descriptors.device;
    const unsigned vendor = wordAt(device, 8);
    const unsigned product = wordAt(device, 10);
    const unsigned version = wordAt(device, 12);
    std::string text = "P: " + devicePath + "\n";
    text += format("N: bus/usb/001/%03u=", address) + hexOf(device) +
            hexOf(descriptors.configuration) + "\n";
    text += format("E: DEVNAME=/dev/bus/usb/001/%03u\nE: DEVTYPE=usb_device\nE: SUBSYSTEM=usb\n"
                   "E: BUSNUM=001\nE: DEVNUM=%03u\nE: MAJOR=189\nE: MINOR=%u\n"
                   "E: PRODUCT=%x/%x/%x\nE: TYPE=%u/%u/%u\n",
                   address, address, address - 1, vendor, product, version, device[4], device[5],
                   device[6]);
    text += format("E: ID_VENDOR_ID=%04x\nE: ID_MODEL_ID=%04x\n", vendor, product);
    text += attribute("busnum", "1") + attribute("devnum", std::to_string(address));
    text += attribute("speed", speedMbits) + attribute("bConfigurationValue", "1");
    text += attribute("bNumConfigurations", "1");
    text += attribute("idVendor", format("%04x", vendor));
    text += attribute("idProduct", format("%04x", product));
    text += attribute("bcdDevice", format("%04x", version));
    text += attribute("bDeviceClass", format("%02x", device[4]));
    if (!descriptors.manufacturer.empty()) {
        text += attribute("manufacturer", descriptors.manufacturer);
    }
    if (!descriptors.product.empty()) text += attribute("product", descriptors.product);
    if (!descriptors.serial.empty()) text += attribute("serial", descriptors.serial);
    return text + "H: descriptors=" + hexOf(device) + hexOf(descriptors.configuration) + "\n\n";
}

} // namespace

std::optional<Descriptors> enumerate(UsbFunction& function)
{
    function.busReset();
    Descriptors result;
    result.device = readDescriptor(function, DeviceType, 0, 0, deviceBytes);
    if (result.device.size() != deviceBytes) return std::nullopt;
    const Bytes header =
        readDescriptor(function, ConfigurationType, 0, 0, configurationHeaderBytes);
    if (header.size() != configurationHeaderBytes) return std::nullopt;
    const auto totalBytes = static_cast<std::uint16_t>(wordAt(header, 2));
    result.configuration = readDescriptor(function, ConfigurationType, 0, 0, totalBytes);
    // Linux takes less than was claimed as well, and so a program has to expect it.
    if (result.configuration.size() < configurationHeaderBytes) return std::nullopt;
    result.manufacturer = readString(function, result.device[14]);
    result.product = readString(function, result.device[15]);
    result.serial = readString(function, result.device[16]);
    if (function.control({0, SetConfiguration, 1, 0, 0}, {}).kind != ControlOutcome::Kind::Done) {
        return std::nullopt;
    }
    return result;
}

std::string describeDevice(const Descriptors& descriptors, const std::string& devicePath,
                           unsigned address)
{
    return describe(descriptors, devicePath, address, "12");
}

std::string describeRootHub()
{
    Descriptors hub;
    hub.device = {18, 1, 0x00, 0x02, 9, 0, 1, 64, 0x6B, 0x1D, 0x02, 0x00, 0x01, 0x06, 0, 0, 0, 1};
    hub.configuration = {9, 2, 25,   0, 1, 1, 0, 0xE0, 0, // configuration
                         9, 4, 0,    0, 1, 9, 0, 0,    0, // interface: hub
                         7, 5, 0x81, 3, 4, 0, 12};        // interrupt endpoint
    hub.product = "Virtual root hub";
    return describe(hub, "/devices/usb1", 1, "480");
}

} // namespace virtual_h755
