#include "core/bundle/verified_bundle.h"

#include "bundle_parts.h"

#include <catch2/catch.hpp>
#include <type_traits>

using namespace bundle_test;
using test_support::developmentKey;
using test_support::makeBundle;
using test_support::trustFor;
using updater::verifyBundle;

// Nothing but verification makes a VerifiedBundle (S01).
static_assert(!std::is_default_constructible_v<updater::VerifiedBundle>);

namespace {

/// Puts another stream into a bundle and names its hash in a newly signed manifest.
Bytes withStream(const bundler::SignedSet& set)
{
    const auto bundle = bundler::packBundle(set, {}, developmentKey(0));
    REQUIRE(bundle);
    return *bundle;
}

} // namespace

TEST_CASE("a bundle gives its facts and the bytes that were verified", "[verified-bundle]")
{
    const auto set = test_support::makeRelease(tinyMap, tinySpec);
    const auto bytes = bundler::packBundle(
        set, {.requiresFrom = {0, 9, 0, 0}, .notes = {{"de", "Neues"}, {"en", "News"}}},
        developmentKey(0));
    const auto bundle = verifyBundle(*bytes, trustFor(tinyMap));
    REQUIRE(bundle);
    CHECK(std::ranges::equal(bundle->stream(), set.stream));
    CHECK(bundle->manifest().requiresFrom == contract::Version{0, 9, 0, 0});
    CHECK(bundle->manifest().setId == set.header.setId);
    CHECK(bundle->streamHeader().imageHashes == set.header.imageHashes);
    CHECK(bundle->streamHeaderHash() == updater::sha256(contract::encode(set.header)));
    CHECK(bundle->notes() == std::map<std::string, std::string>{{"de", "Neues"}, {"en", "News"}});
}

TEST_CASE("a copied or moved bundle still holds the verified bytes", "[verified-bundle]")
{
    auto bundle = verifyBundle(tinyBundle(), trustFor(tinyMap));
    REQUIRE(bundle);
    const std::uint8_t* stream = bundle->stream().data();
    const updater::VerifiedBundle copy = *bundle;
    const updater::VerifiedBundle moved = std::move(*bundle);
    CHECK(copy.stream().data() == stream);
    CHECK(moved.stream().data() == stream);
}

TEST_CASE("a release of the product's own size and keys is accepted", "[verified-bundle]")
{
    CHECK(verifyBundle(
        makeBundle(contract::h755FlashMap, {.payloadBytes = {380 * 1024, 500 * 1024}})));
    CHECK(verifyBundle(makeBundle(contract::h755FlashMap, {.keyIndex = 1})));
}

TEST_CASE("a bundle cut anywhere is refused", "[verified-bundle]")
{
    const Bytes bundle = tinyBundle();
    for (std::size_t bytes = 0; bytes < bundle.size(); ++bytes) {
        const ErrorCode code = refusalOf(Bytes(bundle.begin(), bundle.begin() + long(bytes)));
        REQUIRE(code == (bytes < 4 ? ErrorCode::BundleNotZip : ErrorCode::BundleMalformed));
    }
}

TEST_CASE("a bundle with one flipped bit in any byte is refused", "[verified-bundle]")
{
    const Bytes bundle = tinyBundle();
    const updater::Trust trust = trustFor(tinyMap);
    for (std::size_t i = 0; i < bundle.size(); ++i) {
        Bytes bad = bundle;
        bad[i] ^= static_cast<std::uint8_t>(1U << i % 8);
        CAPTURE(i);
        REQUIRE_FALSE(verifyBundle(std::move(bad), trust));
    }
}

TEST_CASE("a flipped bit in any entry is refused also in an archive that fits it",
          "[verified-bundle]")
{
    const Parts parts = partsOf(tinyBundle());
    const updater::Trust trust = trustFor(tinyMap);
    for (std::size_t entry = 0; entry < parts.size(); ++entry) {
        for (std::size_t i = 0; i < parts[entry].bytes.size(); ++i) {
            Parts bad = parts;
            bad[entry].bytes[i] ^= static_cast<std::uint8_t>(1U << i % 8);
            const ErrorCode code = refusalOf(joined(bad), trust);
            CAPTURE(bad[entry].name, i);
            if (bad[entry].name == "manifest.json")
                REQUIRE(code == ErrorCode::BundleSignature);
            else if (bad[entry].name != "manifest.sig")
                REQUIRE(code == ErrorCode::BundleEntryHash);
        }
    }
}

