// MCUboot's image format as this product uses it: 32-byte header, payload, protected TLVs, TLVs.
// Everything here is strict: what is not listed is a refusal (docs/protocol.md, "Image").
#pragma once

#include "contract/flash_map.h"
#include "contract/layout.h"
#include "contract/version.h"

namespace contract {

inline constexpr std::uint32_t imageMagic = 0x96f3'b83d;
/// 166 vectors need VTOR aligned to 1024 on both cores, so the payload starts there.
inline constexpr std::uint16_t imageHeaderBytes = 0x400;
/// The only header flag in use: linked for (and started at) `loadAddress`.
inline constexpr std::uint32_t romFixedFlag = 0x100;

/// First 32 bytes of a slot. The rest up to `imageHeaderBytes` is 0xFF and part of the hash.
struct ImageHeader {
    std::uint32_t magic = imageMagic;
    std::uint32_t loadAddress = 0;
    std::uint16_t headerBytes = imageHeaderBytes;
    std::uint16_t protectedTlvBytes = 0;
    std::uint32_t payloadBytes = 0;
    std::uint32_t flags = romFixedFlag;
    Version version;
    std::uint32_t pad = 0;

    static constexpr std::size_t encodedBytes = 32;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.magic);
        field(self.loadAddress);
        field(self.headerBytes);
        field(self.protectedTlvBytes);
        field(self.payloadBytes);
        field(self.flags);
        field(self.version);
        field(self.pad);
    }

    /// Header and payload: what a set stream carries as a body. TLVs start here in the slot.
    constexpr std::uint32_t bodyBytes() const { return headerBytes + payloadBytes; }
    /// What the image hash and so the signature cover.
    constexpr std::uint32_t hashedBytes() const { return bodyBytes() + protectedTlvBytes; }
};
static_assert(fillsItsBytes<ImageHeader>());

inline constexpr std::uint16_t protectedTlvMagic = 0x6908;
inline constexpr std::uint16_t unprotectedTlvMagic = 0x6907;
inline constexpr std::uint16_t tlvAreaHeaderBytes = 4;
inline constexpr std::uint16_t tlvHeaderBytes = 4;
/// Upper bound of both areas together; ours are about 330 bytes.
inline constexpr std::uint32_t maximumTlvBytes = 1024;

namespace tlv {
inline constexpr std::uint16_t keyHash = 0x01;
inline constexpr std::uint16_t sha256 = 0x10;
inline constexpr std::uint16_t ecdsaSignature = 0x22;
inline constexpr std::uint16_t securityCounter = 0x50;
inline constexpr std::uint16_t setId = 0xA0;
inline constexpr std::uint16_t product = 0xA1;
inline constexpr std::uint16_t companion = 0xA2;
inline constexpr std::uint16_t setFlags = 0xA3;
inline constexpr std::uint16_t releaseVersion = 0xA4;
} // namespace tlv

/// Bits of TLV 0xA3 and of the stream header's flags.
namespace set_flags {
inline constexpr std::uint16_t confirmsItself = 1 << 0;
inline constexpr std::uint16_t raiseFloorAtConfirm = 1 << 1;
inline constexpr std::uint16_t applicationStartsM4 = 1 << 2;
/// Stream header only: linked for slot A, no patch.
inline constexpr std::uint16_t slotAOnly = 1 << 8;
inline constexpr std::uint16_t knownInImage =
    confirmsItself | raiseFloorAtConfirm | applicationStartsM4;
inline constexpr std::uint16_t knownInStream = knownInImage | slotAOnly;
} // namespace set_flags

using SetId = ByteArray<16>;

/// Which boards an image or a stream is for: one product, an inclusive range of revisions.
struct ProductRange {
    std::uint32_t productId = 0;
    std::uint16_t hardwareMinimum = 0;
    std::uint16_t hardwareMaximum = 0;

    static constexpr std::size_t encodedBytes = 8;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.productId);
        field(self.hardwareMinimum);
        field(self.hardwareMaximum);
    }

    constexpr bool admits(std::uint32_t product, std::uint16_t hardwareRevision) const
    {
        return product == productId && hardwareRevision >= hardwareMinimum &&
               hardwareRevision <= hardwareMaximum;
    }
    constexpr bool operator==(const ProductRange&) const = default;
};
static_assert(fillsItsBytes<ProductRange>());

