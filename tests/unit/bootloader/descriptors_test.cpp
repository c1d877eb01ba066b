#include "bootloader/descriptors.h"

#include "contract/vendor_requests.h"
#include "virtual/identity_from_branding.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace boot;
using contract::UniqueId;

namespace {

constexpr UniqueId someId{0x00, 0x1A, 0x2B, 0x3C, 0x4D, 0x5E, 0x6F, 0x70, 0x81, 0x92, 0xA3, 0xFF};

Identity someIdentity()
{
    Identity identity;
    identity.vendorId = 0x1234;
    identity.bootloaderProductId = 0xABCD;
    identity.vendorName = "M\xC3\xBCller & Co";
    identity.productName = "Thing";
    identity.interfaceGuid = "{6a1d0b0e-3f5b-4a39-9a55-0c755a000002}";
    identity.bootloaderVersion = {12, 3, 4, 99};
    return identity;
}

std::vector<std::uint8_t> descriptor(DescriptorType type, std::uint8_t index = 0,
                                     const Identity& identity = someIdentity())
{
    std::array<std::uint8_t, maximumDescriptorBytes> bytes{};
    const std::size_t length = writeDescriptor(identity, someId, type, index, bytes);
    return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length)};
}

/// A string descriptor's text as UCS-2, after checking its two header bytes.
std::u16string text(StringIndex index, const Identity& identity = someIdentity())
{
    const auto bytes =
        descriptor(DescriptorType::String, static_cast<std::uint8_t>(index), identity);
    REQUIRE(bytes.size() >= 2);
    REQUIRE(bytes[0] == bytes.size());
    REQUIRE(bytes[1] == 3);
    std::u16string result;
    for (std::size_t i = 2; i + 1 < bytes.size(); i += 2)
        result.push_back(static_cast<char16_t>(bytes[i] | bytes[i + 1] << 8));
    return result;
}

void appendUtf16(std::vector<std::uint8_t>& bytes, std::string_view ascii)
{
    for (const char character : ascii) {
        bytes.push_back(static_cast<std::uint8_t>(character));
        bytes.push_back(0);
    }
}

} // namespace

TEST_CASE("the device descriptor names the bootloader and says that there is a BOS",
          "[descriptors]")
{
    const std::vector<std::uint8_t> expected{18,   1,    0x10, 0x02, 0,    0, 0, 64, 0x34,
                                             0x12, 0xCD, 0xAB, 0x34, 0x12, 1, 2, 3,  1};
    CHECK(descriptor(DescriptorType::Device) == expected);
}

TEST_CASE("one interface with one alternate setting carries the DFU descriptor", "[descriptors]")
{
    const std::vector<std::uint8_t> expected{
        9, 2,    27,   0,    1,    1,    0,    0x80, 50,   // configuration
        9, 4,    0,    0,    0,    0xFE, 0x01, 0x02, 4,    // interface
        9, 0x21, 0x0D, 0xE8, 0x03, 0x00, 0x10, 0x10, 0x01, // DFU functional
    };
    CHECK(descriptor(DescriptorType::Configuration) == expected);
}

TEST_CASE("strings are the brand's names, the UID in hex and the errors", "[descriptors]")
{
    CHECK(text(StringIndex::None) == std::u16string(1, char16_t{0x0409}));
    CHECK(text(StringIndex::Vendor) == u"M\u00FCller & Co");
    CHECK(text(StringIndex::Product) == u"Thing");
    CHECK(text(StringIndex::Serial) == u"001A2B3C4D5E6F708192A3FF");
    CHECK(text(StringIndex::Interface) == u"Firmware");
    for (const StringIndex index : {StringIndex::BelowFloor, StringIndex::NewerBootloaderNeeded,
                                    StringIndex::JournalReadOnly})
        CHECK(text(index).size() > 10);
}

TEST_CASE("a name that is no UTF-8 or too long still makes a good descriptor", "[descriptors]")
{
    Identity identity = someIdentity();
    identity.productName = "a\xC3";
    CHECK(text(StringIndex::Product, identity) == u"a?");
    identity.productName = "\xE2\x82\xAC\xF0\x9F\x98\x80";
    CHECK(text(StringIndex::Product, identity) == u"\u20AC????");
    const std::string longName(300, 'x');
    identity.productName = longName;
    CHECK(text(StringIndex::Product, identity).size() == 126);
}

TEST_CASE("the BOS points to Microsoft's descriptors and to fwupd's quirks", "[descriptors]")
{
    const std::vector<std::uint8_t> expected{
        5,    15,   61,   0,    2, //
        28,   16,   5,    0,    0xDF, 0x60, 0xDD, 0xD8, 0x89, 0x45, 0xC7, 0x4C, 0x9C, 0xD2,
        0x65, 0x9D, 0x9E, 0x64, 0x8A, 0x9F, 0x00, 0x00, 0x03, 0x06, 162,  0,    0x20, 0, //
        28,   16,   5,    0,    0x63, 0xEC, 0x0A, 0x01, 0x74, 0xF5, 0xCD, 0x52, 0x9D, 0xDA,
        0x28, 0x52, 0x55, 0x0D, 0x94, 0xF0, 0x0E, 0x09, 0x01, 0x00, 81,   0,    0x21, 0,
    };
    CHECK(descriptor(DescriptorType::BinaryObjectStore) == expected);
}

TEST_CASE("Windows is told to use WinUSB, with the brand's interface GUID", "[descriptors]")
{
    const Identity identity = someIdentity();
    std::array<std::uint8_t, maximumDescriptorBytes> bytes{};
    const std::size_t length = writeMicrosoftDescriptors(identity, bytes);

    std::vector<std::uint8_t> expected{10, 0, 0, 0, 0, 0, 3, 6, 162, 0};
    const std::vector<std::uint8_t> compatibleId{20, 0, 3, 0, 'W', 'I', 'N', 'U', 'S', 'B',
                                                 0,  0, 0, 0, 0,   0,   0,   0,   0,   0};
    expected.insert(expected.end(), compatibleId.begin(), compatibleId.end());
    const std::vector<std::uint8_t> registry{132, 0, 4, 0, 7, 0, 42, 0};
    expected.insert(expected.end(), registry.begin(), registry.end());
    appendUtf16(expected, std::string_view("DeviceInterfaceGUIDs\0", 21));
    expected.push_back(80);
    expected.push_back(0);
    appendUtf16(expected, identity.interfaceGuid);
    expected.insert(expected.end(), 4, 0);
    CHECK(std::vector<std::uint8_t>(bytes.begin(), bytes.begin() + std::ptrdiff_t(length)) ==
          expected);
}

TEST_CASE("the quirk text is exactly as long as the BOS says", "[descriptors]")
{
    const contract::ByteView quirks = quirkText();
    CHECK(std::string(quirks.begin(), quirks.end()) ==
          "Plugin=dfu\nFlags=manifest-poll,no-bus-reset-attach,signed-payload,will-disappear\n");
    const auto store = descriptor(DescriptorType::BinaryObjectStore);
    CHECK(store[5 + 28 + 24] == quirks.size());
}

TEST_CASE("descriptors that do not exist have no length", "[descriptors]")
{
    CHECK(descriptor(DescriptorType::Device, 1).empty());
    CHECK(descriptor(DescriptorType::Configuration, 1).empty());
    CHECK(descriptor(DescriptorType::BinaryObjectStore, 1).empty());
    CHECK(descriptor(DescriptorType::String, 9).empty());
    CHECK(descriptor(DescriptorType::Interface).empty());
    CHECK(descriptor(static_cast<DescriptorType>(6)).empty()); // no device qualifier: full speed
}
