// manifest.sig: who signed the exact bytes of manifest.json.
#pragma once

#include "core/bundle/trust.h"
#include "core/signature/private_key.h"

namespace updater {

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

Result<ManifestSignature> signManifest(ByteView manifest, const PrivateKey& key);

/// The trusted key that signed `manifest`. Codes: BundleSignature (also for a malformed signature),
/// BundleUnknownKey.
Result<const TrustedKey*> verifyManifest(ByteView manifest, ByteView signature, const Trust& trust);

} // namespace updater
