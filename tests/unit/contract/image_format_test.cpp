#include "contract/image_format.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace contract;

namespace {

constexpr Region m7SlotA = h755FlashMap.slot(Core::M7, Slot::A);

ImageHeader sampleHeader()
{
    ImageHeader header;
    header.loadAddress = m7SlotA.address;
    header.protectedTlvBytes = 100;
    header.payloadBytes = 1000;
    return header;
}

struct Tlv {
    std::uint16_t type;
    std::size_t bytes;
};

void appendU16(std::vector<std::uint8_t>& out, std::size_t value)
{
    out.push_back(static_cast<std::uint8_t>(value));
    out.push_back(static_cast<std::uint8_t>(value >> 8));
}

std::vector<std::uint8_t> area(std::uint16_t magic, const std::vector<Tlv>& tlvs)
{
    std::vector<std::uint8_t> body;
    for (const Tlv& entry : tlvs) {
        appendU16(body, entry.type);
        appendU16(body, entry.bytes);
        body.insert(body.end(), entry.bytes, 0);
    }
    std::vector<std::uint8_t> out;
    appendU16(out, magic);
    appendU16(out, tlvAreaHeaderBytes + body.size());
    out.insert(out.end(), body.begin(), body.end());
    return out;
}

const std::vector<Tlv> m7Protected{{tlv::securityCounter, 4}, {tlv::setId, 16},
                                   {tlv::product, 8},         {tlv::companion, 32},
                                   {tlv::setFlags, 2},        {tlv::releaseVersion, 8}};
const std::vector<Tlv> unprotected{
    {tlv::sha256, 32}, {tlv::keyHash, 32}, {tlv::ecdsaSignature, 71}};

ImageFault parse(const std::vector<Tlv>& inProtected, const std::vector<Tlv>& inUnprotected,
                 Core core = Core::M7)
{
    std::vector<std::uint8_t> bytes = area(protectedTlvMagic, inProtected);
    const auto protectedBytes = static_cast<std::uint16_t>(bytes.size());
    const std::vector<std::uint8_t> second = area(unprotectedTlvMagic, inUnprotected);
    bytes.insert(bytes.end(), second.begin(), second.end());
    ImageTlvs tlvs;
    return parseTlvs(bytes, protectedBytes, core, tlvs);
}

std::vector<Tlv> with(std::vector<Tlv> tlvs, Tlv extra)
{
    tlvs.push_back(extra);
    return tlvs;
}

std::vector<Tlv> without(std::vector<Tlv> tlvs, std::uint16_t type)
{
    std::erase_if(tlvs, [type](const Tlv& entry) { return entry.type == type; });
    return tlvs;
}

} // namespace

TEST_CASE("the image header has MCUboot's bytes", "[image-format]")
{
    ImageHeader header;
    header.loadAddress = 0x0802'0000;
    header.protectedTlvBytes = 0x25;
    header.payloadBytes = 0x4b000;
    header.version = {1, 2, 3, 4};
    const ByteArray<32> expected{0x3d, 0xb8, 0xf3, 0x96, 0x00, 0x00, 0x02, 0x08, 0x00, 0x04, 0x25,
                                 0x00, 0x00, 0xb0, 0x04, 0x00, 0x00, 0x01, 0x00, 0x00, 0x01, 0x02,
                                 0x03, 0x00, 0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00};
    CHECK(encode(header) == expected);
}

TEST_CASE("a header that fits its slot passes", "[image-format]")
{
    CHECK(checkHeader(sampleHeader(), m7SlotA) == ImageFault::None);
}

