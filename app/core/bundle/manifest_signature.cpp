#include "core/bundle/manifest_signature.h"

#include "core/bundle/text_forms.h"

namespace updater {

/// Hashed before the manifest, so that no other signature of the same key fits here.
static Digest digestOf(ByteView manifest)
{
    static constexpr contract::ByteArray<24> domain{'H', '7', '5', '5', ' ', 'm', 'a', 'n',
                                                    'i', 'f', 'e', 's', 't', ' ', 'v', '1'};
    return sha256({domain, manifest});
}

Result<ManifestSignature> signManifest(ByteView manifest, const PrivateKey& key)
{
    ManifestSignature signature;
    signature.keyHash = key.publicKey().hash();
    TRY_ASSIGN(signature.signature, key.signRaw(digestOf(manifest)));
    return signature;
}

Result<const TrustedKey*> verifyManifest(ByteView manifest, ByteView signature, const Trust& trust)
{
    constexpr std::size_t bytes = ManifestSignature::encodedBytes;
    if (signature.size() != bytes || !contract::startsWith(signature, ManifestSignature{}.magic))
        return fail(ErrorCode::BundleSignature, "manifest.sig is not a signature");
    const auto decoded = contract::decode<ManifestSignature>(signature.first<bytes>());
    const TrustedKey* key = trust.keyWith(decoded.keyHash);
    if (key == nullptr)
        return fail(ErrorCode::BundleUnknownKey, "signed by " + hexText(decoded.keyHash));
    if (!key->key.verify(digestOf(manifest), decoded.signature))
        return fail(ErrorCode::BundleSignature, "manifest.sig does not fit manifest.json");
    return key;
}

} // namespace updater
