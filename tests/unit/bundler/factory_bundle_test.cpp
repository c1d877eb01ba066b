// The signed file for production lines: nothing but what was signed comes out of it.
#include "core/bundle/manifest_signature.h"
#include "core/factory/factory_bundle.h"
#include "support/release_fixture.h"

#include <catch2/catch.hpp>

using namespace updater;
using contract::h755FlashMap;
using test_support::bootloaderLike;
using test_support::developmentKey;

namespace {

Bytes release()
{
    return test_support::makeBundle(h755FlashMap, {});
}

Bytes packed()
{
    const Result<Bytes> bytes = packFactoryBundle(bootloaderLike(), release(), developmentKey(0));
    if (!bytes) FAIL(bytes.error().detail);
    return *bytes;
}

/// The file with one of its parts exchanged; the ZIP itself is in order.
Bytes withPart(const Bytes& file, std::string_view name, const Bytes& content)
{
    std::vector<ZipEntry> entries = *readZip(file);
    for (ZipEntry& entry : entries)
        if (entry.name == name) entry.bytes = content;
    return writeZip(entries);
}

ErrorCode refusalOf(const Bytes& file)
{
    const Result<FactoryBundle> bundle = verifyFactoryBundle(file);
    if (bundle) FAIL("accepted");
    return bundle.error().code;
}

} // namespace

TEST_CASE("a factory file holds the bootloader and a release that fit each other", "[factory]")
{
    const Result<FactoryBundle> bundle = verifyFactoryBundle(packed());
    REQUIRE(bundle);
    CHECK(bundle->bootloader == bootloaderLike());
    REQUIRE(bundle->image.size() == 4);
    CHECK(bundle->image.front().address == h755FlashMap.bootloader.address);
    CHECK(bundle->image.back().address == h755FlashMap.journal.address);
}

TEST_CASE("no part of a factory file can be exchanged", "[factory]")
{
    const Bytes file = packed();
    Bytes other = bootloaderLike();
    other[0x3'000] ^= 1;
    CHECK(refusalOf(withPart(file, "bootloader.bin", other)) == ErrorCode::BundleEntryHash);
    Bytes newer = release();
    newer.back() ^= 1;
    CHECK(refusalOf(withPart(file, "release.h755", newer)) == ErrorCode::BundleEntryHash);
    CHECK(refusalOf(withPart(file, "factory.json", {'{', '}'})) == ErrorCode::BundleSignature);
    CHECK(refusalOf(withPart(file, "factory.sig", Bytes(100, 0))) == ErrorCode::BundleSignature);
}

TEST_CASE("a factory file by a stranger or signed as a release is refused", "[factory]")
{
    const Bytes file = packed();
    const std::vector<ZipEntry> entries = *readZip(file);
    const Bytes text(entries[0].bytes.begin(), entries[0].bytes.end());
    const auto signedBy = [&](const PrivateKey& key, SignedText kind) {
        const auto signature = contract::encode(*signManifest(text, key, kind));
        return withPart(file, "factory.sig", Bytes(signature.begin(), signature.end()));
    };
    CHECK(verifyFactoryBundle(signedBy(developmentKey(0), SignedText::Factory)));
    CHECK(refusalOf(signedBy(developmentKey(0), SignedText::Release)) ==
          ErrorCode::BundleSignature);
    CHECK(refusalOf(signedBy(*PrivateKey::generate(), SignedText::Factory)) ==
          ErrorCode::BundleUnknownKey);
}

TEST_CASE("entries are neither missing nor left over", "[factory]")
{
    const Bytes file = packed();
    std::vector<ZipEntry> entries = *readZip(file);
    entries.push_back({"more.txt", entries.front().bytes});
    CHECK(refusalOf(writeZip(entries)) == ErrorCode::BundleEntryUnnamed);
    entries.resize(3);
    CHECK(refusalOf(writeZip(entries)) == ErrorCode::BundleEntryMissing);
}

TEST_CASE("what could not be provisioned is not packed", "[factory]")
{
    CHECK_FALSE(packFactoryBundle(Bytes(1000, 0xFF), release(), developmentKey(0)));
    Bytes strange = bootloaderLike();
    std::fill(strange.begin() + 0x2'000, strange.begin() + 0x2'100, 0xFF);
    const Result<Bytes> bytes = packFactoryBundle(strange, release(), developmentKey(0));
    REQUIRE_FALSE(bytes);
    CHECK(bytes.error().code == ErrorCode::BundleImage);
}
