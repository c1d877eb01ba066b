// Releases that are linked for slot A only: where they go, and what the device says of them.
#include "update_bench.h"

using namespace update_bench;

namespace {

const SignedSet& singleLink()
{
    return release({.version = {1, 3, 0, 0}, .counter = 2, .seed = 7, .isSingleLink = true});
}

bool holdsLinkA(const UpdateBench& bench, Slot slot)
{
    return std::all_of(cores.begin(), cores.end(), [&](Core core) {
        const Bytes& image = singleLink().images[index(core)][0];
        return bench.flash.peek(bench.map.slot(core, slot).address,
                                static_cast<std::uint32_t>(image.size())) == image;
    });
}

} // namespace

TEST_CASE("a release linked for slot A is staged in B while A is active", "[update-mode][copy]")
{
    UpdateBench bench;
    bench.install(Slot::A);
    bench.start();
    bench.settle();
    const auto before = bench.contents(Slot::A);
    REQUIRE(bench.sendOurs(singleLink()));
    CHECK(holdsLinkA(bench, Slot::B));
    CHECK(bench.contents(Slot::A) == before);
    const DeviceStatus status = bench.deviceStatus();
    CHECK(status.activeSlot == index(Slot::B));
    CHECK(status.slot(Slot::B).state == SlotState::Ready);
    CHECK(status.slot(Slot::B).isVerified == 1);
    CHECK((status.slot(Slot::B).flags & set_flags::slotAOnly) != 0);
    CHECK((status.slot(Slot::A).flags & set_flags::slotAOnly) == 0);
}

TEST_CASE("a release linked for slot A is written to A while B is active", "[update-mode][copy]")
{
    UpdateBench bench;
    bench.install(Slot::B);
    bench.start();
    bench.settle();
    REQUIRE(bench.sendOurs(singleLink()));
    CHECK(holdsLinkA(bench, Slot::A));
    CHECK(bench.holds(oldSet(), Slot::B));
    const DeviceStatus status = bench.deviceStatus();
    CHECK(status.activeSlot == index(Slot::A));
    CHECK((status.slot(Slot::A).flags & set_flags::slotAOnly) == 0);
}

TEST_CASE("a plain DFU tool stages it as well", "[update-mode][copy]")
{
    UpdateBench bench;
    bench.install(Slot::A);
    bench.start();
    bench.settle();
    REQUIRE(bench.sendPlain(singleLink().stream));
    CHECK(holdsLinkA(bench, Slot::B));
}

TEST_CASE("a staged set that waits for its copy gives way to another download",
          "[update-mode][copy][R5]")
{
    UpdateBench bench;
    bench.install(Slot::A);
    bench.start();
    bench.settle();
    REQUIRE(bench.sendOurs(singleLink()));
    bench.start();
    bench.settle();
    REQUIRE(bench.sendOurs(newSet()));
    CHECK(bench.holds(oldSet(), Slot::A));
    CHECK(bench.holds(newSet(), Slot::B));
}

TEST_CASE("the images of a release for both slots cannot pass for a staged one",
          "[update-mode][copy][refusal]")
{
    // The stream of a single link, but flagged as one for both: its slot-B images are missing.
    SignedSet set = singleLink();
    set.header.flags &= static_cast<std::uint16_t>(~set_flags::slotAOnly);
    REQUIRE(bundler::signHeader(set.header, test_support::developmentKey(0)));
    const auto header = encode(set.header);
    std::copy(header.begin(), header.end(), set.stream.begin());
    UpdateBench bench;
    bench.install(Slot::A);
    bench.start();
    bench.settle();
    CHECK_FALSE(bench.sendPlain(set.stream));
    CHECK(bench.deviceStatus().streamFault == StreamFault::Bounds);
    CHECK(bench.deviceStatus().activeSlot == index(Slot::A));
}
