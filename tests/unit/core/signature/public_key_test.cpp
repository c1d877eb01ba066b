#include "branding/branding.h"
#include "support/release_fixture.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace updater;
using test_support::developmentKey;

namespace {

const Digest sampleDigest = sha256(contract::ByteArray<3>{'a', 'b', 'c'});

const PublicKey& publicKey()
{
    return developmentKey(0).publicKey();
}

/// SEQUENCE of two INTEGERs with the given contents.
std::vector<std::uint8_t> derOf(std::vector<std::uint8_t> r, std::vector<std::uint8_t> s)
{
    std::vector<std::uint8_t> der{0x30, static_cast<std::uint8_t>(4 + r.size() + s.size())};
    for (const auto& number : {r, s}) {
        der.push_back(0x02);
        der.push_back(static_cast<std::uint8_t>(number.size()));
        der.insert(der.end(), number.begin(), number.end());
    }
    return der;
}

} // namespace

TEST_CASE("only 1 from OpenSSL is a good signature", "[public-key]")
{
    CHECK(isGoodSignature(1));
    CHECK_FALSE(isGoodSignature(0));
    CHECK_FALSE(isGoodSignature(-1));
    CHECK_FALSE(isGoodSignature(-2));
    CHECK_FALSE(isGoodSignature(2));
}

TEST_CASE("a key's hash is that of its SubjectPublicKeyInfo, as branding.json has it",
          "[public-key]")
{
    for (const branding::Key& key : branding::keys) {
        const auto made = PublicKey::fromPoint(key.point);
        REQUIRE(made);
        CHECK(made->hash() == key.hash);
        CHECK(developmentKey(key.index).publicKey().point() == key.point);
    }
}

TEST_CASE("a point that is not on the curve is refused", "[public-key]")
{
    KeyPoint point = branding::keys[0].point;
    SECTION("other y")
    {
        point[64] ^= 1;
    }
    SECTION("compressed form")
    {
        point[0] = 0x02;
    }
    SECTION("hybrid form")
    {
        point[0] = 0x06;
    }
    SECTION("nothing")
    {
        point.fill(0);
    }
    const auto key = PublicKey::fromPoint(point);
    REQUIRE_FALSE(key);
    CHECK(key.error().code == ErrorCode::BadArguments);
}

TEST_CASE("a signature with any bit flipped is refused", "[public-key]")
{
    const RawSignature good = *developmentKey(0).signRaw(sampleDigest);
    REQUIRE(publicKey().verify(sampleDigest, good));
    for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
        RawSignature bad = good;
        bad[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        REQUIRE_FALSE(publicKey().verify(sampleDigest, bad));
    }
}

TEST_CASE("a signature by the other key or over another digest is refused", "[public-key]")
{
    CHECK_FALSE(publicKey().verify(sampleDigest, *developmentKey(1).signRaw(sampleDigest)));
    CHECK_FALSE(publicKey().verify(sha256(sampleDigest), *developmentKey(0).signRaw(sampleDigest)));
}

TEST_CASE("an all-zero digest is refused although the equation holds", "[public-key]")
{
    // With digest 0 and r = s = x of the public key, u1 = 0 and u2 = 1: the check passes for
    // everyone.
    RawSignature forged{};
    std::copy_n(publicKey().point().begin() + 1, 32, forged.begin());
    std::copy_n(publicKey().point().begin() + 1, 32, forged.begin() + 32);
    CHECK_FALSE(publicKey().verify(Digest{}, forged));
}

TEST_CASE("r = 0 and s = 0 are refused", "[public-key]")
{
    const RawSignature good = *developmentKey(0).signRaw(sampleDigest);
    RawSignature bad = good;
    SECTION("r")
    {
        std::fill_n(bad.begin(), 32, std::uint8_t{0});
    }
    SECTION("s")
    {
        std::fill_n(bad.begin() + 32, 32, std::uint8_t{0});
    }
    SECTION("both")
    {
        bad.fill(0);
    }
    CHECK_FALSE(publicKey().verify(sampleDigest, bad));
}

TEST_CASE("a DER signature is accepted as it was made", "[public-key]")
{
    // 64 signatures: among them all lengths from 70 to 72.
    for (int i = 0; i < 64; ++i)
        REQUIRE(publicKey().verifyDer(sampleDigest, *developmentKey(0).sign(sampleDigest)));
}

TEST_CASE("a signature in DER that is not strict is refused", "[public-key]")
{
    std::vector<std::uint8_t> der = *developmentKey(0).sign(sampleDigest);
    SECTION("trailing byte")
    {
        der.push_back(0);
    }
    SECTION("cut")
    {
        der.pop_back();
    }
    SECTION("empty")
    {
        der.clear();
    }
    SECTION("long form of the length")
    {
        der.insert(der.begin() + 1, 0x81);
    }
    CHECK_FALSE(publicKey().verifyDer(sampleDigest, der));
    CHECK_FALSE(readDerSignature(der));
}

TEST_CASE("r and s that are negative, padded or longer than 32 bytes are not read", "[public-key]")
{
    CHECK(readDerSignature(derOf({1}, {2})));
    CHECK_FALSE(readDerSignature(derOf({0, 1}, {2}))); // a leading zero that is not needed
    CHECK_FALSE(readDerSignature(derOf({0x81}, {2})));
    CHECK_FALSE(readDerSignature(derOf({1}, {0x82})));
    CHECK_FALSE(readDerSignature(derOf(std::vector<std::uint8_t>(33, 1), {2})));
}