TEST_CASE("one wrong header field is one refusal", "[image-format]")
{
    ImageHeader header = sampleHeader();
    ImageFault expected = ImageFault::None;
    SECTION("magic")
    {
        header.magic ^= 1, expected = ImageFault::Magic;
    }
    SECTION("header size")
    {
        header.headerBytes = 0x200, expected = ImageFault::HeaderSize;
    }
    SECTION("other slot")
    {
        header.loadAddress += 0x6'0000, expected = ImageFault::LoadAddress;
    }
    SECTION("not ROM_FIXED")
    {
        header.flags = 0, expected = ImageFault::Flags;
    }
    SECTION("encrypted")
    {
        header.flags |= 0x4, expected = ImageFault::Flags;
    }
    SECTION("pad")
    {
        header.pad = 1, expected = ImageFault::Padding;
    }
    SECTION("no payload")
    {
        header.payloadBytes = 7, expected = ImageFault::Size;
    }
    SECTION("too large")
    {
        header.payloadBytes = m7SlotA.bytes - 0x400 - 50, expected = ImageFault::Size;
    }
    SECTION("size overflow")
    {
        header.payloadBytes = 0xFFFF'FFFF, expected = ImageFault::Size;
    }
    SECTION("TLV size")
    {
        header.protectedTlvBytes = 0xFFFF, expected = ImageFault::TlvArea;
    }
    CHECK(checkHeader(header, m7SlotA) == expected);
}

TEST_CASE("the full set of TLVs passes, the companion digest only in the M7 image",
          "[image-format]")
{
    CHECK(parse(m7Protected, unprotected) == ImageFault::None);
    CHECK(parse(without(m7Protected, tlv::companion), unprotected, Core::M4) == ImageFault::None);
    CHECK(parse(m7Protected, unprotected, Core::M4) == ImageFault::TlvUnknown);
}

TEST_CASE("every TLV is required", "[image-format]")
{
    for (const Tlv& entry : m7Protected) {
        CHECK(parse(without(m7Protected, entry.type), unprotected) == ImageFault::TlvMissing);
    }
    for (const Tlv& entry : unprotected) {
        CHECK(parse(m7Protected, without(unprotected, entry.type)) == ImageFault::TlvMissing);
    }
}

TEST_CASE("a TLV twice, unknown, misplaced or of wrong length is refused", "[image-format]")
{
    CHECK(parse(with(m7Protected, {tlv::setId, 16}), unprotected) == ImageFault::TlvDuplicate);
    CHECK(parse(m7Protected, with(unprotected, {tlv::sha256, 32})) == ImageFault::TlvDuplicate);
    CHECK(parse(with(m7Protected, {0x40, 12}), unprotected) == ImageFault::TlvUnknown);
    CHECK(parse(m7Protected, with(unprotected, {0xA5, 4})) == ImageFault::TlvUnknown);
    CHECK(parse(m7Protected, with(unprotected, {tlv::securityCounter, 4})) ==
          ImageFault::TlvMisplaced);
    CHECK(parse(with(m7Protected, {tlv::keyHash, 32}), unprotected) == ImageFault::TlvMisplaced);
    CHECK(parse(with(without(m7Protected, tlv::setFlags), {tlv::setFlags, 4}), unprotected) ==
          ImageFault::TlvLength);
    CHECK(parse(m7Protected, with(without(unprotected, tlv::ecdsaSignature),
                                  {tlv::ecdsaSignature, 73})) == ImageFault::TlvLength);
}

TEST_CASE("TLV areas whose lengths contradict are refused at every truncation", "[image-format]")
{
    std::vector<std::uint8_t> bytes = area(protectedTlvMagic, m7Protected);
    const auto protectedBytes = static_cast<std::uint16_t>(bytes.size());
    const std::vector<std::uint8_t> second = area(unprotectedTlvMagic, unprotected);
    bytes.insert(bytes.end(), second.begin(), second.end());
    ImageTlvs tlvs;
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        const std::vector<std::uint8_t> cut(bytes.begin(),
                                            bytes.begin() + static_cast<long>(length));
        CAPTURE(length);
        CHECK(parseTlvs(cut, protectedBytes, Core::M7, tlvs) == ImageFault::TlvArea);
    }
    bytes.push_back(0xFF);
    CHECK(parseTlvs(bytes, protectedBytes, Core::M7, tlvs) == ImageFault::TlvArea);
    bytes.pop_back();
    CHECK(parseTlvs(bytes, static_cast<std::uint16_t>(protectedBytes - 1), Core::M7, tlvs) ==
          ImageFault::TlvArea);
}

