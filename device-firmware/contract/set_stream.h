// The set stream: what DFU_DNLOAD carries, one file for either slot (docs/protocol.md, "Set
// stream").
//
//   header | slot data | bodies            each padded with 0xFF to whole blocks
//
// Slot data, per core: TLV area for slot A, TLV area for slot B, byte patch A -> B.
// Bodies: header and payload of both cores in slot-A form, block by block in turn.
#pragma once

#include "contract/flash_map.h"
#include "contract/image_format.h"
#include "contract/layout.h"
#include "contract/version.h"

#include <optional>

namespace contract {

inline constexpr std::uint32_t streamBlockBytes = 4096;
inline constexpr ByteArray<4> streamMagic{'H', '7', 'S', 'T'};
inline constexpr std::uint16_t streamFormatVersion = 1;
inline constexpr std::uint32_t maximumSlotDataBytes = 128 * kib;

/// Hashed before the header's bytes when it is signed, so that no other signature fits here.
inline constexpr ByteArray<24> streamSignatureDomain{'H', '7', '5', '5', ' ', 's', 'e', 't',
                                                     ' ', 's', 't', 'r', 'e', 'a', 'm', ' ',
                                                     'v', '1', 0,   0,   0,   0,   0,   0};

constexpr std::uint32_t streamBlocks(std::uint32_t bytes)
{
    return bytes / streamBlockBytes + (bytes % streamBlockBytes != 0 ? 1 : 0);
}

/// Lengths of one core's parts.
struct CoreParts {
    std::uint32_t bodyBytes = 0;
    std::uint32_t tlvBytesA = 0;
    std::uint32_t tlvBytesB = 0;
    std::uint32_t patchBytes = 0;

    static constexpr std::size_t encodedBytes = 16;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.bodyBytes);
        field(self.tlvBytesA);
        field(self.tlvBytesB);
        field(self.patchBytes);
    }

    constexpr std::uint32_t tlvBytes(Slot slot) const
    {
        return slot == Slot::A ? tlvBytesA : tlvBytesB;
    }
    constexpr std::uint32_t slotDataBytes() const { return tlvBytesA + tlvBytesB + patchBytes; }
};
static_assert(fillsItsBytes<CoreParts>());

/// Why a stream header is refused. Frozen.
enum class StreamFault : std::uint8_t {
    None = 0,
    Magic = 1,
    FormatVersion = 2,
    Key = 3, ///< key hash or key index not one of ours
    Signature = 4,
    Product = 5,
    Hardware = 6,
    Counter = 7,    ///< below the floor, or signed with a retired key
    Bootloader = 8, ///< needs a newer bootloader
    Flags = 9,
    Bounds = 10, ///< a part does not fit its slot or the buffer, or lengths contradict each other
};

/// First block of the stream. All lengths in bytes, without padding.
struct StreamHeader {
    ByteArray<4> magic = streamMagic;
    std::uint16_t formatVersion = streamFormatVersion;
    std::uint16_t flags = 0;
    SetId setId{};
    ProductRange product;
    std::uint32_t securityCounter = 0;
    std::uint32_t keyIndex = 0;
    Version minimumBootloader;
    Version releaseVersion;
    std::array<Version, 2> coreVersions{}; ///< [core]
    std::array<CoreParts, 2> parts{};      ///< [core]
    std::uint32_t totalBytes = 0;          ///< of the whole stream, padding included
    Digest slotDataHash{};                 ///< SHA-256 of the slot data, without padding
    std::array<std::array<Digest, 2>, 2> imageHashes{}; ///< [core][slot], each image's TLV 0x10
    Digest keyHash{};
    ByteArray<64> signature{}; ///< ECDSA P-256, r then s, over domain and all bytes before it

    static constexpr std::size_t encodedBytes =
        4 + 4 + 16 + 8 + 8 + 3 * 8 + 8 + 32 + 4 + 32 + 128 + 32 + 64;
    static constexpr std::size_t signedBytes = encodedBytes - 64;

    template <typename Self>
    static constexpr void visit(Self& self, auto& field)
    {
        field(self.magic);
        field(self.formatVersion);
        field(self.flags);
        field(self.setId);
        field(self.product);
        field(self.securityCounter);
        field(self.keyIndex);
        field(self.minimumBootloader);
        field(self.releaseVersion);
        field(self.coreVersions);
        field(self.parts);
        field(self.totalBytes);
        field(self.slotDataHash);
        field(self.imageHashes);
        field(self.keyHash);
        field(self.signature);
    }

    constexpr const CoreParts& part(Core core) const { return parts[index(core)]; }
    constexpr bool isForSlotAOnly() const { return (flags & set_flags::slotAOnly) != 0; }
    constexpr std::uint32_t slotDataBytes() const
    {
        return parts[0].slotDataBytes() + parts[1].slotDataBytes();
    }
    constexpr std::uint32_t slotDataBlocks() const { return streamBlocks(slotDataBytes()); }
    constexpr std::uint32_t bodyBlocks(Core core) const
    {
        return streamBlocks(part(core).bodyBytes);
    }
    constexpr std::uint32_t firstBodyBlock() const { return 1 + slotDataBlocks(); }
    constexpr std::uint32_t totalBlocks() const
    {
        return firstBodyBlock() + bodyBlocks(Core::M7) + bodyBlocks(Core::M4);
    }
};
static_assert(fillsItsBytes<StreamHeader>() && StreamHeader::encodedBytes <= streamBlockBytes);

