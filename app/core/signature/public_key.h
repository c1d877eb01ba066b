// ECDSA P-256 verification (FIPS 186-4), for the signatures of manifests, stream headers and
// images.
#pragma once

#include "core/result.h"
#include "core/signature/digest.h"

#include <memory>
#include <optional>

struct evp_pkey_st;

namespace updater {

using RawSignature = contract::ByteArray<64>; ///< r then s, big-endian
using KeyPoint = contract::ByteArray<65>;     ///< 0x04, x, y: an uncompressed P-256 point

/// What EVP_PKEY_verify's answer means: only 1 is a good signature; 0 is a bad one, and a negative
/// value is an error inside OpenSSL. An error accepts nothing.
constexpr bool isGoodSignature(int opensslReturn)
{
    return opensslReturn == 1;
}

/// r and s of an ECDSA-Sig-Value (RFC 3279 2.2.3), or nothing unless `der` is exactly one such
/// value in its only DER form, with r and s of at most 32 bytes.
std::optional<RawSignature> readDerSignature(ByteView der);

/// A P-256 point that lies on the curve.
class PublicKey {
public:
    /// Fails with BadArguments if `point` is not an uncompressed point of the curve.
    static Result<PublicKey> fromPoint(const KeyPoint& point);

    const KeyPoint& point() const { return m_point; }
    /// SHA-256 of the key's SubjectPublicKeyInfo in DER: what images and stream headers name it by.
    const Digest& hash() const { return m_hash; }

    /// True if `signature` over `digest` was made with this key. An all-zero digest, r = 0 and s =
    /// 0 are never accepted.
    bool verify(const Digest& digest, const RawSignature& signature) const;
    /// The same for an ASN.1 DER signature; anything but strict DER is refused.
    bool verifyDer(const Digest& digest, ByteView der) const;

private:
    PublicKey(std::shared_ptr<evp_pkey_st> key, const KeyPoint& point);

    std::shared_ptr<evp_pkey_st> m_key;
    KeyPoint m_point;
    Digest m_hash;
};

} // namespace updater