TEST_CASE("a TLV that runs past its own area is refused", "[image-format]")
{
    std::vector<std::uint8_t> bytes = area(protectedTlvMagic, m7Protected);
    const auto protectedBytes = static_cast<std::uint16_t>(bytes.size());
    bytes[protectedBytes - 10] = 9; // length of the last TLV, 8 bytes long
    const std::vector<std::uint8_t> second = area(unprotectedTlvMagic, unprotected);
    bytes.insert(bytes.end(), second.begin(), second.end());
    ImageTlvs tlvs;
    CHECK(parseTlvs(bytes, protectedBytes, Core::M7, tlvs) == ImageFault::TlvArea);
}

TEST_CASE("two images are one set only if all that they share is equal", "[image-format]")
{
    ImageTlvs m7;
    ImageTlvs m4;
    REQUIRE(sameSet(m7, m4));
    SECTION("set id")
    {
        m4.setId[15] = 1;
    }
    SECTION("product")
    {
        m4.product.productId = 1;
    }
    SECTION("hardware range")
    {
        m4.product.hardwareMaximum = 1;
    }
    SECTION("key")
    {
        m4.keyHash[0] = 1;
    }
    SECTION("counter")
    {
        m4.securityCounter = 1;
    }
    SECTION("flags")
    {
        m4.flags = 1;
    }
    SECTION("release")
    {
        m4.releaseVersion.build = 1;
    }
    CHECK_FALSE(sameSet(m7, m4));
}

TEST_CASE("a product range admits exactly its product and revisions", "[image-format]")
{
    const ProductRange range{.productId = 7, .hardwareMinimum = 2, .hardwareMaximum = 4};
    CHECK(range.admits(7, 2));
    CHECK(range.admits(7, 4));
    CHECK_FALSE(range.admits(7, 1));
    CHECK_FALSE(range.admits(7, 5));
    CHECK_FALSE(range.admits(8, 3));
}

namespace {

ImageFault vectorFault(std::uint32_t stackPointer, std::uint32_t resetVector)
{
    constexpr std::uint32_t payloadAddress = m7SlotA.address + imageHeaderBytes;
    ByteArray<64> payload{};
    Encoder encoder{payload};
    encoder(stackPointer);
    encoder(resetVector);
    return checkVectorTable(payload, {payloadAddress, payload.size()});
}

} // namespace

TEST_CASE("a stack at the end of a RAM and a Thumb reset vector are accepted", "[image-format]")
{
    CHECK(vectorFault(0x2002'0000, 0x0802'0401) == ImageFault::None);
    CHECK(vectorFault(0x2408'0000, 0x0802'043F) == ImageFault::None);
    CHECK(vectorFault(0x1004'8000, 0x0802'0401) == ImageFault::None);
    CHECK(vectorFault(0x3800'0004, 0x0802'0401) == ImageFault::None);
}

TEST_CASE("a vector table that points elsewhere is refused", "[image-format]")
{
    CHECK(vectorFault(0, 0x0802'0401) == ImageFault::VectorTable);
    CHECK(vectorFault(0x2000'0000, 0x0802'0401) == ImageFault::VectorTable);
    CHECK(vectorFault(0x2002'0004, 0x0802'0401) == ImageFault::VectorTable);
    CHECK(vectorFault(0x2001'FFFE, 0x0802'0401) == ImageFault::VectorTable);
    CHECK(vectorFault(0xFFFF'FFFF, 0x0802'0401) == ImageFault::VectorTable);
    CHECK(vectorFault(0x2002'0000, 0x0802'0400) == ImageFault::VectorTable); // no Thumb bit
    CHECK(vectorFault(0x2002'0000, 0x0802'03FF) == ImageFault::VectorTable);
    CHECK(vectorFault(0x2002'0000, 0x0802'0441) == ImageFault::VectorTable);
    CHECK(vectorFault(0x2002'0000, 0x0808'0401) == ImageFault::VectorTable); // slot B
    CHECK(checkVectorTable(ByteArray<7>{}, {0x0802'0400, 64}) == ImageFault::VectorTable);
}