/// Why an image is refused. One value per rule; frozen, shown to technicians as a number and a
/// name.
enum class ImageFault : std::uint8_t {
    None = 0,
    Unreadable = 1, ///< an ECC error inside the image (R6)
    Magic = 2,
    HeaderSize = 3,
    LoadAddress = 4, ///< linked for another slot, or flag ROM_FIXED missing
    Flags = 5,
    Padding = 6, ///< pad field not 0, or the fill behind the header not 0xFF
    Size = 7,    ///< does not fit into its slot, or has no payload
    TlvArea = 8, ///< lengths that contradict each other, or bytes behind the last TLV
    TlvUnknown = 9,
    TlvDuplicate = 10,
    TlvMisplaced = 11, ///< protected TLV in the unprotected area, or the reverse
    TlvLength = 12,
    TlvMissing = 13,
    SetFlags = 14,
    Hash = 15,
    Key = 16, ///< key hash not one of ours
    Signature = 17,
    Product = 18,
    SetMismatch = 19, ///< cores differ in set id, product, counter, key, flags or release version
    Companion = 20,   ///< M7's digest of the M4 image is not that image
    Counter = 21,     ///< below the floor
    VectorTable = 22, ///< initial SP not in RAM or reset vector not in the payload
};

/// The contents of both TLV areas. `signature` points into the parsed bytes.
struct ImageTlvs {
    Digest hash{};
    Digest keyHash{};
    ByteView signature; ///< ASN.1 DER, not yet checked
    std::uint32_t securityCounter = 0;
    SetId setId{};
    ProductRange product;
    Digest companion{}; ///< M7 only
    std::uint16_t flags = 0;
    Version releaseVersion;
};

/// Checks every header field that does not need the payload, for an image in `region`.
constexpr ImageFault checkHeader(const ImageHeader& header, const Region& region)
{
    if (header.magic != imageMagic) return ImageFault::Magic;
    if (header.headerBytes != imageHeaderBytes) return ImageFault::HeaderSize;
    if (header.flags != romFixedFlag) return ImageFault::Flags;
    if (header.loadAddress != region.address) return ImageFault::LoadAddress;
    if (header.pad != 0) return ImageFault::Padding;
    if (header.payloadBytes < 8 || header.payloadBytes > region.bytes) return ImageFault::Size;
    if (header.protectedTlvBytes > maximumTlvBytes) return ImageFault::TlvArea;
    if (header.hashedBytes() > region.bytes - tlvAreaHeaderBytes) return ImageFault::Size;
    return ImageFault::None;
}

namespace detail {

constexpr std::uint16_t loadU16(ByteView bytes, std::size_t at)
{
    return static_cast<std::uint16_t>(bytes[at] | bytes[at + 1] << 8);
}

struct KnownTlv {
    std::uint16_t type;
    bool isProtected;
    std::uint16_t minimumBytes;
    std::uint16_t maximumBytes;
    bool m7Only;
};

/// The whitelist (boot.md, "Image format").
inline constexpr std::array<KnownTlv, 9> knownTlvs{{
    {tlv::sha256, false, 32, 32, false},
    {tlv::keyHash, false, 32, 32, false},
    {tlv::ecdsaSignature, false, 8, 72, false},
    {tlv::securityCounter, true, 4, 4, false},
    {tlv::setId, true, 16, 16, false},
    {tlv::product, true, 8, 8, false},
    {tlv::companion, true, 32, 32, true},
    {tlv::setFlags, true, 2, 2, false},
    {tlv::releaseVersion, true, 8, 8, false},
}};

constexpr void storeTlv(ImageTlvs& out, std::uint16_t type, ByteView value)
{
    Decoder decoder{value};
    switch (type) {
    case tlv::sha256: decoder(out.hash); break;
    case tlv::keyHash: decoder(out.keyHash); break;
    case tlv::ecdsaSignature: out.signature = value; break;
    case tlv::securityCounter: decoder(out.securityCounter); break;
    case tlv::setId: decoder(out.setId); break;
    case tlv::product: decoder(out.product); break;
    case tlv::companion: decoder(out.companion); break;
    case tlv::setFlags: decoder(out.flags); break;
    case tlv::releaseVersion: decoder(out.releaseVersion); break;
    default: break;
    }
}

/// One entry of `knownTlvs` for this type in this area, or why there is none.
constexpr ImageFault admitTlv(std::uint16_t type, std::uint16_t length, bool isProtected, Core core,
                              std::uint32_t& seen)
{
    for (std::size_t i = 0; i < knownTlvs.size(); ++i) {
        const KnownTlv& known = knownTlvs[i];
        if (known.type != type || (known.m7Only && core != Core::M7)) continue;
        if (known.isProtected != isProtected) return ImageFault::TlvMisplaced;
        if (length < known.minimumBytes || length > known.maximumBytes)
            return ImageFault::TlvLength;
        if ((seen >> i & 1) != 0) return ImageFault::TlvDuplicate;
        seen |= 1U << i;
        return ImageFault::None;
    }
    return ImageFault::TlvUnknown;
}

constexpr ImageFault parseTlvArea(ByteView area, bool isProtected, Core core, std::uint32_t& seen,
                                  ImageTlvs& out)
{
    std::size_t at = tlvAreaHeaderBytes;
    while (at < area.size()) {
        if (area.size() - at < tlvHeaderBytes) return ImageFault::TlvArea;
        const std::uint16_t type = loadU16(area, at);
        const std::uint16_t length = loadU16(area, at + 2);
        at += tlvHeaderBytes;
        if (length > area.size() - at) return ImageFault::TlvArea;
        const ImageFault fault = admitTlv(type, length, isProtected, core, seen);
        if (fault != ImageFault::None) return fault;
        storeTlv(out, type, area.subspan(at, length));
        at += length;
    }
    return ImageFault::None;
}

/// Length of the area that starts at `bytes`, or 0 if its header is wrong.
constexpr std::size_t tlvAreaBytes(ByteView bytes, std::uint16_t magic)
{
    if (bytes.size() < tlvAreaHeaderBytes || loadU16(bytes, 0) != magic) return 0;
    const std::size_t total = loadU16(bytes, 2);
    return total < tlvAreaHeaderBytes || total > bytes.size() ? 0 : total;
}

} // namespace detail