/// The bounds that a signed header still has to keep: every part inside its slot and the buffers.
/// With these checked, no later arithmetic on the header's lengths can overflow.
constexpr StreamFault checkBounds(const StreamHeader& header, const FlashMap& map)
{
    const bool slotAOnly = header.isForSlotAOnly();
    for (const Core core : cores) {
        const CoreParts& part = header.part(core);
        const std::uint32_t slotBytes = map.slot(core, Slot::A).bytes;
        if (part.bodyBytes < imageHeaderBytes + 8U || part.bodyBytes > slotBytes)
            return StreamFault::Bounds;
        if (part.tlvBytesA == 0 || part.tlvBytesA > maximumTlvBytes) return StreamFault::Bounds;
        if (part.tlvBytesB > maximumTlvBytes || slotAOnly != (part.tlvBytesB == 0))
            return StreamFault::Bounds;
        if (part.patchBytes > maximumSlotDataBytes || (slotAOnly && part.patchBytes != 0)) {
            return StreamFault::Bounds;
        }
        if (part.tlvBytesA > slotBytes - part.bodyBytes ||
            part.tlvBytesB > slotBytes - part.bodyBytes) {
            return StreamFault::Bounds;
        }
    }
    if (header.slotDataBytes() > maximumSlotDataBytes) return StreamFault::Bounds;
    return header.totalBytes == header.totalBlocks() * streamBlockBytes ? StreamFault::None
                                                                        : StreamFault::Bounds;
}

/// Where a core's slot data lies inside the (unpadded) slot data.
struct SlotDataView {
    ByteView tlvA;
    ByteView tlvB;
    ByteView patch;

    constexpr ByteView tlvs(Slot slot) const { return slot == Slot::A ? tlvA : tlvB; }
};

/// Cuts one core's part out of slot data whose length `checkBounds` has accepted.
constexpr SlotDataView slotDataOf(const StreamHeader& header, ByteView slotData, Core core)
{
    const std::size_t start = core == Core::M7 ? 0 : header.part(Core::M7).slotDataBytes();
    const CoreParts& part = header.part(core);
    return {slotData.subspan(start, part.tlvBytesA),
            slotData.subspan(start + part.tlvBytesA, part.tlvBytesB),
            slotData.subspan(start + part.tlvBytesA + part.tlvBytesB, part.patchBytes)};
}

/// A body block: `number` counts blocks from the start of that core's image.
struct BodyBlock {
    Core core = Core::M7;
    std::uint32_t number = 0;

    constexpr std::uint32_t imageOffset() const { return number * streamBlockBytes; }
    constexpr bool operator==(const BodyBlock&) const = default;
};

/// What stream block `block` (>= firstBodyBlock()) carries: M7 and M4 in turn while both have data.
constexpr BodyBlock bodyBlockAt(const StreamHeader& header, std::uint32_t block)
{
    const std::uint32_t position = block - header.firstBodyBlock();
    const std::uint32_t m7Blocks = header.bodyBlocks(Core::M7);
    const std::uint32_t m4Blocks = header.bodyBlocks(Core::M4);
    const std::uint32_t inTurn = m7Blocks < m4Blocks ? m7Blocks : m4Blocks;
    if (position < 2 * inTurn) return {cores[position % 2], position / 2};
    return {m7Blocks > m4Blocks ? Core::M7 : Core::M4, position - inTurn};
}

/// The reverse of `bodyBlockAt`.
constexpr std::uint32_t streamBlockOf(const StreamHeader& header, BodyBlock body)
{
    const std::uint32_t m7Blocks = header.bodyBlocks(Core::M7);
    const std::uint32_t m4Blocks = header.bodyBlocks(Core::M4);
    const std::uint32_t inTurn = m7Blocks < m4Blocks ? m7Blocks : m4Blocks;
    const std::uint32_t position =
        body.number < inTurn ? 2 * body.number + static_cast<std::uint32_t>(index(body.core))
                             : inTurn + body.number;
    return header.firstBodyBlock() + position;
}

/// One replaced byte of the patch A -> B.
struct PatchEntry {
    std::uint32_t offset = 0; ///< in the body
    std::uint8_t value = 0;
};

/// Reads a byte patch in ascending order: gap to the previous offset as unsigned LEB128, new byte.
/// Gaps are at least 1 after the first entry; a malformed patch ends with `isMalformed()`.
class PatchReader {
public:
    constexpr PatchReader() = default;
    constexpr PatchReader(ByteView patch, std::uint32_t bodyBytes)
        : m_patch(patch), m_bodyBytes(bodyBytes)
    {
    }

    constexpr bool isMalformed() const { return m_isMalformed; }

    /// The next entry, or nothing at the end of the patch or where it is malformed.
    constexpr std::optional<PatchEntry> next()
    {
        if (m_isMalformed || m_at == m_patch.size()) return std::nullopt;
        const std::optional<std::uint32_t> gap = readGap();
        const bool repeats = gap == 0U && m_hasPrevious;
        if (!gap || repeats || m_at == m_patch.size() || *gap >= m_bodyBytes - m_offset) {
            m_isMalformed = true;
            return std::nullopt;
        }
        m_offset += *gap;
        m_hasPrevious = true;
        return PatchEntry{m_offset, m_patch[m_at++]};
    }

private:
    constexpr std::optional<std::uint32_t> readGap()
    {
        std::uint32_t value = 0;
        for (unsigned shift = 0; shift < 28 && m_at < m_patch.size(); shift += 7) {
            const std::uint8_t byte = m_patch[m_at++];
            value |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
            if ((byte & 0x80) == 0)
                return byte == 0 && shift != 0 ? std::nullopt : std::optional{value};
        }
        return std::nullopt;
    }

    ByteView m_patch;
    std::uint32_t m_bodyBytes = 0;
    std::size_t m_at = 0;
    std::uint32_t m_offset = 0;
    bool m_hasPrevious = false;
    bool m_isMalformed = false;
};

} // namespace contract
