#include "core/bundle/manifest_signature.h"

#include "core/bundle/text_forms.h"

namespace updater {

static Digest digestOf(ByteView manifest, SignedText kind)
{
    using Domain = contract::ByteArray<24>;
    static constexpr Domain release{'H', '7', '5', '5', ' ', 'm', 'a', 'n',
                                    'i', 'f', 'e', 's', 't', ' ', 'v', '1'};
    static constexpr Domain factory{'H', '7', '5', '5', ' ', 'f', 'a', 'c',
                                    't', 'o', 'r', 'y', ' ', 'v', '1'};
    return sha256({kind == SignedText::Release ? release : factory, manifest});
}

Result<ManifestSignature> signManifest(ByteView manifest, const PrivateKey& key, SignedText kind)
{
    ManifestSignature signature;
    signature.keyHash = key.publicKey().hash();
    TRY_ASSIGN(signature.signature, key.signRaw(digestOf(manifest, kind)));
    return signature;
}

Result<const TrustedKey*> verifyManifest(ByteView manifest, ByteView signature, const Trust& trust,
                                         SignedText kind)
{
    constexpr std::size_t bytes = ManifestSignature::encodedBytes;
    if (signature.size() != bytes || !contract::startsWith(signature, ManifestSignature{}.magic))
        return fail(ErrorCode::BundleSignature, "the signature is not one of ours");
    const auto decoded = contract::decode<ManifestSignature>(signature.first<bytes>());
    const TrustedKey* key = trust.keyWith(decoded.keyHash);
    if (key == nullptr)
        return fail(ErrorCode::BundleUnknownKey, "signed by " + hexText(decoded.keyHash));
    if (!key->key.verify(digestOf(manifest, kind), decoded.signature))
        return fail(ErrorCode::BundleSignature, "the signature does not fit what was signed");
    return key;
}

} // namespace updater