/// Length of both TLV areas together at the start of `bytes`, or 0 if they are malformed or longer
/// than `maximumTlvBytes`.
constexpr std::size_t tlvBytes(ByteView bytes, std::uint16_t protectedTlvBytes)
{
    const std::size_t first = detail::tlvAreaBytes(bytes, protectedTlvMagic);
    if (first == 0 || first != protectedTlvBytes) return 0;
    const std::size_t second = detail::tlvAreaBytes(bytes.subspan(first), unprotectedTlvMagic);
    return second == 0 || first + second > maximumTlvBytes ? 0 : first + second;
}

/// Takes both TLV areas apart. `area` is exactly those bytes; anything behind the last TLV, a type
/// outside the whitelist, twice, in the wrong area or of the wrong length is refused.
constexpr ImageFault parseTlvs(ByteView area, std::uint16_t protectedTlvBytes, Core core,
                               ImageTlvs& out)
{
    if (area.empty() || tlvBytes(area, protectedTlvBytes) != area.size())
        return ImageFault::TlvArea;
    std::uint32_t seen = 0;
    const ImageFault inProtected =
        detail::parseTlvArea(area.first(protectedTlvBytes), true, core, seen, out);
    if (inProtected != ImageFault::None) return inProtected;
    const ImageFault inUnprotected =
        detail::parseTlvArea(area.subspan(protectedTlvBytes), false, core, seen, out);
    if (inUnprotected != ImageFault::None) return inUnprotected;
    for (std::size_t i = 0; i < detail::knownTlvs.size(); ++i) {
        const bool wanted = !detail::knownTlvs[i].m7Only || core == Core::M7;
        if (wanted && (seen >> i & 1) == 0) return ImageFault::TlvMissing;
    }
    return (out.flags & ~set_flags::knownInImage) == 0 ? ImageFault::None : ImageFault::SetFlags;
}

/// Memory in which a stack may lie (RM0399 2.3.2): D2 SRAM as the M4 sees it, DTCM, AXI SRAM, D2,
/// D3.
inline constexpr std::array<Region, 5> stackRegions{{{0x1000'0000, 288 * kib},
                                                     {0x2000'0000, 128 * kib},
                                                     {0x2400'0000, 512 * kib},
                                                     {0x3000'0000, 288 * kib},
                                                     {0x3800'0000, 64 * kib}}};

/// Initial stack pointer and reset vector.
inline constexpr std::uint32_t vectorBytes = 8;

/// Checks the first two words of a payload, `start`, that lies in `code` once it is in its slot.
/// The stack grows down from its initial value, so that may be the end of a memory.
constexpr ImageFault checkVectorTable(ByteView start, const Region& code)
{
    if (start.size() < vectorBytes) return ImageFault::VectorTable;
    std::uint32_t stackPointer = 0;
    std::uint32_t resetVector = 0;
    Decoder decoder{start};
    decoder(stackPointer);
    decoder(resetVector);
    if (resetVector % 2 != 1 || !code.contains(resetVector - 1)) return ImageFault::VectorTable;
    for (const Region& memory : stackRegions) {
        if (stackPointer % 4 == 0 && memory.contains(stackPointer - 4, 4)) return ImageFault::None;
    }
    return ImageFault::VectorTable;
}

/// True if both cores' TLVs say that they belong together: one release, one key, one product.
/// The companion digest is compared apart, because it names the M4's hash.
constexpr bool sameSet(const ImageTlvs& m7, const ImageTlvs& m4)
{
    return m7.setId == m4.setId && m7.product == m4.product && m7.keyHash == m4.keyHash &&
           m7.securityCounter == m4.securityCounter && m7.flags == m4.flags &&
           m7.releaseVersion == m4.releaseVersion;
}

} // namespace contract