TEST_CASE("an ELF given as a bundle is refused as what it is not", "[verified-bundle]")
{
    CHECK(refusalOf({0x7F, 'E', 'L', 'F', 1, 1, 1, 0}) == ErrorCode::BundleNotZip);
}

TEST_CASE("a bundle of more than 16 MB is refused", "[verified-bundle]")
{
    CHECK(refusalOf(Bytes(updater::maximumBundleBytes + 1)) == ErrorCode::BundleTooLarge);
}

TEST_CASE("a manifest signed by an unknown key is refused", "[verified-bundle]")
{
    Parts parts = partsOf(tinyBundle());
    signManifest(parts, *updater::PrivateKey::generate());
    CHECK(refusalOf(joined(parts)) == ErrorCode::BundleUnknownKey);
}

TEST_CASE("a manifest signed by the other trusted key does not fit its key index",
          "[verified-bundle]")
{
    Parts parts = partsOf(tinyBundle());
    signManifest(parts, developmentKey(1));
    CHECK(refusalOf(joined(parts)) == ErrorCode::BundleMismatch);
}

TEST_CASE("a signature that is not over the manifest's exact bytes is refused", "[verified-bundle]")
{
    Parts parts = partsOf(tinyBundle());
    SECTION("a space behind the manifest")
    {
        part(parts, "manifest.json").push_back(' ');
    }
    SECTION("signature cut")
    {
        part(parts, "manifest.sig").pop_back();
    }
    SECTION("signature longer")
    {
        part(parts, "manifest.sig").push_back(0);
    }
    SECTION("signature empty")
    {
        part(parts, "manifest.sig").clear();
    }
    SECTION("a stream header's signature")
    {
        // Right key, wrong role: the domain keeps them apart (S02).
        const auto& manifest = part(parts, "manifest.json");
        const auto raw =
            developmentKey(0).signRaw(updater::sha256({contract::streamSignatureDomain, manifest}));
        std::ranges::copy(*raw, part(parts, "manifest.sig").end() - 64);
    }
    CHECK(refusalOf(joined(parts)) == ErrorCode::BundleSignature);
}

TEST_CASE("the signature is checked before the manifest is parsed", "[verified-bundle]")
{
    Parts parts = partsOf(tinyBundle());
    part(parts, "manifest.json") = bytesOf("{ not JSON");
    CHECK(refusalOf(joined(parts)) == ErrorCode::BundleSignature);
    signManifest(parts, developmentKey(0));
    CHECK(refusalOf(joined(parts)) == ErrorCode::BundleManifest);
}

TEST_CASE("a bundle without one of its entries is refused", "[verified-bundle]")
{
    Parts parts = partsOf(tinyBundle());
    const auto entry = GENERATE(range(0, 4));
    parts.erase(parts.begin() + entry);
    CHECK(refusalOf(joined(parts)) == ErrorCode::BundleEntryMissing);
}

TEST_CASE("a manifest that names no stream is refused", "[verified-bundle]")
{
    Parts parts = partsOf(tinyBundle());
    Bytes& manifest = part(parts, "manifest.json");
    const std::string text(manifest.begin(), manifest.end());
    manifest = bytesOf(text.substr(0, text.find("\"entries\"")) + "\"entries\": []}");
    signManifest(parts, developmentKey(0));
    CHECK(refusalOf(joined(parts)) == ErrorCode::BundleEntryUnnamed);
    parts.resize(2);
    CHECK(refusalOf(joined(parts)) == ErrorCode::BundleEntryMissing);
}

TEST_CASE("an entry named ../x is refused", "[verified-bundle]")
{
    Parts parts = partsOf(tinyBundle());
    parts.push_back({"../x", {}});
    CHECK(refusalOf(joined(parts)) == ErrorCode::BundleEntryName);
}

TEST_CASE("an entry that the manifest does not name is refused", "[verified-bundle]")
{
    Parts parts = partsOf(tinyBundle());
    parts.push_back({"notes/fr.md", {}});
    CHECK(refusalOf(joined(parts)) == ErrorCode::BundleEntryUnnamed);
}

