// What may lie in a slot, against the check at every start and against the host's check of the same
// bytes.
#include "bootloader/set_verifier.h"
#include "core/bundle/image_check.h"
#include "fuzz_input.h"
#include "invariant.h"
#include "releases.h"
#include "virtual/identity_from_branding.h"
#include "virtual/virtual_board.h"

using namespace contract;
using namespace fuzz;

namespace {

constexpr std::uint32_t fillBytes = imageHeaderBytes - ImageHeader::encodedBytes;

/// The image without the kilobyte of fill behind its header, unless the input brings its own.
Bytes readImage(Input& input, bool hasFill)
{
    const ByteView given = input.piece();
    const ByteView head = given.first(std::min(given.size(), ImageHeader::encodedBytes));
    Bytes image(head.begin(), head.end());
    if (!hasFill) image.resize(image.size() + fillBytes, 0xFF);
    const ByteView tail = given.subspan(head.size());
    image.insert(image.end(), tail.begin(), tail.end());
    return image;
}

/// From the header to the last TLV, as the lengths inside say; everything if they say nonsense.
ByteView trimmed(ByteView slot)
{
    const auto header = decode<ImageHeader>(slot.first<ImageHeader::encodedBytes>());
    const std::uint64_t body = std::uint64_t{imageHeaderBytes} + header.payloadBytes;
    if (body > slot.size()) return slot;
    const ByteView behind = slot.subspan(static_cast<std::size_t>(body));
    const std::size_t tlvs =
        tlvBytes(behind.first(std::min<std::size_t>(behind.size(), maximumTlvBytes)),
                 header.protectedTlvBytes);
    return tlvs == 0 ? slot : slot.first(static_cast<std::size_t>(body) + tlvs);
}

bool isAboutSignature(ImageFault fault)
{
    return fault == ImageFault::None || fault == ImageFault::Hash || fault == ImageFault::Signature;
}

/// The slot under test.
struct Place {
    virtual_h755::SimulatedClock clock;
    const Releases& releases = releasesFor(MapChoice::Tiny);
    virtual_h755::FlashModel flash{releases.map, clock};
    virtual_h755::VirtualBoard board{flash, clock};
    Slot slot = Slot::A;
    bool isDamaged = false;

    /// B may hold what is linked for A, staged for a copy.
    Slot linkOf(Core core) const
    {
        const Bytes bytes = contents(core);
        const auto header = decode<ImageHeader>(ByteView{bytes}.first<ImageHeader::encodedBytes>());
        return header.loadAddress == releases.map.slot(core, Slot::A).address ? Slot::A : slot;
    }
    Bytes contents(Core core) const
    {
        const Region& region = releases.map.slot(core, slot);
        return flash.peek(region.address, region.bytes);
    }
};

void fill(Place& place, Input& input)
{
    place.slot = input.flag() ? Slot::B : Slot::A;
    const bool hasFill = input.flag();
    for (const Core core : cores) {
        const Region& region = place.releases.map.slot(core, place.slot);
        Bytes image = readImage(input, hasFill);
        image.resize(std::min<std::size_t>(image.size(), region.bytes));
        place.flash.poke(region.address, image);
    }
    for (std::size_t words = input.below(4); words > 0; --words) {
        const Region& region = place.releases.map.slot(cores[input.below(2)], place.slot);
        const std::uint32_t offset = input.number<std::uint16_t>() % region.bytes;
        place.flash.damage(region.address + offset / flashWordBytes * flashWordBytes,
                           static_cast<virtual_h755::Cell>(2 + input.below(4)));
        place.isDamaged = true;
    }
}

/// The verdict, in a bounded number of steps.
boot::SetContents verify(Place& place, const boot::Crypto& crypto, const boot::Identity& identity)
{
    boot::SetVerifier verifier{place.board, crypto, place.releases.map, identity};
    verifier.start(place.slot);
    int steps = 40;
    while (!verifier.step())
        invariant(--steps > 0, "a verification ends");
    return verifier.contents();
}

void checkAccepted(const Place& place, const boot::SetContents& contents)
{
    invariant(contents.keyIndex <= 1, "the key is one of ours");
    invariant((contents.flags & ~set_flags::knownInImage) == 0, "no unknown flag passes");
    invariant(!contents.isBlank, "nothing is not a set");
    for (const Core core : cores) {
        const Bytes bytes = place.contents(core);
        const Region& region = place.releases.map.slot(core, place.linkOf(core));
        const auto header = decode<ImageHeader>(ByteView{bytes}.first<ImageHeader::encodedBytes>());
        invariant(checkHeader(header, region) == ImageFault::None, "the header is sound");
        invariant(trimmed(bytes).size() < bytes.size() || header.hashedBytes() < region.bytes,
                  "the image ends inside its slot");
    }
}

/// Whatever passes is byte for byte what was signed.
void checkHonest(const Place& place, const boot::SetContents& contents)
{
    if (!contents.isValid()) return;
    const Slot link = contents.isStaged ? Slot::A : place.slot;
    const auto* m7 = place.releases.withImage(Core::M7, link, place.contents(Core::M7));
    const auto* m4 = place.releases.withImage(Core::M4, link, place.contents(Core::M4));
    invariant(m7 != nullptr && m7 == m4, "only a complete release is a valid set");
}

/// The host looks at the same bytes; hashes and signatures aside it must say the same. A blind
/// device finds that the right hash is wrong.
void checkAgreement(const Place& place, const boot::SetContents& contents, bool isBlind)
{
    static const updater::Trust trust = test_support::trustFor(test_support::tinyMap);
    if (place.isDamaged) return;
    for (const Core core : cores) {
        const Bytes bytes = place.contents(core);
        updater::CheckedImage checked;
        const ImageFault atHost =
            updater::checkImage(trimmed(bytes), core, place.linkOf(core), trust, checked);
        const ImageFault onDevice = contents.faults[index(core)];
        if (onDevice == ImageFault::None) {
            invariant(isAboutSignature(atHost), "the host refuses no image that a device runs");
        }
        if (atHost == ImageFault::None && !isBlind) {
            const bool isOfPair = onDevice == ImageFault::SetMismatch ||
                                  onDevice == ImageFault::Companion ||
                                  onDevice == ImageFault::Product;
            invariant(onDevice == ImageFault::None || isOfPair,
                      "the host accepts no image that a device refuses");
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    static const boot::Identity identity = virtual_h755::brandedIdentity();
    Input input(bytes, size);
    const std::size_t mode = input.below(3);
    Place place;
    fill(place, input);
    static const BlindCrypto blind;
    const std::array<const boot::Crypto*, 3> cryptos{&place.releases.honest,
                                                     &place.releases.gullible, &blind};
    const boot::SetContents contents = verify(place, *cryptos[mode], identity);
    if (contents.isValid()) checkAccepted(place, contents);
    if (mode == 0) checkHonest(place, contents);
    checkAgreement(place, contents, mode == 2);
    return 0;
}
