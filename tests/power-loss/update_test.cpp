#include "cut_everywhere.h"
#include "support/release_fixture.h"
#include "support/tiny_map.h"
#include "update_host.h"

#include <catch2/catch.hpp>
#include <iostream>

using namespace contract;
using namespace power_loss;
using test_support::makeRelease;
using virtual_h755::FlashOperation;
using virtual_h755::VirtualDevice;

namespace {

struct Releases {
    const FlashMap& map;
    bundler::SignedSet first;
    bundler::SignedSet second;
    std::array<const bundler::SignedSet*, 2> all{&first, &second};
    World world{map, all};

    explicit Releases(const FlashMap& flashMap, std::array<std::uint32_t, 2> payloadBytes)
        : map(flashMap),
          first(
              makeRelease(map, {.version = {1, 0, 0, 0}, .payloadBytes = payloadBytes, .seed = 1})),
          second(
              makeRelease(map, {.version = {1, 1, 0, 0}, .payloadBytes = payloadBytes, .seed = 2}))
    {
    }
    Releases(const Releases&) = delete;

    Remains virgin() const { return {virtual_h755::FlashContents(map), {}}; }
    auto updateTo(const bundler::SignedSet& set) const
    {
        return [&set](VirtualDevice& device) { return UpdateHost(device, set).bringToSet(); };
    }
    Remains holdingFirst() const { return remainsAfter(world, virgin(), updateTo(first)); }
};

void print(const char* flow, const CutResult& result)
{
    std::cout << flow << ": " << result.operations << " flash operations, " << result.cuts
              << " cuts, all survived\n";
}

} // namespace

TEST_CASE("an update cut at any flash operation keeps one complete set and completes later",
          "[power-loss]")
{
    const Releases releases(test_support::tinyMap, {6000, 9000});
    const CutResult result =
        cutEverywhere(releases.world, releases.holdingFirst(), {.target = &releases.second},
                      releases.updateTo(releases.second));
    CHECK(result.operations > 500);
    CHECK(result.cuts == 5 * result.operations);
    print("update, every operation", result);
}

TEST_CASE("an update back into slot A, cut at any flash operation, keeps one complete set",
          "[power-loss]")
{
    const Releases releases(test_support::tinyMap, {2048, 2048});
    const Remains inSlotB =
        remainsAfter(releases.world, releases.holdingFirst(), releases.updateTo(releases.second));
    const CutResult result = cutEverywhere(releases.world, inSlotB, {.target = &releases.first},
                                           releases.updateTo(releases.first));
    CHECK(result.cuts == 5 * result.operations);
    print("update B to A, every operation", result);
}

TEST_CASE("a first installation cut at any flash operation completes later", "[power-loss]")
{
    const Releases releases(test_support::tinyMap, {2048, 2048});
    const CutResult result =
        cutEverywhere(releases.world, releases.virgin(), {.target = &releases.first},
                      releases.updateTo(releases.first));
    CHECK(result.cuts == 5 * result.operations);
    print("first installation, every operation", result);
}

TEST_CASE("at the product's geometry, a cut at every journal word and every erase is survived",
          "[power-loss]")
{
    const Releases releases(h755FlashMap, {200'000, 300'000});
    const auto isJournalOrErase = [](const FlashOperation& operation) {
        return operation.kind == FlashOperation::Kind::Erase ||
               h755FlashMap.journal.contains(operation.address);
    };
    const CutResult result =
        cutEverywhere(releases.world, releases.holdingFirst(),
                      {.selects = isJournalOrErase, .target = &releases.second},
                      releases.updateTo(releases.second));
    CHECK(result.cuts >= 5 * (5 + 2 + 2 + 5 + 2 + 2 + 1 + 1));
    print("update, product geometry, journal words and erases", result);
}
