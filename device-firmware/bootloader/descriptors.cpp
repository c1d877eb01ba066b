#include "bootloader/descriptors.h"

#include "contract/vendor_requests.h"

namespace boot {

using namespace contract;

namespace {

/// Appends to a buffer and drops what does not fit, so that a long brand name cannot overrun it.
class Writer {
public:
    explicit Writer(ByteSpan out) : m_out(out) {}

    void u8(unsigned value)
    {
        if (m_bytes < m_out.size()) m_out[m_bytes++] = static_cast<std::uint8_t>(value);
    }
    void u16(unsigned value)
    {
        u8(value);
        u8(value >> 8);
    }
    void u32(std::uint32_t value)
    {
        u16(value & 0xFFFF);
        u16(value >> 16);
    }
    void type(DescriptorType value) { u8(static_cast<std::uint8_t>(value)); }
    void raw(ByteView bytes)
    {
        for (const std::uint8_t byte : bytes)
            u8(byte);
    }
    void utf16(std::string_view ascii)
    {
        for (const char character : ascii)
            u16(static_cast<std::uint8_t>(character));
    }
    std::size_t bytes() const { return m_bytes; }

private:
    ByteSpan m_out;
    std::size_t m_bytes = 0;
};

constexpr std::uint8_t configurationAttributes = 0x80; // bus-powered
constexpr std::uint8_t maximumPower = 50;              // 100 mA

void writeDevice(const Identity& identity, Writer& out)
{
    out.u8(18);
    out.type(DescriptorType::Device);
    out.u16(0x0210); // the first version with a BOS
    out.u8(0);       // class, subclass and protocol per interface (DFU 1.1 4.2.1)
    out.u8(0);
    out.u8(0);
    out.u8(64);
    out.u16(identity.vendorId);
    out.u16(identity.bootloaderProductId);
    out.u16(bcdDevice(identity.bootloaderVersion));
    out.u8(static_cast<std::uint8_t>(StringIndex::Vendor));
    out.u8(static_cast<std::uint8_t>(StringIndex::Product));
    out.u8(static_cast<std::uint8_t>(StringIndex::Serial));
    out.u8(1);
}

void writeConfiguration(Writer& out)
{
    out.u8(9);
    out.type(DescriptorType::Configuration);
    out.u16(9 + 9 + 9);
    out.u8(1);
    out.u8(1);
    out.u8(0);
    out.u8(configurationAttributes);
    out.u8(maximumPower);

    out.u8(9);
    out.type(DescriptorType::Interface);
    out.u8(0);
    out.u8(0);
    out.u8(0); // everything runs on endpoint 0
    out.u8(dfu::interfaceClass);
    out.u8(dfu::interfaceSubClass);
    out.u8(dfu::dfuModeProtocol);
    out.u8(static_cast<std::uint8_t>(StringIndex::Interface));

    out.u8(9);
    out.u8(dfu::functionalDescriptorType);
    out.u8(dfu::ourAttributes);
    out.u16(dfu::detachTimeoutMs);
    out.u16(dfu::transferBytes);
    out.u16(dfu::bcdDfuVersion);
}

constexpr ByteArray<16> microsoftUuid{0xDF, 0x60, 0xDD, 0xD8, 0x89, 0x45, 0xC7, 0x4C,
                                      0x9C, 0xD2, 0x65, 0x9D, 0x9E, 0x64, 0x8A, 0x9F};
constexpr ByteArray<16> fwupdUuid{0x63, 0xEC, 0x0A, 0x01, 0x74, 0xF5, 0xCD, 0x52,
                                  0x9D, 0xDA, 0x28, 0x52, 0x55, 0x0D, 0x94, 0xF0};
constexpr std::uint32_t windows81 = 0x0603'0000;
constexpr std::uint32_t fwupd1_9_14 = 0x0001'090E;

constexpr std::string_view guidsName = "DeviceInterfaceGUIDs";
constexpr std::string_view quirks =
    "Plugin=dfu\nFlags=manifest-poll,no-bus-reset-attach,signed-payload,will-disappear\n";

constexpr unsigned propertyNameBytes = 2 * (guidsName.size() + 1);
unsigned propertyValueBytes(const Identity& identity)
{
    return static_cast<unsigned>(2 * (identity.interfaceGuid.size() + 2)); // REG_MULTI_SZ: two NULs
}
unsigned registryBytes(const Identity& identity)
{
    return 2 + 2 + 2 + 2 + propertyNameBytes + 2 + propertyValueBytes(identity);
}
constexpr unsigned setHeaderBytes = 10;
constexpr unsigned compatibleIdBytes = 20;
unsigned microsoftSetBytes(const Identity& identity)
{
    return setHeaderBytes + compatibleIdBytes + registryBytes(identity);
}

/// Platform capability (USB 3.2 9.6.2.4) of the shape that Microsoft and fwupd share.
void writePlatform(const ByteArray<16>& uuid, std::uint32_t version, unsigned bytes,
                   vendor::Request request, Writer& out)
{
    out.u8(28);
    out.type(DescriptorType::DeviceCapability);
    out.u8(5); // PLATFORM
    out.u8(0);
    out.raw(uuid);
    out.u32(version);
    out.u16(bytes);
    out.u8(static_cast<std::uint8_t>(request));
    out.u8(0); // no alternate enumeration
}

void writeBinaryObjectStore(const Identity& identity, Writer& out)
{
    out.u8(5);
    out.type(DescriptorType::BinaryObjectStore);
    out.u16(5 + 2 * 28);
    out.u8(2);
    writePlatform(microsoftUuid, windows81, microsoftSetBytes(identity),
                  vendor::Request::Descriptors, out);
    writePlatform(fwupdUuid, fwupd1_9_14, quirks.size(), vendor::Request::QuirkText, out);
}

/// One code point of UTF-8 for UCS-2; what is malformed or beyond it becomes '?'.
unsigned nextCharacter(std::string_view& text)
{
    const auto byteAt = [&](std::size_t i) {
        return i < text.size() ? static_cast<std::uint8_t>(text[i]) : 0U;
    };
    const auto continues = [&](std::size_t i) { return (byteAt(i) & 0xC0U) == 0x80U; };
    unsigned character = '?';
    std::size_t length = 1;
    if (byteAt(0) < 0x80) {
        character = byteAt(0);
    } else if ((byteAt(0) & 0xE0U) == 0xC0 && continues(1)) {
        character = (byteAt(0) & 0x1FU) << 6 | (byteAt(1) & 0x3FU);
        length = 2;
    } else if ((byteAt(0) & 0xF0U) == 0xE0 && continues(1) && continues(2)) {
        character = (byteAt(0) & 0x0FU) << 12 | (byteAt(1) & 0x3FU) << 6 | (byteAt(2) & 0x3FU);
        length = 3;
    }
    text.remove_prefix(length);
    return character;
}

void writeText(std::string_view text, Writer& out)
{
    constexpr std::size_t longest = 126; // bLength is a byte
    for (std::size_t i = 0; i < longest && !text.empty(); ++i)
        out.u16(nextCharacter(text));
}

void writeSerial(const UniqueId& uniqueId, Writer& out)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const std::uint8_t byte : uniqueId) {
        out.u16(static_cast<unsigned>(digits[byte >> 4]));
        out.u16(static_cast<unsigned>(digits[byte & 0xF]));
    }
}