TEST_CASE("an entry twice is refused", "[verified-bundle]")
{
    Parts parts = partsOf(tinyBundle());
    parts.push_back(parts.back());
    CHECK(refusalOf(joined(parts)) == ErrorCode::BundleEntryDuplicate);
}

TEST_CASE("a signed manifest that names an entry twice or a foreign one is refused",
          "[verified-bundle]")
{
    Parts parts = partsOf(tinyBundle());
    const auto name = GENERATE("firmware.h7set", "manifest.json", "readme.txt", "notes/.md",
                               "notes/a/b.md", "notes/en.txt", "../x");
    editManifest(parts, "notes/en.md", name);
    parts.back().name = "readme.txt";
    CHECK(refusalOf(joined(parts)) == ErrorCode::BundleManifest);
}

TEST_CASE("a bundle for another product is refused", "[verified-bundle]")
{
    CHECK(refusalOf(makeBundle(tinyMap, {.payloadBytes = {256, 256}, .productId = 42})) ==
          ErrorCode::WrongProduct);
}

TEST_CASE("a repeated JSON key in a signed manifest is refused", "[verified-bundle]")
{
    Parts parts = partsOf(tinyBundle());
    editManifest(parts, "\"channel\"", "\"\\u0063hannel\": \"beta\", \"channel\"");
    CHECK(refusalOf(joined(parts)) == ErrorCode::BundleDuplicateKey);
}

TEST_CASE("a bundle of a later format says so", "[verified-bundle]")
{
    Parts parts = partsOf(tinyBundle());
    editManifest(parts, "\"format\": 1", "\"format\": 2");
    CHECK(refusalOf(joined(parts)) == ErrorCode::BundleFormatVersion);
}

TEST_CASE("a manifest that disagrees with the stream header is refused", "[verified-bundle]")
{
    Parts parts = partsOf(tinyBundle());
    SECTION("release")
    {
        editManifest(parts, "\"release\": \"1.0.0\"", "\"release\": \"1.0.1\"");
    }
    SECTION("M7")
    {
        editManifest(parts, "\"m7\": \"1.0.0\"", "\"m7\": \"1.0.1\"");
    }
    SECTION("M4")
    {
        editManifest(parts, "\"m4\": \"1.0.0\"", "\"m4\": \"1.0.1\"");
    }
    SECTION("counter")
    {
        editManifest(parts, "\"securityCounter\": 1", "\"securityCounter\": 2");
    }
    SECTION("key index")
    {
        editManifest(parts, "\"keyIndex\": 0", "\"keyIndex\": 1");
    }
    SECTION("hardware")
    {
        editManifest(parts, "65535", "7");
    }
    SECTION("bootloader")
    {
        editManifest(parts, "\"0.0.0\"", "\"0.0.1\"");
    }
    CHECK(refusalOf(joined(parts)) == ErrorCode::BundleMismatch);
}

TEST_CASE("a set id in the manifest that is not the stream's is refused", "[verified-bundle]")
{
    auto set = test_support::makeRelease(tinyMap, tinySpec);
    const contract::StreamHeader honest = set.header;
    set.header.setId[0] ^= 1; // the manifest is written from here; the stream keeps its header
    REQUIRE(honest.setId != set.header.setId);
    CHECK(refusalOf(withStream(set)) == ErrorCode::BundleMismatch);
}

TEST_CASE("a signed manifest around a stream header by an unknown key is refused",
          "[verified-bundle]")
{
    auto set = test_support::makeRelease(tinyMap, tinySpec);
    REQUIRE(bundler::signHeader(set.header, *updater::PrivateKey::generate()));
    contract::Encoder encoder{contract::ByteSpan{set.stream}};
    encoder(set.header);
    CHECK(refusalOf(withStream(set)) == ErrorCode::BundleStreamUnknownKey);
}

TEST_CASE("an image larger than its slot is refused", "[verified-bundle]")
{
    contract::FlashMap smaller = tinyMap;
    smaller.slotRegions[0][0].bytes = smaller.slotRegions[0][1].bytes = 0x2000;
    const Bytes bundle = makeBundle(tinyMap, {.payloadBytes = {0x2000, 256}});
    REQUIRE(verifyBundle(bundle, trustFor(tinyMap)));
    CHECK(refusalOf(bundle, trustFor(smaller)) == ErrorCode::BundleImageTooLarge);
}
