#include "bundler/set_builder.h"

#include "bundler/image_builder.h"
#include "bundler/patch_writer.h"
#include "core/bundle/byte_patch.h"

#include <algorithm>

namespace bundler {

using namespace contract;
using updater::ErrorCode;
using updater::fail;
using updater::PrivateKey;
using updater::Result;

namespace {

constexpr std::string_view setIdDomain = "H755 set id v1";

using CoreImages = std::array<Image, 2>;     // [slot]; slot B stays empty in a single-link release
using SetImages = std::array<CoreImages, 2>; // [core]

ByteView bytesOf(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string nameOf(Core core)
{
    return core == Core::M7 ? "M7" : "M4";
}

const Bytes& payloadOf(const CorePayloads& payloads, Slot slot)
{
    return slot == Slot::A ? payloads.slotA : payloads.slotB;
}

bool isSingleLink(const std::array<CorePayloads, 2>& payloads)
{
    return payloads[0].slotB.empty();
}

Result<> checkInputs(const FlashMap& map, const ReleaseFields& fields,
                     const std::array<CorePayloads, 2>& payloads)
{
    if ((fields.flags & ~set_flags::knownInImage) != 0)
        return fail(ErrorCode::BadArguments, "unknown set flags");
    for (const Core core : cores) {
        const CorePayloads& pair = payloads[index(core)];
        if (pair.slotB.empty() != isSingleLink(payloads))
            return fail(ErrorCode::BundleImage, "one core is linked for both slots, the other not");
        if (!pair.slotB.empty() && pair.slotA.size() != pair.slotB.size())
            return fail(ErrorCode::BundleImage, nameOf(core) + ": the links differ in length");
        if (pair.slotA.size() < 8)
            return fail(ErrorCode::BundleImage, nameOf(core) + ": no vector table");
        if (pair.slotA.size() > map.slot(core, Slot::A).bytes)
            return fail(ErrorCode::BundleImageTooLarge, nameOf(core));
    }
    return {};
}

/// Everything that makes a release what it is, and nothing that changes when it is signed again.
SetId setIdOf(const ReleaseFields& fields, const std::array<CorePayloads, 2>& payloads)
{
    StreamHeader identity; // lends its layout; what it does not know stays zero
    identity.flags = fields.flags;
    identity.product = fields.product;
    identity.securityCounter = fields.securityCounter;
    identity.keyIndex = fields.keyIndex;
    identity.minimumBootloader = fields.minimumBootloader;
    identity.releaseVersion = fields.releaseVersion;
    identity.coreVersions = fields.coreVersions;
    for (const Core core : cores)
        identity.parts[index(core)].bodyBytes =
            static_cast<std::uint32_t>(payloads[index(core)].slotA.size());
    const Digest digest =
        updater::sha256({bytesOf(setIdDomain), encode(identity), payloads[0].slotA,
                         payloads[0].slotB, payloads[1].slotA, payloads[1].slotB});
    return prefix<16>(digest);
}

ImageTlvs commonTlvs(const ReleaseFields& fields, const SetId& setId)
{
    ImageTlvs tlvs;
    tlvs.securityCounter = fields.securityCounter;
    tlvs.setId = setId;
    tlvs.product = fields.product;
    tlvs.flags = fields.flags;
    tlvs.releaseVersion = fields.releaseVersion;
    return tlvs;
}

/// Both cores' images for one slot; the M4 first, because the M7 names its hash.
Result<> buildSlot(const FlashMap& map, const ReleaseFields& fields, ImageTlvs tlvs, Slot slot,
                   const std::array<CorePayloads, 2>& payloads, const PrivateKey& key,
                   SetImages& images)
{
    for (const Core core : {Core::M4, Core::M7}) {
        const Region& region = map.slot(core, slot);
        const ImageFields wanted{core, region.address, fields.coreVersions[index(core)], tlvs};
        TRY_ASSIGN(Image image, buildImage(wanted, payloadOf(payloads[index(core)], slot), key));
        if (image.body.size() + image.tlvs.size() > region.bytes) {
            return fail(ErrorCode::BundleImageTooLarge,
                        nameOf(core) + ": " +
                            std::to_string(image.body.size() + image.tlvs.size()) + " of " +
                            std::to_string(region.bytes) + " bytes");
        }
        tlvs.companion = image.hash;
        images[index(core)][index(slot)] = std::move(image);
    }
    return {};
}

Result<SetImages> buildImages(const FlashMap& map, const ReleaseFields& fields, const SetId& setId,
                              const std::array<CorePayloads, 2>& payloads, const PrivateKey& key)
{
    SetImages images;
    const ImageTlvs tlvs = commonTlvs(fields, setId);
    TRY(buildSlot(map, fields, tlvs, Slot::A, payloads, key, images));
    if (!isSingleLink(payloads)) TRY(buildSlot(map, fields, tlvs, Slot::B, payloads, key, images));
    return images;
}

Result<Bytes> patchBetween(const CoreImages& images)
{
    if (images[1].body.empty()) return Bytes{};
    Bytes patch = makePatch(images[0].body, images[1].body);
    Bytes patched = images[0].body;
    if (!updater::applyPatch(patched, patch) || patched != images[1].body)
        return fail(ErrorCode::InternalError, "the patch does not lead to the second link");
    return patch;
}

void appendPadded(Bytes& stream, ByteView bytes)
{
    stream.insert(stream.end(), bytes.begin(), bytes.end());
    stream.resize(std::size_t{streamBlocks(static_cast<std::uint32_t>(stream.size()))} *
                      streamBlockBytes,
                  0xFF);
}

void appendBodies(Bytes& stream, const StreamHeader& header, const SetImages& images)
{
    for (std::uint32_t block = header.firstBodyBlock(); block < header.totalBlocks(); ++block) {
        const BodyBlock place = bodyBlockAt(header, block);
        const ByteView body = images[index(place.core)][0].body;
        const std::size_t bytes =
            std::min<std::size_t>(streamBlockBytes, body.size() - place.imageOffset());
        appendPadded(stream, body.subspan(place.imageOffset(), bytes));
    }
}

Result<Bytes> slotDataOfSet(const SetImages& images, StreamHeader& header)
{
    Bytes slotData;
    for (const Core core : cores) {
        const CoreImages& both = images[index(core)];
        TRY_ASSIGN(const Bytes patch, patchBetween(both));
        for (const ByteView part :
             {ByteView{both[0].tlvs}, ByteView{both[1].tlvs}, ByteView{patch}})
            slotData.insert(slotData.end(), part.begin(), part.end());
        header.parts[index(core)] = {static_cast<std::uint32_t>(both[0].body.size()),
                                     static_cast<std::uint32_t>(both[0].tlvs.size()),
                                     static_cast<std::uint32_t>(both[1].tlvs.size()),
                                     static_cast<std::uint32_t>(patch.size())};
        for (const Slot slot : slots)
            header.imageHashes[index(core)][index(slot)] = both[index(slot)].hash;
    }
    if (slotData.size() > maximumSlotDataBytes)
        return fail(ErrorCode::BundleImage, "the two links differ in too many places");
    header.slotDataHash = updater::sha256(slotData);
    return slotData;
}

StreamHeader headerOf(const ReleaseFields& fields, const SetId& setId, bool singleLink)
{
    StreamHeader header;
    header.flags = fields.flags;
    if (singleLink) header.flags |= set_flags::slotAOnly;
    header.setId = setId;
    header.product = fields.product;
    header.securityCounter = fields.securityCounter;
    header.keyIndex = fields.keyIndex;
    header.minimumBootloader = fields.minimumBootloader;
    header.releaseVersion = fields.releaseVersion;
    header.coreVersions = fields.coreVersions;
    return header;
}

} // namespace

Result<> signHeader(StreamHeader& header, const PrivateKey& key)
{
    header.keyHash = key.publicKey().hash();
    const auto bytes = encode(header);
    const ByteView signedPart = ByteView{bytes}.first(StreamHeader::signedBytes);
    TRY_ASSIGN(header.signature, key.signRaw(updater::sha256({streamSignatureDomain, signedPart})));
    return {};
}

Result<SignedSet> buildSet(const FlashMap& map, const ReleaseFields& fields,
                           const std::array<CorePayloads, 2>& payloads, const PrivateKey& key)
{
    TRY(checkInputs(map, fields, payloads));
    SignedSet set;
    const SetId setId = setIdOf(fields, payloads);
    TRY_ASSIGN(const SetImages images, buildImages(map, fields, setId, payloads, key));
    set.header = headerOf(fields, setId, isSingleLink(payloads));
    TRY_ASSIGN(const Bytes slotData, slotDataOfSet(images, set.header));
    set.header.totalBytes = set.header.totalBlocks() * streamBlockBytes;
    TRY(signHeader(set.header, key));
    appendPadded(set.stream, encode(set.header));
    appendPadded(set.stream, slotData);
    appendBodies(set.stream, set.header, images);
    for (const Core core : cores) {
        for (const Slot slot : slots) {
            const Image& image = images[index(core)][index(slot)];
            Bytes& whole = set.images[index(core)][index(slot)];
            whole = image.body;
            whole.insert(whole.end(), image.tlvs.begin(), image.tlvs.end());
        }
    }
    return set;
}

} // namespace bundler
