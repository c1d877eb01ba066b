#include "crafted_stream.h"

#include "core/signature/digest.h"

namespace fuzz {

using namespace contract;

namespace {

void padToBlock(Bytes& bytes)
{
    bytes.resize((bytes.size() + streamBlockBytes - 1) / streamBlockBytes * streamBlockBytes, 0xFF);
}

} // namespace

void editHeader(StreamHeader& header, Input& input)
{
    const std::size_t field = input.below(16);
    const auto value = input.number<std::uint32_t>();
    const std::size_t core = value % 2;
    CoreParts& part = header.parts[field / 4 % 2];
    switch (field) {
    case 0:
    case 4: part.bodyBytes = value; break;
    case 1:
    case 5: part.tlvBytesA = value; break;
    case 2:
    case 6: part.tlvBytesB = value; break;
    case 3:
    case 7: part.patchBytes = value; break;
    case 8: header.totalBytes = value; break;
    case 9: header.flags = static_cast<std::uint16_t>(value); break;
    case 10: header.securityCounter = value; break;
    case 11: header.keyIndex = value; break;
    case 12: header.minimumBootloader.minor = static_cast<std::uint8_t>(value); break;
    case 13: header.coreVersions[core].build = value; break;
    case 14: header.imageHashes[core][value / 2 % 2][0] ^= 1; break;
    default: header.setId[value % header.setId.size()] ^= 1;
    }
}

Stream craftStream(const bundler::SignedSet& set, Input& input)
{
    StreamHeader header = set.header;
    for (std::size_t edits = input.below(4) + 1; edits > 0; --edits)
        editHeader(header, input);
    const std::uint8_t seals = input.number();
    if ((seals & 1) != 0) header.totalBytes = header.totalBlocks() * streamBlockBytes;

    const ByteView stream{set.stream};
    const ByteView bodies =
        stream.subspan(std::size_t{set.header.firstBodyBlock()} * streamBlockBytes);
    const ByteView given = stream.subspan(streamBlockBytes, set.header.slotDataBytes());
    Bytes slotData(given.begin(), given.end());
    const bool fits = header.slotDataBytes() <= maximumSlotDataBytes;
    if (fits) slotData.resize(header.slotDataBytes(), 0x01); // a patch of ever the next byte
    if ((seals & 2) != 0) header.slotDataHash = updater::sha256(slotData);

    const auto encoded = encode(header);
    Bytes bytes(encoded.begin(), encoded.end());
    padToBlock(bytes);
    bytes.insert(bytes.end(), slotData.begin(), slotData.end());
    padToBlock(bytes);
    bytes.insert(bytes.end(), bodies.begin(), bodies.end());
    return {std::move(bytes), header};
}

} // namespace fuzz
