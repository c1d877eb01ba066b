#include "contract/set_stream.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace contract;

namespace {

StreamHeader sampleHeader()
{
    StreamHeader header;
    header.parts[0] = {.bodyBytes = 3 * 4096, .tlvBytesA = 300, .tlvBytesB = 301, .patchBytes = 40};
    header.parts[1] = {
        .bodyBytes = 5 * 4096 + 1, .tlvBytesA = 264, .tlvBytesB = 263, .patchBytes = 9};
    header.totalBytes = header.totalBlocks() * streamBlockBytes;
    return header;
}

std::vector<PatchEntry> readAll(PatchReader& reader)
{
    std::vector<PatchEntry> entries;
    while (const auto entry = reader.next())
        entries.push_back(*entry);
    return entries;
}

} // namespace

TEST_CASE("a header that fits the slots passes", "[set-stream]")
{
    CHECK(checkBounds(sampleHeader(), h755FlashMap) == StreamFault::None);
}

TEST_CASE("a header whose parts do not fit is refused", "[set-stream]")
{
    StreamHeader header = sampleHeader();
    SECTION("body larger than the slot")
    {
        header.parts[0].bodyBytes = 384 * kib + 1;
    }
    SECTION("body without payload")
    {
        header.parts[1].bodyBytes = imageHeaderBytes;
    }
    SECTION("body near the 32-bit limit")
    {
        header.parts[1].bodyBytes = 0xFFFF'FFFF;
    }
    SECTION("no TLVs for slot A")
    {
        header.parts[0].tlvBytesA = 0;
    }
    SECTION("no TLVs for slot B without the slot-A-only flag")
    {
        header.parts[1].tlvBytesB = 0;
    }
    SECTION("TLVs longer than any image's")
    {
        header.parts[0].tlvBytesB = maximumTlvBytes + 1;
    }
    SECTION("TLVs behind the slot's end")
    {
        header.parts[0].bodyBytes = 384 * kib - 299;
    }
    SECTION("patch larger than the buffer")
    {
        header.parts[0].patchBytes = maximumSlotDataBytes + 1;
    }
    SECTION("slot data larger than the buffer together")
    {
        header.parts[0].patchBytes = maximumSlotDataBytes / 2;
        header.parts[1].patchBytes = maximumSlotDataBytes / 2;
    }
    SECTION("total length that is not the sum")
    {
        header.totalBytes += 4096;
        CHECK(checkBounds(header, h755FlashMap) == StreamFault::Bounds);
        return;
    }
    header.totalBytes = header.totalBlocks() * streamBlockBytes;
    CHECK(checkBounds(header, h755FlashMap) == StreamFault::Bounds);
}

TEST_CASE("a single-link header has no TLVs and no patch for slot B", "[set-stream]")
{
    StreamHeader header = sampleHeader();
    header.flags = set_flags::slotAOnly;
    CHECK(checkBounds(header, h755FlashMap) == StreamFault::Bounds);
    for (CoreParts& part : header.parts)
        part.tlvBytesB = part.patchBytes = 0;
    header.totalBytes = header.totalBlocks() * streamBlockBytes;
    CHECK(checkBounds(header, h755FlashMap) == StreamFault::None);
}

TEST_CASE("bodies alternate while both cores have data, and blocks map both ways", "[set-stream]")
{
    const StreamHeader header = sampleHeader();
    REQUIRE(header.firstBodyBlock() == 2);
    const std::vector<BodyBlock> expected{{Core::M7, 0}, {Core::M4, 0}, {Core::M7, 1},
                                          {Core::M4, 1}, {Core::M7, 2}, {Core::M4, 2},
                                          {Core::M4, 3}, {Core::M4, 4}, {Core::M4, 5}};
    REQUIRE(header.totalBlocks() == 2 + expected.size());
    for (std::uint32_t i = 0; i < expected.size(); ++i) {
        CAPTURE(i);
        CHECK(bodyBlockAt(header, 2 + i) == expected[i]);
        CHECK(streamBlockOf(header, expected[i]) == 2 + i);
    }
}

TEST_CASE("slot data is cut into both cores' TLVs and patches without gap", "[set-stream]")
{
    const StreamHeader header = sampleHeader();
    const std::vector<std::uint8_t> bytes(header.slotDataBytes());
    const SlotDataView m7 = slotDataOf(header, bytes, Core::M7);
    const SlotDataView m4 = slotDataOf(header, bytes, Core::M4);
    CHECK(m7.tlvA.data() == bytes.data());
    CHECK(m7.tlvB.data() == m7.tlvA.data() + 300);
    CHECK(m7.patch.data() == m7.tlvB.data() + 301);
    CHECK(m4.tlvA.data() == m7.patch.data() + 40);
    CHECK(m4.patch.data() + m4.patch.size() == bytes.data() + bytes.size());
}

TEST_CASE("a patch is read as gaps and new bytes", "[set-stream]")
{
    const ByteArray<7> patch{0x00, 0xAA, 0x80, 0x01, 0xBB, 0x01, 0xCC};
    PatchReader reader{patch, 4096};
    const std::vector<PatchEntry> entries = readAll(reader);
    REQUIRE_FALSE(reader.isMalformed());
    REQUIRE(entries.size() == 3);
    CHECK(entries[0].offset == 0);
    CHECK(entries[0].value == 0xAA);
    CHECK(entries[1].offset == 128);
    CHECK(entries[2].offset == 129);
    CHECK(entries[2].value == 0xCC);
}

TEST_CASE("a malformed patch ends as malformed, not out of bounds", "[set-stream]")
{
    const auto patch = GENERATE(values<std::vector<std::uint8_t>>({
        {0x05},                               // gap without byte
        {0x80},                               // unfinished gap
        {0x80, 0x80, 0x80, 0x80, 0x01, 0xAA}, // gap of more than 28 bits
        {0x85, 0x00, 0xAA},                   // padded LEB128
        {0xFF, 0x1F, 0xAA, 0x01, 0xBB},       // 4095, then 4096: behind the body
        {0x80, 0x20, 0xAA},                   // 4096: behind the body
        {0x01, 0xAA, 0x00, 0xBB},             // the same byte twice
    }));
    PatchReader reader{patch, 4096};
    for (const PatchEntry& entry : readAll(reader))
        CHECK(entry.offset < 4096);
    CHECK(reader.isMalformed());
}

TEST_CASE("an empty patch is valid", "[set-stream]")
{
    PatchReader reader{{}, 4096};
    CHECK_FALSE(reader.next());
    CHECK_FALSE(reader.isMalformed());
}

TEST_CASE("the stream header's fields lie where docs/protocol.md says", "[set-stream]")
{
    StreamHeader header = sampleHeader();
    header.formatVersion = 1;
    header.securityCounter = 0xA1B2'C3D4;
    header.signature.fill(0x5A);
    const auto bytes = encode(header);
    CHECK(StreamHeader::encodedBytes == 364);
    CHECK(bytes[0] == 'H');
    CHECK(bytes[3] == 'T');
    CHECK(bytes[4] == 1);
    CHECK(bytes[32] == 0xD4);
    CHECK(bytes[StreamHeader::signedBytes - 1] == 0);
    CHECK(bytes[StreamHeader::signedBytes] == 0x5A);
    CHECK(decode<StreamHeader>(bytes).securityCounter == header.securityCounter);
}
