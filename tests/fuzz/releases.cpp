#include "releases.h"

#include "core/signature/digest.h"
#include "fixed_random.h"

namespace fuzz {

using namespace contract;
using test_support::ReleaseSpec;

namespace {

std::vector<ReleaseSpec> specifications()
{
    constexpr std::uint32_t m7Bytes = 2 * streamBlockBytes - imageHeaderBytes - 64;
    std::vector<ReleaseSpec> specs(7);
    specs[release::first] = {.payloadBytes = {64, 64}};
    specs[release::second] = {
        .version = {1, 1, 0, 0}, .counter = 2, .payloadBytes = {m7Bytes, 9000}, .seed = 2};
    specs[release::unflagged] = {
        .version = {1, 2, 0, 0}, .counter = 2, .payloadBytes = {64, 5000}, .seed = 3, .flags = 0};
    specs[release::foreign] = {.payloadBytes = {64, 64}, .seed = 4, .productId = 99};
    specs[release::tooNew] = {
        .payloadBytes = {64, 64}, .seed = 5, .minimumBootloader = {9, 0, 0, 0}};
    specs[release::newest] = {.version = {9, 0, 0, 0},
                              .counter = 9,
                              .payloadBytes = {128, 64},
                              .seed = 6,
                              .flags = set_flags::confirmsItself | set_flags::raiseFloorAtConfirm,
                              .keyIndex = 1};
    specs[release::slotAOnly] = {.version = {1, 3, 0, 0},
                                 .counter = 2,
                                 .payloadBytes = {64, 5000},
                                 .seed = 7,
                                 .isSingleLink = true};
    return specs;
}

void build(Releases& releases)
{
    for (const ReleaseSpec& spec : specifications()) {
        const SignedSet& set =
            releases.sets.emplace_back(test_support::makeRelease(releases.map, spec));
        releases.honest.addSigned(signedDigest(set.stream));
        for (const auto& hashes : set.header.imageHashes) {
            for (const Digest& hash : hashes)
                releases.honest.addSigned(hash);
        }
    }
}

} // namespace

const SignedSet* Releases::withImage(Core core, Slot link, ByteView bytes) const
{
    for (const SignedSet& set : sets) {
        const bundler::Bytes& image = set.images[index(core)][index(link)];
        if (!image.empty() && image.size() <= bytes.size() &&
            std::equal(image.begin(), image.end(), bytes.begin()))
            return &set;
    }
    return nullptr;
}

Releases& releasesFor(MapChoice choice)
{
    static std::array<Releases, 2> all = [] {
        std::array<Releases, 2> made{Releases{test_support::tinyMap, {}, {}, {}},
                                     Releases{test_support::smallMap, {}, {}, {}}};
        fixRandomNumbers();
        for (Releases& releases : made)
            build(releases);
        return made;
    }();
    return all[static_cast<std::size_t>(choice)];
}

Digest signedDigest(ByteView encodedHeader)
{
    return updater::sha256({streamSignatureDomain, encodedHeader.first(StreamHeader::signedBytes)});
}

} // namespace fuzz
