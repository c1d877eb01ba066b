#include "bootloader/stream_check.h"

#include "contract/vendor_requests.h"

namespace boot {

using namespace contract;

namespace {

bool isSigned(const Crypto& crypto, const PublicKey& key, ByteView signedBytes,
              const RawSignature& signature)
{
    Sha256 hash;
    crypto.start(hash);
    crypto.update(hash, streamSignatureDomain);
    crypto.update(hash, signedBytes);
    return crypto.verify(key, crypto.finish(hash), signature);
}

} // namespace

StreamFault checkStream(const Crypto& crypto, const Identity& identity,
                        std::uint16_t hardwareRevision, const FlashMap& map,
                        std::span<const std::uint8_t, StreamHeader::encodedBytes> encoded)
{
    const auto header = decode<StreamHeader>(encoded);
    if (header.magic != streamMagic) return StreamFault::Magic;
    if (header.formatVersion != streamFormatVersion) return StreamFault::FormatVersion;
    const PublicKey* const key = identity.keyWith(header.keyHash);
    if (key == nullptr || key->index != header.keyIndex) return StreamFault::Key;
    if (!isSigned(crypto, *key, encoded.first(StreamHeader::signedBytes), header.signature))
        return StreamFault::Signature;
    if ((header.flags & ~set_flags::knownInStream) != 0) return StreamFault::Flags;
    if (header.product.productId != identity.productId) return StreamFault::Product;
    if (!header.product.admits(identity.productId, hardwareRevision)) return StreamFault::Hardware;
    if (header.minimumBootloader > identity.bootloaderVersion) return StreamFault::Bootloader;
    const StreamFault bounds = checkBounds(header, map);
    if (bounds != StreamFault::None) return bounds;
    return header.totalBlocks() <= vendor::maximumBlocks ? StreamFault::None : StreamFault::Bounds;
}

} // namespace boot
