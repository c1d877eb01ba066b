// Set streams with any header and any contents, signed by the vendor if the input wants: the host's
// complete check against the device's.
#include "bootloader/stream_check.h"
#include "core/bundle/set_check.h"
#include "core/signature/digest.h"
#include "crafted_stream.h"
#include "invariant.h"
#include "virtual/identity_from_branding.h"

using namespace contract;
using namespace fuzz;

namespace {

void seal(Stream& stream, Input& input)
{
    const std::uint8_t seals = input.number();
    const std::size_t slotDataBytes = stream.header.slotDataBytes();
    const bool isWhole = slotDataBytes <= stream.bytes.size() - streamBlockBytes;
    if ((seals & 1) != 0 && isWhole) {
        stream.header.slotDataHash =
            updater::sha256(ByteView{stream.bytes}.subspan(streamBlockBytes, slotDataBytes));
    }
    if ((seals & 2) != 0) {
        const auto& key = test_support::developmentKey(stream.header.keyIndex & 1);
        invariant(bundler::signHeader(stream.header, key).has_value(), "a header can be signed");
    }
    const auto encoded = encode(stream.header);
    std::ranges::copy(encoded, stream.bytes.begin());
    if ((seals & 4) != 0) {
        stream.bytes.resize(std::min<std::size_t>(stream.header.totalBytes, 64 * streamBlockBytes),
                            0xFF);
    }
}

void flip(Bytes& bytes, Input& input)
{
    for (std::size_t flips = input.below(4); flips > 0; --flips) {
        const std::size_t at = input.number<std::uint32_t>() % bytes.size();
        bytes[at] ^= input.number();
    }
}

void checkAccepted(ByteView stream, const StreamHeader& header)
{
    for (const Core core : cores) {
        for (const Slot slot : slots) {
            if (!updater::holdsImageFor(header, slot)) continue;
            const updater::Bytes image = updater::imageFromStream(stream, header, core, slot);
            const Region& region = test_support::tinyMap.slot(core, slot);
            invariant(!image.empty() && image.size() <= region.bytes, "every image fits its slot");
            invariant(releasesFor(MapChoice::Tiny).withImage(core, slot, image) != nullptr,
                      "an accepted image is a release's");
        }
    }
    static const boot::Identity identity = virtual_h755::brandedIdentity();
    const StreamFault fault = boot::checkStream(
        releasesFor(MapChoice::Tiny).gullible, identity, header.product.hardwareMinimum,
        test_support::tinyMap, stream.first<StreamHeader::encodedBytes>());
    invariant(fault == StreamFault::None || fault == StreamFault::Bootloader ||
                  fault == StreamFault::Hardware,
              "no device refuses a stream for what the host has checked");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    static const updater::Trust trust = test_support::trustFor(test_support::tinyMap);
    Input input(bytes, size);
    const Releases& releases = releasesFor(MapChoice::Tiny);
    const auto& set = releases.sets[input.below(releases.sets.size())];
    Stream stream{set.stream, set.header};
    if (input.flag()) stream = craftStream(set, input);
    flip(stream.bytes, input);
    if (input.flag()) seal(stream, input);
    const auto header = updater::checkSetStream(stream.bytes, trust);
    if (header) checkAccepted(stream.bytes, *header);
    // The raw parser as well: any bytes at all.
    invariant(!updater::checkSetStream(input.rest(), trust).has_value(), "noise is no stream");
    return 0;
}
