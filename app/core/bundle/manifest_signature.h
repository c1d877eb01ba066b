// manifest.sig and factory.sig: who signed the exact bytes of the file beside it.
#pragma once

#include "core/bundle/trust.h"
#include "core/signature/private_key.h"

namespace updater {

/// What a signature is good for: hashed before the text, so that one of another kind never fits.
enum class SignedText : std::uint8_t { Release, Factory };

/// Content of manifest.sig.
struct ManifestSignature {
    contract::ByteArray<4> magic{'H', '7', 'M', '1'};
    Digest keyHash{};         ///< SHA-256 of the key's SPKI
    RawSignature signature{}; ///< over SHA-256 of domain and manifest

    static constexpr std::size_t encodedBytes = 100;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.magic);
        field(self.keyHash);
        field(self.signature);
    }
};
static_assert(contract::fillsItsBytes<ManifestSignature>());

Result<ManifestSignature> signManifest(ByteView manifest, const PrivateKey& key,
                                       SignedText kind = SignedText::Release);

/// The trusted key that signed `manifest`. Codes: BundleSignature (also for a malformed signature),
/// BundleUnknownKey.
Result<const TrustedKey*> verifyManifest(ByteView manifest, ByteView signature, const Trust& trust,
                                         SignedText kind = SignedText::Release);

} // namespace updater
