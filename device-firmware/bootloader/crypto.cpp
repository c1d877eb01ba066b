#include "bootloader/crypto.h"

#include <bearssl.h>

#include <algorithm>
#include <new>

namespace boot {

namespace {

static_assert(sizeof(br_sha256_context) <= sizeof(Sha256::storage));
static_assert(alignof(br_sha256_context) <= alignof(Sha256));

br_sha256_context* contextOf(Sha256& hash)
{
    return std::launder(reinterpret_cast<br_sha256_context*>(hash.storage.data()));
}

bool isZero(ByteView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

constexpr std::size_t integerBytes = 32; // of r and of s, as the order of P-256

} // namespace

Digest Crypto::sha256(ByteView bytes) const
{
    Sha256 hash;
    start(hash);
    update(hash, bytes);
    return finish(hash);
}

void BearSslCrypto::start(Sha256& hash) const
{
    br_sha256_init(new (hash.storage.data()) br_sha256_context);
}

void BearSslCrypto::update(Sha256& hash, ByteView bytes) const
{
    br_sha256_update(contextOf(hash), bytes.data(), bytes.size());
}

Digest BearSslCrypto::finish(Sha256& hash) const
{
    Digest digest{};
    br_sha256_out(contextOf(hash), digest.data());
    return digest;
}

bool BearSslCrypto::verify(const PublicKey& key, const Digest& digest,
                           const RawSignature& signature) const
{
    const ByteView raw{signature};
    const bool hasZero =
        isZero(raw.first(integerBytes)) || isZero(raw.last(integerBytes)) || isZero(digest);
    if (hasZero) return false;

    contract::ByteArray<65> point = key.point; // BearSSL wants it writable
    const br_ec_public_key publicKey{BR_EC_secp256r1, point.data(), point.size()};
    return br_ecdsa_i31_vrfy_raw(&br_ec_p256_m31, digest.data(), digest.size(), &publicKey,
                                 signature.data(), signature.size()) == 1;
}

/// BearSSL's reader is lenient about lengths and leading zeros; only what its writer would write,
/// and so only DER, is taken.
bool readDerSignature(ByteView der, RawSignature& out)
{
    constexpr std::size_t longestDer = 72;
    std::array<std::uint8_t, 2 * longestDer> buffer{}; // two integers as long as the longer one
    if (der.size() > longestDer) return false;
    std::copy(der.begin(), der.end(), buffer.begin());
    const std::size_t half = br_ecdsa_asn1_to_raw(buffer.data(), der.size()) / 2;
    if (half == 0 || half > integerBytes) return false;

    out = {};
    std::copy_n(buffer.begin(), half, out.begin() + (integerBytes - half));
    std::copy_n(buffer.begin() + half, half, out.end() - half);

    std::copy(out.begin(), out.end(), buffer.begin());
    const std::size_t written = br_ecdsa_raw_to_asn1(buffer.data(), out.size());
    return std::equal(der.begin(), der.end(), buffer.begin(), buffer.begin() + written);
}

} // namespace boot
