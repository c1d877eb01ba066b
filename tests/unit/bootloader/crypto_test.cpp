#include "bootloader/crypto.h"

#include "support/release_fixture.h"
#include "virtual/identity_from_branding.h"

#include <bearssl.h>
#include <catch2/catch.hpp>

using namespace contract;
using boot::RawSignature;

namespace {

const boot::BearSslCrypto crypto;

const boot::PublicKey& developmentPublicKey(std::size_t which = 0)
{
    static const boot::Identity identity = virtual_h755::brandedIdentity();
    return identity.keys.at(which);
}

struct SignedDigest {
    Digest digest{};
    bundler::Bytes der;
    RawSignature raw{};
};

SignedDigest signSomething()
{
    SignedDigest result;
    const ByteArray<3> message{'a', 'b', 'c'};
    result.digest = crypto.sha256(message);
    result.der = test_support::developmentKey(0).sign(result.digest).value();
    REQUIRE(boot::readDerSignature(result.der, result.raw));
    return result;
}

/// SEQUENCE of two INTEGERs with the given contents, all lengths in the short form.
bundler::Bytes derOf(const bundler::Bytes& r, const bundler::Bytes& s)
{
    bundler::Bytes der{0x30, static_cast<std::uint8_t>(r.size() + s.size() + 4)};
    for (const bundler::Bytes& integer : {r, s}) {
        der.push_back(0x02);
        der.push_back(static_cast<std::uint8_t>(integer.size()));
        der.insert(der.end(), integer.begin(), integer.end());
    }
    return der;
}

} // namespace

TEST_CASE("SHA-256 gives the digest of FIPS 180-4, in one piece and in slices", "[crypto]")
{
    const ByteArray<3> abc{'a', 'b', 'c'};
    const Digest expected{0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
                          0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
                          0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};
    CHECK(crypto.sha256(abc) == expected);

    boot::Sha256 hash;
    crypto.start(hash);
    crypto.update(hash, ByteView{abc}.first(1));
    boot::Sha256 copy = hash;
    crypto.update(copy, ByteView{abc}.last(2));
    CHECK(crypto.finish(copy) == expected);
}

TEST_CASE("a signature by the key is accepted, by the other key it is not", "[crypto]")
{
    const SignedDigest it = signSomething();
    CHECK(crypto.verify(developmentPublicKey(0), it.digest, it.raw));
    CHECK_FALSE(crypto.verify(developmentPublicKey(1), it.digest, it.raw));
}

TEST_CASE("a flipped bit in digest, r or s is refused", "[crypto]")
{
    SignedDigest it = signSomething();
    std::uint8_t* const byte = GENERATE_REF(&it.digest[31], &it.raw[5], &it.raw[63]);
    *byte ^= 1;
    CHECK_FALSE(crypto.verify(developmentPublicKey(), it.digest, it.raw));
}

TEST_CASE("r = 0 for a zero digest, which BearSSL accepts, is refused", "[crypto]")
{
    RawSignature forged{};
    forged[63] = 1; // r = 0, s = 1: made without any key
    const Digest zero{};
    ByteArray<65> point = developmentPublicKey().point;
    const br_ec_public_key key{BR_EC_secp256r1, point.data(), point.size()};
    REQUIRE(br_ecdsa_i31_vrfy_raw(&br_ec_p256_m31, zero.data(), zero.size(), &key, forged.data(),
                                  forged.size()) == 1);
    CHECK_FALSE(crypto.verify(developmentPublicKey(), zero, forged));
}

TEST_CASE("a zero digest is refused even with a non-zero signature", "[crypto]")
{
    const SignedDigest it = signSomething();
    CHECK_FALSE(crypto.verify(developmentPublicKey(), Digest{}, it.raw));
}

TEST_CASE("r = 0 and s = 0 are refused", "[crypto]")
{
    SignedDigest it = signSomething();
    const std::ptrdiff_t half = GENERATE(0, 32);
    std::fill_n(it.raw.begin() + half, 32, std::uint8_t{0});
    CHECK_FALSE(crypto.verify(developmentPublicKey(), it.digest, it.raw));
}

TEST_CASE("r and s beyond the order of the group are refused", "[crypto]")
{
    RawSignature raw{};
    std::fill(raw.begin(), raw.end(), std::uint8_t{0xFF});
    CHECK_FALSE(crypto.verify(developmentPublicKey(), signSomething().digest, raw));
}

TEST_CASE("a DER signature with short integers is padded on the left", "[crypto]")
{
    RawSignature raw{};
    REQUIRE(boot::readDerSignature(derOf({0x01, 0x02}, {0x00, 0xFF}), raw));
    RawSignature expected{};
    expected[30] = 0x01;
    expected[31] = 0x02;
    expected[63] = 0xFF;
    CHECK(raw == expected);
}

TEST_CASE("anything but one DER signature for P-256 is refused", "[crypto]")
{
    bundler::Bytes der = signSomething().der;
    RawSignature raw{};
    SECTION("empty")
    {
        der.clear();
    }
    SECTION("cut short")
    {
        der.pop_back();
    }
    SECTION("a byte behind it")
    {
        der.push_back(0);
    }
    SECTION("not a SEQUENCE")
    {
        der[0] = 0x31;
    }
    SECTION("first value not an INTEGER")
    {
        der[2] = 0x03;
    }
    SECTION("long form of a short length")
    {
        der.insert(der.begin() + 1, 0x81);
    }
    SECTION("leading zero that the sign does not need")
    {
        der = derOf({0, 1, 2}, {3, 4});
    }
    SECTION("negative integer")
    {
        der = derOf({0x80, 1}, {2, 3});
    }
    SECTION("empty integer")
    {
        der = derOf({}, {1, 2, 3, 4});
    }
    SECTION("r longer than 32 bytes")
    {
        der = derOf(bundler::Bytes(33, 0x11), {1});
    }
    SECTION("s twice as long as it may be")
    {
        der = derOf({1}, bundler::Bytes(65, 0x11));
    }
    SECTION("longer than any")
    {
        der = derOf(bundler::Bytes(40, 0x11), bundler::Bytes(40, 0x11));
    }
    CHECK_FALSE(boot::readDerSignature(der, raw));
}
