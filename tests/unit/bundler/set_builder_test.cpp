#include "bundler/set_builder.h"

#include "core/bundle/byte_patch.h"
#include "support/release_fixture.h"

#include <catch2/catch.hpp>

using namespace contract;
using namespace test_support;
using bundler::Bytes;
using updater::ErrorCode;

namespace {

/// Header and payload of one core, collected from the stream's blocks.
Bytes bodyFrom(const bundler::SignedSet& set, Core core)
{
    Bytes body;
    for (std::uint32_t i = 0; i < set.header.bodyBlocks(core); ++i) {
        const std::size_t at = std::size_t{streamBlockOf(set.header, {core, i})} * streamBlockBytes;
        const ByteView block = ByteView{set.stream}.subspan(at, streamBlockBytes);
        body.insert(body.end(), block.begin(), block.end());
    }
    body.resize(set.header.part(core).bodyBytes);
    return body;
}

SlotDataView slotDataFrom(const bundler::SignedSet& set, Core core)
{
    const ByteView slotData =
        ByteView{set.stream}.subspan(streamBlockBytes, set.header.slotDataBytes());
    return slotDataOf(set.header, slotData, core);
}

void append(Bytes& to, ByteView bytes)
{
    to.insert(to.end(), bytes.begin(), bytes.end());
}

ErrorCode refusalOf(const bundler::ReleaseFields& fields,
                    const std::array<bundler::CorePayloads, 2>& payloads)
{
    const auto set = bundler::buildSet(h755FlashMap, fields, payloads, developmentKey(0));
    REQUIRE_FALSE(set);
    return set.error().code;
}

std::array<bundler::CorePayloads, 2> samplePayloads()
{
    return {makePayloads(h755FlashMap, Core::M7, {}), makePayloads(h755FlashMap, Core::M4, {})};
}

} // namespace

