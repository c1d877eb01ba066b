#include "virtual/stand_in.h"

#include "bootloader/crypto.h"

#include <algorithm>

namespace virtual_h755 {

using namespace contract;

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint32_t payloadBytes = 1024;
constexpr std::uint32_t stackEnd = 0x2002'0000;
constexpr std::uint16_t unknownTlv = 0x99;

void append(Bytes& out, ByteView bytes)
{
    out.insert(out.end(), bytes.begin(), bytes.end());
}

template <typename... Values>
Bytes bytesOf(const Values&... values)
{
    ByteArray<64> bytes{};
    Encoder encoder{bytes};
    (encoder(values), ...);
    return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(encoder.offset())};
}

void appendTlv(Bytes& out, std::uint16_t type, ByteView value)
{
    append(out, bytesOf(type, static_cast<std::uint16_t>(value.size())));
    append(out, value);
}

Bytes tlvArea(std::uint16_t magic, const Bytes& tlvs)
{
    Bytes area = bytesOf(magic, static_cast<std::uint16_t>(tlvAreaHeaderBytes + tlvs.size()));
    append(area, tlvs);
    return area;
}

/// One image in the making. What its fault damages is damaged where it is written.
struct Image {
    const ReportedSlot& reported;
    Core core;
    Region home; ///< what it is linked for
    ImageFault fault;
    Digest companion; ///< of the M7's: the M4's hash

    bool has(ImageFault which) const { return fault == which; }
};

ImageHeader headerOf(const Image& image)
{
    ImageHeader header;
    header.loadAddress = image.home.address;
    header.payloadBytes = payloadBytes;
    header.version = image.reported.status.coreVersions[index(image.core)];
    if (image.has(ImageFault::Magic)) header.magic = 0;
    if (image.has(ImageFault::HeaderSize)) header.headerBytes = imageHeaderBytes / 2;
    if (image.has(ImageFault::LoadAddress)) header.loadAddress = 0;
    if (image.has(ImageFault::Flags)) header.flags = 0;
    if (image.has(ImageFault::Padding)) header.pad = 1;
    if (image.has(ImageFault::Size)) header.payloadBytes = 0;
    return header;
}

/// Vectors, and behind them nothing that anybody runs.
Bytes bodyOf(const Image& image)
{
    const bool isStartable = !image.has(ImageFault::VectorTable);
    const std::uint32_t code = image.home.address + imageHeaderBytes + vectorBytes;
    Bytes body(imageHeaderBytes, 0xFF);
    append(body, bytesOf(isStartable ? stackEnd : 0, code | 1U));
    body.resize(imageHeaderBytes + payloadBytes, 0x55);
    return body;
}

Bytes protectedTlvs(const Image& image)
{
    const SlotStatus& status = image.reported.status;
    Bytes tlvs;
    std::uint16_t flags = status.flags & set_flags::knownInImage;
    if (image.has(ImageFault::SetFlags)) flags = status.flags | 0x8000;
    ProductRange product = image.reported.product;
    if (image.has(ImageFault::Product)) ++product.productId;
    SetId setId = status.setId;
    if (image.has(ImageFault::SetMismatch)) ++setId[0];
    appendTlv(tlvs, tlv::securityCounter, bytesOf(status.securityCounter));
    appendTlv(tlvs, tlv::setId, setId);
    if (!image.has(ImageFault::TlvMissing)) appendTlv(tlvs, tlv::product, bytesOf(product));
    if (image.core == Core::M7) appendTlv(tlvs, tlv::companion, image.companion);
    appendTlv(tlvs, tlv::setFlags, bytesOf(flags));
    appendTlv(tlvs, tlv::releaseVersion, encode(status.releaseVersion));
    // Behind all others, so that their values are known all the same.
    if (image.has(ImageFault::TlvUnknown)) appendTlv(tlvs, unknownTlv, bytesOf(flags));
    if (image.has(ImageFault::TlvDuplicate)) appendTlv(tlvs, tlv::setFlags, bytesOf(flags));
    if (image.has(ImageFault::TlvMisplaced)) appendTlv(tlvs, tlv::sha256, Digest{});
    if (image.has(ImageFault::TlvLength)) appendTlv(tlvs, tlv::setFlags, bytesOf(setId));
    Bytes area = tlvArea(protectedTlvMagic, tlvs);
    if (image.has(ImageFault::TlvArea)) area[0] ^= 0xFF;
    return area;
}

