#include "core/bundle/set_check.h"

#include "core/bundle/byte_patch.h"
#include "core/bundle/image_check.h"

#include <algorithm>

namespace updater {

using namespace contract;

namespace {

std::string nameOf(Core core, Slot slot)
{
    return std::string(core == Core::M7 ? "M7" : "M4") + (slot == Slot::A ? " slot A" : " slot B");
}

Result<> checkHeaderSignature(const StreamHeader& header, ByteView stream, const Trust& trust)
{
    const TrustedKey* key = trust.keyWith(header.keyHash);
    if (key == nullptr || key->index != header.keyIndex)
        return fail(ErrorCode::BundleStreamUnknownKey,
                    "key index " + std::to_string(header.keyIndex));
    const Digest digest = sha256({streamSignatureDomain, stream.first(StreamHeader::signedBytes)});
    if (!key->key.verify(digest, header.signature))
        return fail(ErrorCode::BundleStreamSignature, "the stream header's signature");
    return {};
}

Result<> checkSizes(const StreamHeader& header, const FlashMap& map)
{
    for (const Core core : cores) {
        const CoreParts& part = header.part(core);
        const std::uint64_t image =
            std::uint64_t{part.bodyBytes} + std::max(part.tlvBytesA, part.tlvBytesB);
        if (image > map.slot(core, Slot::A).bytes)
            return fail(ErrorCode::BundleImageTooLarge, nameOf(core, Slot::A));
    }
    if (checkBounds(header, map) != StreamFault::None)
        return fail(ErrorCode::BundleStreamHeader, "lengths out of bounds");
    return {};
}

bool isErased(ByteView bytes)
{
    return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0xFF; });
}

ByteView slotDataFrom(ByteView stream, const StreamHeader& header)
{
    return stream.subspan(streamBlockBytes, header.slotDataBytes());
}

/// The bytes of a body block that belong to its image; `padding` gets the others.
ByteView bodyBytesAt(ByteView stream, const StreamHeader& header, std::uint32_t block,
                     ByteView& padding)
{
    const ByteView whole = stream.subspan(std::size_t{block} * streamBlockBytes, streamBlockBytes);
    const BodyBlock place = bodyBlockAt(header, block);
    const std::uint32_t left = header.part(place.core).bodyBytes - place.imageOffset();
    const std::size_t used = std::min(left, streamBlockBytes);
    padding = whole.subspan(used);
    return whole.first(used);
}

Result<> checkPadding(ByteView stream, const StreamHeader& header)
{
    const ByteView behindHeader =
        stream.first(streamBlockBytes).subspan(StreamHeader::encodedBytes);
    const std::size_t slotDataEnd = streamBlockBytes + std::size_t{header.slotDataBytes()};
    const std::size_t bodiesStart = std::size_t{header.firstBodyBlock()} * streamBlockBytes;
    bool isPlain =
        isErased(behindHeader) && isErased(stream.subspan(slotDataEnd, bodiesStart - slotDataEnd));
    for (std::uint32_t block = header.firstBodyBlock(); block < header.totalBlocks(); ++block) {
        ByteView padding;
        bodyBytesAt(stream, header, block, padding);
        isPlain = isPlain && isErased(padding);
    }
    if (!isPlain) return fail(ErrorCode::BundleStreamHeader, "padding that is not 0xFF");
    return {};
}

/// Header, payload and nothing else, patched if slot B is wanted; nothing if the patch is
/// malformed.
std::optional<Bytes> rebuildImage(ByteView stream, const StreamHeader& header, Core core, Slot slot)
{
    Bytes image;
    for (std::uint32_t number = 0; number < header.bodyBlocks(core); ++number) {
        ByteView padding;
        const ByteView part =
            bodyBytesAt(stream, header, streamBlockOf(header, {core, number}), padding);
        image.insert(image.end(), part.begin(), part.end());
    }
    const SlotDataView slotData = slotDataOf(header, slotDataFrom(stream, header), core);
    if (slot == Slot::B && !applyPatch(image, slotData.patch)) return std::nullopt;
    const ByteView tlvs = slotData.tlvs(slot);
    image.insert(image.end(), tlvs.begin(), tlvs.end());
    return image;
}