TEST_CASE("both slots' images come out of one stream byte for byte", "[set-builder]")
{
    const std::uint32_t m7Bytes = GENERATE(64U, 3072U, 4096U, 20'000U, 380U * 1024);
    const auto set = makeRelease(h755FlashMap, {.payloadBytes = {m7Bytes, 9000}});
    REQUIRE(checkBounds(set.header, h755FlashMap) == StreamFault::None);
    REQUIRE(set.stream.size() == set.header.totalBytes);
    for (const Core core : cores) {
        const SlotDataView slotData = slotDataFrom(set, core);
        Bytes image = bodyFrom(set, core);
        Bytes imageB = image;
        append(image, slotData.tlvA);
        CHECK(image == set.images[index(core)][0]);
        REQUIRE(updater::applyPatch(imageB, slotData.patch));
        append(imageB, slotData.tlvB);
        CHECK(imageB == set.images[index(core)][1]);
        CHECK(imageB != image);
    }
}

TEST_CASE("every image is what its header, TLVs, hash and signature say", "[set-builder]")
{
    const auto set = makeRelease(h755FlashMap, {.counter = 7});
    for (const Core core : cores) {
        for (const Slot slot : slots) {
            const ByteView image = set.images[index(core)][index(slot)];
            const auto header = decode<ImageHeader>(image.first<ImageHeader::encodedBytes>());
            REQUIRE(checkHeader(header, h755FlashMap.slot(core, slot)) == ImageFault::None);
            ImageTlvs tlvs;
            REQUIRE(parseTlvs(image.subspan(header.bodyBytes()), header.protectedTlvBytes, core,
                              tlvs) == ImageFault::None);
            CHECK(tlvs.hash == updater::sha256(image.first(header.hashedBytes())));
            CHECK(developmentKey(0).publicKey().verifyDer(tlvs.hash, tlvs.signature));
            CHECK(tlvs.hash == set.header.imageHashes[index(core)][index(slot)]);
            CHECK(tlvs.setId == set.header.setId);
            CHECK(tlvs.securityCounter == 7);
            if (core == Core::M7) CHECK(tlvs.companion == set.header.imageHashes[1][index(slot)]);
        }
    }
}

TEST_CASE("the header's signature covers its domain and all fields before it", "[set-builder]")
{
    const auto set = makeRelease(h755FlashMap);
    const ByteView bytes = ByteView{set.stream}.first(StreamHeader::encodedBytes);
    const ByteView signedPart = bytes.first(StreamHeader::signedBytes);
    const auto& key = developmentKey(0).publicKey();
    CHECK(key.verify(updater::sha256({streamSignatureDomain, signedPart}), set.header.signature));
    CHECK_FALSE(key.verify(updater::sha256(signedPart), set.header.signature));
    CHECK(set.header.keyHash == key.hash());
}

TEST_CASE("the same inputs give the same set apart from its signatures", "[set-builder]")
{
    const auto first = makeRelease(h755FlashMap);
    const auto second = makeRelease(h755FlashMap);
    CHECK(first.header.setId == second.header.setId);
    CHECK(first.header.imageHashes == second.header.imageHashes);
    CHECK(bodyFrom(first, Core::M7) == bodyFrom(second, Core::M7));
}

TEST_CASE("any other input gives another set id", "[set-builder]")
{
    const SetId base = makeRelease(h755FlashMap).header.setId;
    CHECK(makeRelease(h755FlashMap, {.version = {1, 0, 1, 0}}).header.setId != base);
    CHECK(makeRelease(h755FlashMap, {.counter = 2}).header.setId != base);
    CHECK(makeRelease(h755FlashMap, {.payloadBytes = {8192, 8196}}).header.setId != base);
    CHECK(makeRelease(h755FlashMap, {.seed = 2}).header.setId != base);
    CHECK(makeRelease(h755FlashMap, {.flags = 0}).header.setId != base);
    CHECK(makeRelease(h755FlashMap, {.productId = 9}).header.setId != base);
    CHECK(makeRelease(h755FlashMap, {.keyIndex = 1}).header.setId != base);
    CHECK(makeRelease(h755FlashMap, {.isSingleLink = true}).header.setId != base);
}

TEST_CASE("a single-link release has neither patch nor slot-B TLVs, and the flag", "[set-builder]")
{
    const auto set = makeRelease(h755FlashMap, {.isSingleLink = true});
    CHECK(checkBounds(set.header, h755FlashMap) == StreamFault::None);
    CHECK((set.header.flags & set_flags::slotAOnly) != 0);
    CHECK(set.header.part(Core::M7).patchBytes == 0);
    CHECK(set.header.part(Core::M4).tlvBytesB == 0);
    CHECK(set.images[0][1].empty());
}

TEST_CASE("an image fits its slot to the byte, and one byte more is refused", "[set-builder]")
{
    const std::size_t slotBytes = h755FlashMap.slot(Core::M7, Slot::A).bytes;
    auto payloads = samplePayloads();
    const Bytes tooLong(slotBytes - imageHeaderBytes, 0x55);
    payloads[0] = {tooLong, tooLong};
    CHECK(refusalOf(fieldsOf({}), payloads) == ErrorCode::BundleImageTooLarge);
    payloads[0] = {Bytes(slotBytes + 1), Bytes(slotBytes + 1)};
    CHECK(refusalOf(fieldsOf({}), payloads) == ErrorCode::BundleImageTooLarge);

    const Bytes longest(slotBytes - imageHeaderBytes - 400, 0x55);
    payloads[0] = {longest, longest};
    CHECK(bundler::buildSet(h755FlashMap, fieldsOf({}), payloads, developmentKey(0)));
}

TEST_CASE("payload pairs that cannot become one stream are refused", "[set-builder]")
{
    auto payloads = samplePayloads();
    SECTION("lengths differ")
    {
        payloads[0].slotB.pop_back();
    }
    SECTION("one core has a single link")
    {
        payloads[1].slotB.clear();
    }
    SECTION("no vector table")
    {
        payloads[0] = {Bytes(7), Bytes(7)};
    }
    SECTION("links that have nothing in common")
    {
        payloads[0] = {Bytes(100'000, 1), Bytes(100'000, 2)};
    }
    CHECK(refusalOf(fieldsOf({}), payloads) == ErrorCode::BundleImage);
}

TEST_CASE("flags that an image cannot carry are refused", "[set-builder]")
{
    bundler::ReleaseFields fields = fieldsOf({});
    fields.flags = set_flags::slotAOnly;
    CHECK(refusalOf(fields, samplePayloads()) == ErrorCode::BadArguments);
}
