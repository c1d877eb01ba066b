#include "core/signature/public_key.h"

#include <algorithm>
#include <array>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <vector>

namespace updater {

namespace {

using KeyContext = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;
using Signature = std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)>;
using Bytes = std::vector<std::uint8_t>;

/// SubjectPublicKeyInfo of a P-256 key up to its point (RFC 5480): id-ecPublicKey, prime256v1.
constexpr contract::ByteArray<26> spkiPrefix{0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48,
                                             0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48,
                                             0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00};

bool isZero(ByteView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

Bytes derOf(const ECDSA_SIG& signature)
{
    Bytes der(80); // a P-256 signature has at most 72
    unsigned char* end = der.data();
    const int bytes = i2d_ECDSA_SIG(&signature, nullptr);
    if (bytes <= 0 || static_cast<std::size_t>(bytes) > der.size()) return {};
    i2d_ECDSA_SIG(&signature, &end);
    der.resize(static_cast<std::size_t>(bytes));
    return der;
}

Bytes derOf(const RawSignature& raw)
{
    const Signature signature(ECDSA_SIG_new(), &ECDSA_SIG_free);
    BIGNUM* r = BN_bin2bn(raw.data(), 32, nullptr);
    BIGNUM* s = BN_bin2bn(raw.data() + 32, 32, nullptr);
    if (signature && r != nullptr && s != nullptr && ECDSA_SIG_set0(signature.get(), r, s) == 1)
        return derOf(*signature);
    BN_free(r);
    BN_free(s);
    return {};
}

} // namespace

std::optional<RawSignature> readDerSignature(ByteView der)
{
    const unsigned char* at = der.data();
    const Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())),
                              &ECDSA_SIG_free);
    // OpenSSL reads BER; only what it would write itself is DER.
    if (!signature || !std::ranges::equal(derOf(*signature), der)) return std::nullopt;
    RawSignature raw{};
    const BIGNUM* r = ECDSA_SIG_get0_r(signature.get());
    const BIGNUM* s = ECDSA_SIG_get0_s(signature.get());
    if (BN_is_negative(r) || BN_is_negative(s)) return std::nullopt;
    if (BN_bn2binpad(r, raw.data(), 32) != 32 || BN_bn2binpad(s, raw.data() + 32, 32) != 32)
        return std::nullopt;
    return raw;
}

PublicKey::PublicKey(std::shared_ptr<evp_pkey_st> key, const KeyPoint& point)
    : m_key(std::move(key)), m_point(point), m_hash(sha256({spkiPrefix, point}))
{
}

Result<PublicKey> PublicKey::fromPoint(const KeyPoint& point)
{
    KeyPoint copy = point; // OSSL_PARAM takes no const
    std::array<char, 11> group{"prime256v1"};
    const std::array<OSSL_PARAM, 3> parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, copy.data(), copy.size()),
        OSSL_PARAM_construct_end()};
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr),
                             &EVP_PKEY_CTX_free);
    EVP_PKEY* key = nullptr;
    const bool isMade = point[0] == 0x04 && context && EVP_PKEY_fromdata_init(context.get()) == 1 &&
                        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY,
                                          const_cast<OSSL_PARAM*>(parameters.data())) == 1;
    std::shared_ptr<evp_pkey_st> owned(key, &EVP_PKEY_free);
    if (!isMade) return fail(ErrorCode::BadArguments, "not a point of the curve P-256");
    return PublicKey(std::move(owned), point);
}

bool PublicKey::verify(const Digest& digest, const RawSignature& signature) const
{
    const ByteView both{signature};
    if (isZero(digest) || isZero(both.first(32)) || isZero(both.last(32))) return false;
    const Bytes der = derOf(signature);
    const KeyContext context(EVP_PKEY_CTX_new(m_key.get(), nullptr), &EVP_PKEY_CTX_free);
    if (!context || EVP_PKEY_verify_init(context.get()) != 1) return false;
    return isGoodSignature(
        EVP_PKEY_verify(context.get(), der.data(), der.size(), digest.data(), digest.size()));
}

bool PublicKey::verifyDer(const Digest& digest, ByteView der) const
{
    const std::optional<RawSignature> raw = readDerSignature(der);
    return raw && verify(digest, *raw);
}

} // namespace updater