/// A well-formed ECDSA-Sig-Value (r = s = 1) that no key has made.
Bytes signature()
{
    return {0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01};
}

Digest keyHashOf(const Image& image, const boot::Identity& identity)
{
    const auto key =
        std::ranges::find(identity.keys, image.reported.status.keyIndex, &boot::PublicKey::index);
    return key == identity.keys.end() || image.has(ImageFault::Key) ? Digest{} : key->hash;
}

StandIn seal(const Image& image, const boot::Identity& identity)
{
    const Bytes tlvs = protectedTlvs(image);
    ImageHeader header = headerOf(image);
    header.protectedTlvBytes = static_cast<std::uint16_t>(tlvs.size());
    StandIn sealed;
    sealed.bytes = bodyOf(image);
    sealed.isSigned = !image.has(ImageFault::Signature);
    const auto encoded = encode(header);
    std::ranges::copy(encoded, sealed.bytes.begin());
    append(sealed.bytes, tlvs);
    sealed.hash = boot::BearSslCrypto().sha256(sealed.bytes);
    if (image.has(ImageFault::Hash)) sealed.bytes[imageHeaderBytes + vectorBytes] ^= 1;
    Bytes unprotected;
    appendTlv(unprotected, tlv::sha256, sealed.hash);
    appendTlv(unprotected, tlv::keyHash, keyHashOf(image, identity));
    appendTlv(unprotected, tlv::ecdsaSignature, signature());
    append(sealed.bytes, tlvArea(unprotectedTlvMagic, unprotected));
    return sealed;
}

/// The first word that cannot be read: in the payload if the header could be, else the header.
std::uint32_t unreadableAt(const Image& image, const Region& region)
{
    const bool knowsHeader = image.reported.status.coreVersions[index(image.core)] != Version{};
    return region.address + (knowsHeader ? imageHeaderBytes + 2 * flashWordBytes : 0);
}

bool isBlank(const Image& image)
{
    constexpr Version erased{0xFF, 0xFF, 0xFFFF, 0xFFFF'FFFF};
    return image.has(ImageFault::Magic) &&
           image.reported.status.coreVersions[index(image.core)] == erased;
}

} // namespace

std::vector<StandIn> standIns(const FlashMap& map, const boot::Identity& identity,
                              const ReportedSlot& reported)
{
    const SlotStatus& status = reported.status;
    const std::array<ImageFault, 2> faults{status.m7Fault, status.m4Fault};
    const bool isWhole = faults[0] == ImageFault::None && faults[1] == ImageFault::None;
    if (isWhole && status.isVerified == 0) return {};
    const bool isStaged = (status.flags & set_flags::slotAOnly) != 0;
    std::vector<StandIn> images;
    Digest companion{};
    for (const Core core : {Core::M4, Core::M7}) {
        const Region& region = map.slot(core, reported.slot);
        const Image image{reported, core, isStaged ? map.slot(core, Slot::A) : region,
                          faults[index(core)],
                          faults[0] == ImageFault::Companion ? Digest{} : companion};
        StandIn sealed = seal(image, identity);
        companion = sealed.hash;
        if (isBlank(image)) continue;
        sealed.address = region.address;
        if (image.has(ImageFault::Unreadable)) sealed.unreadableAt = unreadableAt(image, region);
        images.push_back(std::move(sealed));
    }
    return images;
}

} // namespace virtual_h755