Result<> agreesWithHeader(const CheckedImage& image, const StreamHeader& header, Core core,
                          Slot slot)
{
    const ImageTlvs& tlvs = image.tlvs;
    const bool agrees =
        tlvs.hash == header.imageHashes[index(core)][index(slot)] &&
        image.header.version == header.coreVersions[index(core)] && tlvs.setId == header.setId &&
        tlvs.product == header.product && tlvs.securityCounter == header.securityCounter &&
        tlvs.keyHash == header.keyHash && tlvs.flags == (header.flags & set_flags::knownInImage) &&
        tlvs.releaseVersion == header.releaseVersion;
    if (!agrees)
        return fail(ErrorCode::BundleMismatch, nameOf(core, slot) + " and the stream header");
    return {};
}

Result<> checkImageInStream(ByteView stream, const StreamHeader& header, Core core, Slot slot,
                            const Trust& trust)
{
    const std::optional<Bytes> bytes = rebuildImage(stream, header, core, slot);
    if (!bytes)
        return fail(ErrorCode::BundleStreamHeader, nameOf(core, slot) + ": malformed patch");
    CheckedImage image;
    const ImageFault fault = checkImage(*bytes, core, slot, trust, image);
    if (fault != ImageFault::None) {
        return fail(fault == ImageFault::Size ? ErrorCode::BundleImageTooLarge
                                              : ErrorCode::BundleImage,
                    nameOf(core, slot) + ": " + std::string(imageFaultName(fault)));
    }
    TRY(agreesWithHeader(image, header, core, slot));
    if (core == Core::M7 &&
        image.tlvs.companion != header.imageHashes[index(Core::M4)][index(slot)])
        return fail(ErrorCode::BundleMismatch, nameOf(core, slot) + " names another M4 image");
    return {};
}

} // namespace

Result<StreamHeader> checkStreamHeader(ByteView stream, const Trust& trust)
{
    if (stream.size() < streamBlockBytes || !startsWith(stream, streamMagic))
        return fail(ErrorCode::BundleStreamHeader, "not a set stream");
    const auto header = decode<StreamHeader>(stream.first<StreamHeader::encodedBytes>());
    if (header.formatVersion != streamFormatVersion)
        return fail(ErrorCode::BundleFormatVersion,
                    "stream format " + std::to_string(header.formatVersion));
    TRY(checkHeaderSignature(header, stream, trust));
    if ((header.flags & ~set_flags::knownInStream) != 0)
        return fail(ErrorCode::BundleStreamHeader, "unknown flags");
    if (header.product.productId != trust.productId)
        return fail(ErrorCode::WrongProduct, std::to_string(header.product.productId));
    TRY(checkSizes(header, trust.map));
    return header;
}

bool holdsImageFor(const StreamHeader& header, Slot slot)
{
    return slot == Slot::A || !header.isForSlotAOnly();
}

Result<StreamHeader> checkSetStream(ByteView stream, const Trust& trust)
{
    TRY_ASSIGN(const StreamHeader header, checkStreamHeader(stream, trust));
    if (stream.size() != header.totalBytes)
        return fail(ErrorCode::BundleStreamHeader, "another length than the header says");
    if (sha256(slotDataFrom(stream, header)) != header.slotDataHash)
        return fail(ErrorCode::BundleStreamHeader, "another slot data hash than the header says");
    TRY(checkPadding(stream, header));
    for (const Core core : cores) {
        for (const Slot slot : slots) {
            if (holdsImageFor(header, slot))
                TRY(checkImageInStream(stream, header, core, slot, trust));
        }
    }
    return header;
}

Bytes imageFromStream(ByteView stream, const StreamHeader& header, Core core, Slot slot)
{
    return rebuildImage(stream, header, core, slot).value_or(Bytes{});
}

} // namespace updater