std::string_view textOf(const Identity& identity, StringIndex index)
{
    switch (index) {
    case StringIndex::Vendor: return identity.vendorName;
    case StringIndex::Product: return identity.productName;
    case StringIndex::Interface: return "Firmware";
    case StringIndex::BelowFloor: return "Older than this device allows";
    case StringIndex::NewerBootloaderNeeded: return "Needs a newer bootloader";
    case StringIndex::JournalReadOnly: return "The journal cannot be written";
    case StringIndex::None:
    case StringIndex::Serial: break;
    }
    return {};
}

void writeString(const Identity& identity, const UniqueId& uniqueId, StringIndex index, Writer& out)
{
    out.u8(0); // the length, when it is known
    out.type(DescriptorType::String);
    if (index == StringIndex::None) {
        out.u16(0x0409); // the only language: English (United States)
    } else if (index == StringIndex::Serial) {
        writeSerial(uniqueId, out);
    } else {
        writeText(textOf(identity, index), out);
    }
}

} // namespace

std::size_t writeDescriptor(const Identity& identity, const UniqueId& uniqueId, DescriptorType type,
                            std::uint8_t index, DescriptorBuffer out)
{
    Writer writer{out};
    switch (type) {
    case DescriptorType::Device:
        if (index == 0) writeDevice(identity, writer);
        break;
    case DescriptorType::Configuration:
        if (index == 0) writeConfiguration(writer);
        break;
    case DescriptorType::BinaryObjectStore:
        if (index == 0) writeBinaryObjectStore(identity, writer);
        break;
    case DescriptorType::String:
        if (index > static_cast<std::uint8_t>(StringIndex::JournalReadOnly)) return 0;
        writeString(identity, uniqueId, static_cast<StringIndex>(index), writer);
        out[0] = static_cast<std::uint8_t>(writer.bytes());
        break;
    case DescriptorType::Interface:
    case DescriptorType::DeviceCapability: break; // only inside the others
    }
    return writer.bytes();
}

std::size_t writeMicrosoftDescriptors(const Identity& identity, DescriptorBuffer out)
{
    // Microsoft OS 2.0 Descriptors Specification, tables 10, 13, 14. One interface: no subsets.
    Writer writer{out};
    writer.u16(setHeaderBytes);
    writer.u16(0); // MS_OS_20_SET_HEADER_DESCRIPTOR
    writer.u32(windows81);
    writer.u16(microsoftSetBytes(identity));

    writer.u16(compatibleIdBytes);
    writer.u16(3); // MS_OS_20_FEATURE_COMPATIBLE_ID
    writer.raw(ByteArray<16>{'W', 'I', 'N', 'U', 'S', 'B'});

    writer.u16(registryBytes(identity));
    writer.u16(4); // MS_OS_20_FEATURE_REG_PROPERTY
    writer.u16(7); // REG_MULTI_SZ
    writer.u16(propertyNameBytes);
    writer.utf16(guidsName);
    writer.u16(0);
    writer.u16(propertyValueBytes(identity));
    writer.utf16(identity.interfaceGuid);
    writer.u16(0);
    writer.u16(0);
    return writer.bytes();
}

ByteView quirkText()
{
    static constexpr auto bytes = [] {
        ByteArray<quirks.size()> result{};
        for (std::size_t i = 0; i < result.size(); ++i)
            result[i] = static_cast<std::uint8_t>(quirks[i]);
        return result;
    }();
    return bytes;
}

} // namespace boot
