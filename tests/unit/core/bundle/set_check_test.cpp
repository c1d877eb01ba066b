#include "core/bundle/set_check.h"

#include "bundle_parts.h"
#include "bundler/image_builder.h"
#include "core/bundle/image_check.h"

#include <catch2/catch.hpp>

using namespace contract;
using namespace bundle_test;
using test_support::developmentKey;
using test_support::makeRelease;
using updater::checkSetStream;

namespace {

ErrorCode refusalOfStream(const Bytes& stream)
{
    const auto header = checkSetStream(stream, test_support::trustFor(tinyMap));
    REQUIRE_FALSE(header);
    return header.error().code;
}

void putHeader(bundler::SignedSet& set, const updater::PrivateKey& key = developmentKey(0))
{
    REQUIRE(bundler::signHeader(set.header, key));
    Encoder encoder{ByteSpan{set.stream}};
    encoder(set.header);
}

/// Makes the header fit slot data that a test has changed.
void sealSlotData(bundler::SignedSet& set)
{
    const ByteView slotData =
        ByteView{set.stream}.subspan(streamBlockBytes, set.header.slotDataBytes());
    set.header.slotDataHash = updater::sha256(slotData);
    putHeader(set);
}

} // namespace

TEST_CASE("a stream gives back all four images", "[set-check]")
{
    const auto set = makeRelease(tinyMap, {.payloadBytes = {20'000, 5000}});
    const auto header = checkSetStream(set.stream, test_support::trustFor(tinyMap));
    REQUIRE(header);
    for (const Core core : cores) {
        for (const Slot slot : slots)
            CHECK(updater::imageFromStream(set.stream, *header, core, slot) ==
                  set.images[index(core)][index(slot)]);
    }
}

TEST_CASE("a stream with any byte changed is refused", "[set-check]")
{
    const auto set = makeRelease(tinyMap, tinySpec);
    for (std::size_t i = 0; i < set.stream.size(); ++i) {
        Bytes bad = set.stream;
        bad[i] ^= static_cast<std::uint8_t>(1U << i % 8);
        CAPTURE(i);
        REQUIRE_FALSE(checkSetStream(bad, test_support::trustFor(tinyMap)));
    }
}

TEST_CASE("a stream of another length is refused", "[set-check]")
{
    Bytes stream = makeRelease(tinyMap, tinySpec).stream;
    SECTION("empty")
    {
        stream.clear();
    }
    SECTION("less than a header")
    {
        stream.resize(StreamHeader::encodedBytes);
    }
    SECTION("one byte less")
    {
        stream.pop_back();
    }
    SECTION("one byte more")
    {
        stream.push_back(0xFF);
    }
    SECTION("one block more")
    {
        stream.resize(stream.size() + streamBlockBytes, 0xFF);
    }
    CHECK(refusalOfStream(stream) == ErrorCode::BundleStreamHeader);
}

TEST_CASE("a stream header that is signed and still wrong is refused", "[set-check]")
{
    auto set = makeRelease(tinyMap, tinySpec);
    ErrorCode expected = ErrorCode::BundleStreamHeader;
    SECTION("magic")
    {
        set.header.magic[0] = 'X';
    }
    SECTION("format")
    {
        set.header.formatVersion = 2;
        expected = ErrorCode::BundleFormatVersion;
    }
    SECTION("flags")
    {
        set.header.flags |= 0x8000;
    }
    SECTION("total length")
    {
        set.header.totalBytes += streamBlockBytes;
    }
    SECTION("no body")
    {
        set.header.parts[0].bodyBytes = 0;
    }
    SECTION("no TLVs for slot B")
    {
        set.header.parts[0].tlvBytesB = 0;
    }
    SECTION("slot data hash")
    {
        set.header.slotDataHash[0] ^= 1;
    }
    SECTION("body longer than its slot")
    {
        set.header.parts[1].bodyBytes = 0xFFFF'FFFF;
        expected = ErrorCode::BundleImageTooLarge;
    }
    SECTION("product")
    {
        ++set.header.product.productId;
        expected = ErrorCode::WrongProduct;
    }
    SECTION("key index")
    {
        set.header.keyIndex = 1;
        expected = ErrorCode::BundleStreamUnknownKey;
    }
    putHeader(set);
    CHECK(refusalOfStream(set.stream) == expected);
}

TEST_CASE("a header that disagrees with its images is refused", "[set-check]")
{
    auto set = makeRelease(tinyMap, tinySpec);
    SECTION("set id")
    {
        set.header.setId[0] ^= 1;
    }
    SECTION("hardware range")
    {
        set.header.product.hardwareMaximum = 7;
    }
    SECTION("counter")
    {
        ++set.header.securityCounter;
    }
    SECTION("flags")
    {
        set.header.flags ^= set_flags::raiseFloorAtConfirm;
    }
    SECTION("release")
    {
        ++set.header.releaseVersion.revision;
    }
    SECTION("core version")
    {
        ++set.header.coreVersions[1].revision;
    }
    SECTION("hash of M7 A")
    {
        set.header.imageHashes[0][0][0] ^= 1;
    }
    SECTION("hash of M7 B")
    {
        set.header.imageHashes[0][1][0] ^= 1;
    }
    SECTION("hash of M4 A")
    {
        set.header.imageHashes[1][0][0] ^= 1;
    }
    SECTION("hash of M4 B")
    {
        set.header.imageHashes[1][1][0] ^= 1;
    }
    putHeader(set);
    CHECK(refusalOfStream(set.stream) == ErrorCode::BundleMismatch);
}

TEST_CASE("a stream header by an unknown key or with a bad signature is refused", "[set-check]")
{
    auto set = makeRelease(tinyMap, tinySpec);
    SECTION("unknown key")
    {
        putHeader(set, *updater::PrivateKey::generate());
        CHECK(refusalOfStream(set.stream) == ErrorCode::BundleStreamUnknownKey);
    }
    SECTION("signature")
    {
        set.stream[StreamHeader::encodedBytes - 1] ^= 1;
        CHECK(refusalOfStream(set.stream) == ErrorCode::BundleStreamSignature);
    }
}

TEST_CASE("an image that its signed header vouches for is still checked", "[set-check]")
{
    auto set = makeRelease(tinyMap, tinySpec);
    set.stream[streamBlockBytes + 20] ^= 1; // inside M7 A's protected TLVs
    sealSlotData(set);
    CHECK(refusalOfStream(set.stream) == ErrorCode::BundleImage);
}

TEST_CASE("a stream with a malformed patch is refused", "[set-check]")
{
    auto set = makeRelease(tinyMap, tinySpec);
    const CoreParts& m7 = set.header.parts[0];
    set.stream[streamBlockBytes + m7.tlvBytesA + m7.tlvBytesB + m7.patchBytes - 2] = 0;
    sealSlotData(set);
    CHECK(refusalOfStream(set.stream) == ErrorCode::BundleStreamHeader);
}

TEST_CASE("an M7 image that names another M4 image is refused", "[set-check]")
{
    auto set = makeRelease(tinyMap, tinySpec);
    updater::CheckedImage checked;
    const Bytes& m7 = set.images[0][0];
    REQUIRE(updater::checkImage(m7, Core::M7, Slot::A, test_support::trustFor(tinyMap), checked) ==
            ImageFault::None);
    checked.tlvs.companion[0] ^= 1;
    const bundler::ImageFields fields{Core::M7, checked.header.loadAddress, checked.header.version,
                                      checked.tlvs};
    const ByteView payload = ByteView{m7}.subspan(imageHeaderBytes, checked.header.payloadBytes);
    auto forged = bundler::buildImage(fields, payload, developmentKey(0));
    // DER signatures have three lengths; the new TLVs must take the place of the old.
    for (int i = 0; i < 1000 && forged->tlvs.size() != set.header.parts[0].tlvBytesA; ++i)
        forged = bundler::buildImage(fields, payload, developmentKey(0));
    REQUIRE(forged->tlvs.size() == set.header.parts[0].tlvBytesA);
    std::ranges::copy(forged->tlvs, set.stream.begin() + streamBlockBytes);
    set.header.imageHashes[0][0] = forged->hash;
    sealSlotData(set);
    CHECK(refusalOfStream(set.stream) == ErrorCode::BundleMismatch);
}

TEST_CASE("a stream linked for slot A only is accepted and holds nothing for slot B", "[set-check]")
{
    const auto set = makeRelease(tinyMap, {.payloadBytes = {256, 256}, .isSingleLink = true});
    const auto header = updater::checkSetStream(set.stream, test_support::trustFor(tinyMap));
    REQUIRE(header);
    CHECK(updater::holdsImageFor(*header, Slot::A));
    CHECK_FALSE(updater::holdsImageFor(*header, Slot::B));
    for (const Core core : cores)
        CHECK(updater::imageFromStream(set.stream, *header, core, Slot::A) ==
              set.images[index(core)][0]);
}

TEST_CASE("a stream whose flag and parts disagree on slot B is refused", "[set-check]")
{
    auto set = makeRelease(tinyMap, {.payloadBytes = {256, 256}, .isSingleLink = true});
    SECTION("slot A only, but TLVs for B")
    {
        set.header.parts[0].tlvBytesB = 8;
    }
    SECTION("slot A only, but a patch")
    {
        set.header.parts[1].patchBytes = 2;
    }
    SECTION("both slots, but no TLVs for B")
    {
        set.header.flags &= static_cast<std::uint16_t>(~set_flags::slotAOnly);
    }
    putHeader(set);
    CHECK(refusalOfStream(set.stream) == ErrorCode::BundleStreamHeader);
}

TEST_CASE("the images of a stream for slot A only are checked like any other", "[set-check]")
{
    auto set = makeRelease(tinyMap, {.payloadBytes = {256, 256}, .isSingleLink = true});
    set.stream[std::size_t{set.header.firstBodyBlock()} * streamBlockBytes + imageHeaderBytes +
               9] ^= 1;
    CHECK(refusalOfStream(set.stream) == ErrorCode::BundleImage);
}
