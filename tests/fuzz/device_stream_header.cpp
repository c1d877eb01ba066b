// Stream headers as a host can make them, against the device's check, everything that computes with
// a header's lengths afterwards, and the host's check of the same header.
#include "bootloader/slot_content.h"
#include "bootloader/stream_check.h"
#include "contract/vendor_requests.h"
#include "core/bundle/byte_patch.h"
#include "core/bundle/set_check.h"
#include "crafted_stream.h"
#include "invariant.h"
#include "virtual/identity_from_branding.h"

using namespace contract;
using namespace fuzz;

namespace {

struct Question {
    const Releases& releases;
    ByteArray<StreamHeader::encodedBytes> encoded{};
    std::uint16_t hardwareRevision = 0;
};

/// Any bytes over the release's, then the fields that matter most.
void edit(Question& question, Input& input)
{
    for (std::size_t pieces = input.below(3); pieces > 0; --pieces) {
        const std::size_t offset = input.number<std::uint16_t>() % question.encoded.size();
        const ByteView bytes =
            input.take(std::min<std::size_t>(input.number(), question.encoded.size() - offset));
        std::ranges::copy(bytes, question.encoded.begin() + static_cast<std::ptrdiff_t>(offset));
    }
    auto header = decode<StreamHeader>(question.encoded);
    for (std::size_t edits = input.below(5); edits > 0; --edits)
        editHeader(header, input);
    if (input.flag()) header.totalBytes = header.totalBlocks() * streamBlockBytes;
    question.encoded = encode(header);
}

void checkParts(const StreamHeader& header, const FlashMap& map)
{
    const std::vector<std::uint8_t> slotData(header.slotDataBytes());
    const std::uint8_t* end = slotData.data();
    for (const Core core : cores) {
        const SlotDataView view = slotDataOf(header, slotData, core);
        for (const ByteView part : {view.tlvA, view.tlvB, view.patch}) {
            invariant(part.data() == end, "the parts of the slot data follow each other");
            end = part.data() + part.size();
        }
        for (const Slot slot : slots) {
            const boot::SlotContent content{header.part(core).bodyBytes, view.tlvs(slot), {}};
            invariant(content.bytes() <= map.slot(core, slot).bytes, "an image fits its slot");
            invariant(content.bodyBlocks() <= content.blocks(), "bodies come before TLVs");
        }
    }
    invariant(end == slotData.data() + slotData.size(), "the parts are the whole slot data");
}

void checkBlocks(const StreamHeader& header)
{
    invariant(header.totalBlocks() <= vendor::maximumBlocks, "every block has a bit");
    invariant(header.totalBytes == header.totalBlocks() * streamBlockBytes, "the length is right");
    std::array<std::uint32_t, 2> next{};
    for (std::uint32_t block = header.firstBodyBlock(); block < header.totalBlocks(); ++block) {
        const BodyBlock body = bodyBlockAt(header, block);
        invariant(body.number == next[index(body.core)]++, "each core's blocks ascend");
        invariant(body.imageOffset() < header.part(body.core).bodyBytes, "no block is empty");
        invariant(streamBlockOf(header, body) == block, "positions translate both ways");
    }
    for (const Core core : cores)
        invariant(next[index(core)] == header.bodyBlocks(core), "every body block has its place");
}

/// The device patches block by block what the host patches at once.
void checkPatch(std::uint32_t bodyBytes, ByteView patch)
{
    PatchReader reader{patch, bodyBytes};
    std::optional<std::uint32_t> last;
    while (const auto entry = reader.next()) {
        invariant(entry->offset < bodyBytes, "a patch stays in its body");
        invariant(!last || entry->offset > *last, "a patch ascends");
        last = entry->offset;
    }
    Bytes whole(streamBlocks(bodyBytes) * streamBlockBytes);
    const bool isSound = updater::applyPatch(ByteSpan{whole}.first(bodyBytes), patch);
    invariant(isSound == !reader.isMalformed(), "host and device agree whether a patch is sound");
    Bytes inBlocks(whole.size());
    boot::SlotContent content{bodyBytes, {}, patch};
    for (std::uint32_t block = 0; block < content.bodyBlocks(); ++block) {
        content.patch(block, ByteSpan{inBlocks}.subspan(std::size_t{block} * streamBlockBytes,
                                                        streamBlockBytes));
    }
    invariant(whole == inBlocks, "host and device patch alike");
}

void checkHonest(const Question& question, StreamFault fault)
{
    if (fault != StreamFault::None) return;
    const auto isThis = [&](const bundler::SignedSet& set) {
        return std::equal(question.encoded.begin(),
                          question.encoded.begin() + StreamHeader::signedBytes, set.stream.begin());
    };
    invariant(std::ranges::any_of(question.releases.sets, isThis),
              "nothing passes that nobody has signed");
}

/// Signed by the vendor, so that host and device see the same: they must say the same.
void checkAgreement(Question question, const boot::Identity& identity)
{
    auto header = decode<StreamHeader>(question.encoded);
    const auto& key = test_support::developmentKey(header.keyIndex & 1);
    if (!bundler::signHeader(header, key)) return;
    question.encoded = encode(header);
    const StreamFault fault =
        boot::checkStream(question.releases.gullible, identity, question.hardwareRevision,
                          question.releases.map, question.encoded);
    Bytes stream(question.encoded.begin(), question.encoded.end());
    stream.resize(streamBlockBytes, 0xFF);
    static const std::array trusts{test_support::trustFor(test_support::tinyMap),
                                   test_support::trustFor(test_support::smallMap)};
    const bool isTiny = &question.releases.map == &test_support::tinyMap;
    const auto atHost = updater::checkStreamHeader(stream, trusts[isTiny ? 0 : 1]);
    const bool isForDevice = header.product.admits(identity.productId, question.hardwareRevision) &&
                             header.minimumBootloader <= identity.bootloaderVersion &&
                             header.totalBlocks() <= vendor::maximumBlocks;
    if (isForDevice || fault == StreamFault::None) {
        invariant(atHost.has_value() == (fault == StreamFault::None),
                  "host and device accept the same headers");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    static const boot::Identity identity = virtual_h755::brandedIdentity();
    Input input(bytes, size);
    const bool isGullible = input.flag();
    const bool isCompared = input.flag() && isGullible;
    const Releases& releases = releasesFor(input.flag() ? MapChoice::Small : MapChoice::Tiny);
    Question question{releases};
    const auto& set = releases.sets[input.below(releases.sets.size())];
    std::copy_n(set.stream.begin(), question.encoded.size(), question.encoded.begin());
    question.hardwareRevision = input.number<std::uint16_t>();
    edit(question, input);

    const boot::Crypto* crypto = &releases.honest;
    if (isGullible) crypto = &releases.gullible;
    const StreamFault fault = boot::checkStream(*crypto, identity, question.hardwareRevision,
                                                releases.map, question.encoded);
    if (!isGullible) checkHonest(question, fault);
    if (isCompared) checkAgreement(question, identity);
    if (fault != StreamFault::None) return 0;
    const auto header = decode<StreamHeader>(question.encoded);
    checkParts(header, releases.map);
    checkBlocks(header);
    checkPatch(header.part(Core::M7).bodyBytes, input.rest());
    return 0;
}
