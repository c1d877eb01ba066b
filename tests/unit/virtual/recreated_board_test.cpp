// A board made of what another one has said of itself.
#include "virtual/recreated_board.h"

#include "contract/vendor_requests.h"
#include "support/release_fixture.h"
#include "support/tiny_map.h"
#include "virtual/identity_from_branding.h"
#include "virtual/virtual_device.h"

#include <catch2/catch.hpp>

using namespace virtual_h755;
using namespace contract;
using test_support::tinyMap;

namespace {

struct Rig {
    SimulatedClock clock;
    VirtualDevice device{tinyMap, brandedIdentity(), clock};

    DeviceStatus status()
    {
        device.run(1'000'000);
        ByteArray<DeviceStatus::encodedBytes> reply{};
        const auto outcome = device.control({vendor::deviceIn, 1, 0, 0, reply.size()}, reply);
        REQUIRE(outcome.kind == ControlOutcome::Kind::Done);
        REQUIRE(outcome.bytes == reply.size());
        return decode<DeviceStatus>(reply);
    }

    std::vector<std::uint8_t> journal()
    {
        const Region& sector = tinyMap.journal;
        return device.flash().peek(sector.address, sector.bytes);
    }
};

/// In update mode because a button is held; slot A holds a confirmed release and slot B another.
struct Original : Rig {
    Original()
    {
        install(Slot::A, {1, 2, 3, 4}, 3);
        install(Slot::B, {1, 3, 0, 0}, 4);
        device.powerOn();
        device.run(1'000'000);
        device.mutableFacts().isButtonHeld = true;
        device.reset(ResetCause::Software);
    }

    void install(Slot slot, const Version& version, std::uint32_t counter)
    {
        const auto release =
            test_support::makeRelease(tinyMap, {.version = version, .counter = counter});
        for (const Core core : cores)
            device.flash().poke(tinyMap.slot(core, slot).address,
                                release.images[index(core)][index(slot)]);
    }
};

FoundBoard foundIn(Original& original)
{
    return {original.status(), original.journal()};
}

std::vector<std::string> afterRecreation(const FoundBoard& found)
{
    Rig rig;
    recreate(rig.device, brandedIdentity(), found);
    rig.device.powerOn(found.status.resetCause);
    return differences(found.status, rig.status());
}

} // namespace

TEST_CASE("a recreated board says what the original says", "[recreated]")
{
    Original original;
    const FoundBoard found = foundIn(original);
    REQUIRE(found.status.updateReason == UpdateReason::Button);
    REQUIRE(found.status.slot(Slot::A).isVerified == 1);
    REQUIRE(found.status.slot(Slot::B).releaseVersion == Version{1, 3, 0, 0});
    CHECK(afterRecreation(found).empty());
}

TEST_CASE("meeting a board in update mode writes nothing to its journal", "[recreated]")
{
    Original original;
    const FoundBoard found = foundIn(original);
    Rig rig;
    recreate(rig.device, brandedIdentity(), found);
    rig.device.powerOn();
    rig.device.run(1'000'000);
    CHECK(rig.journal() == found.journal);
}

TEST_CASE("a recreated board boots the set that the original would boot", "[recreated]")
{
    Original original;
    const FoundBoard found = foundIn(original);
    Rig rig;
    recreate(rig.device, brandedIdentity(), found);
    rig.device.powerOn();
    rig.device.run(1'000'000);
    rig.device.reset(ResetCause::Software);
    rig.device.run(1'000'000);
    REQUIRE(rig.device.mode() == Mode::Application);
    original.device.mutableFacts().isButtonHeld = false;
    original.device.reset(ResetCause::Software);
    CHECK(rig.device.startResult().run == original.device.startResult().run);
}

TEST_CASE("each fault of an image comes back in a recreated board", "[recreated]")
{
    Original original;
    FoundBoard found = foundIn(original);
    const auto number = GENERATE(range(1, static_cast<int>(ImageFault::VectorTable) + 1));
    const auto fault = static_cast<ImageFault>(number);
    const auto core = GENERATE(Core::M7, Core::M4);
    // The bootloader finds these in one core's image only, and the last one in streams only.
    if (fault == ImageFault::Companion && core == Core::M4) return;
    if (fault == ImageFault::SetMismatch && core == Core::M7) return;
    if (fault == ImageFault::Counter) return;

    SlotStatus& slot = found.status.slotStatus[index(Slot::B)];
    (core == Core::M7 ? slot.m7Fault : slot.m4Fault) = fault;
    slot.isVerified = 0;
    if (fault == ImageFault::SetFlags && core == Core::M7) slot.flags |= 0x8000;
    // What the bootloader cannot have read behind the fault is zero in its report.
    const bool endsBeforeTlvs = fault <= ImageFault::TlvArea || fault == ImageFault::VectorTable;
    if (core == Core::M7 && endsBeforeTlvs && fault != ImageFault::Unreadable) {
        slot.setId = {};
        slot.releaseVersion = {};
        slot.securityCounter = slot.flags = 0;
    }
    CAPTURE(number, static_cast<int>(core));
    CHECK(afterRecreation(found) == std::vector<std::string>{});
}

TEST_CASE("a slot that starts with an unreadable word comes back with it", "[recreated]")
{
    Original original;
    original.device.flash().damage(tinyMap.slot(Core::M7, Slot::B).address, Cell::Bad);
    original.device.reset(ResetCause::Software);
    const FoundBoard found = foundIn(original);
    REQUIRE(found.status.slot(Slot::B).m7Fault == ImageFault::Unreadable);
    REQUIRE(found.status.slot(Slot::B).setId == SetId{});
    CHECK(afterRecreation(found).empty());
}

TEST_CASE("a stand-in passes as signed, another image without signature does not", "[recreated]")
{
    Original original;
    const FoundBoard found = foundIn(original);
    Rig rig;
    recreate(rig.device, brandedIdentity(), found);
    const Region& region = tinyMap.slot(Core::M7, Slot::A);
    auto image = rig.device.flash().peek(region.address, imageHeaderBytes + 64);
    image.back() ^= 1; // behind the vectors
    rig.device.flash().poke(region.address, image);
    rig.device.powerOn();
    const DeviceStatus status = rig.status();
    CHECK(status.slot(Slot::A).m7Fault == ImageFault::Hash);
    CHECK(status.slot(Slot::A).isVerified == 0);
    CHECK(status.slot(Slot::B).isVerified == 1);
}

TEST_CASE("a report about another product is refused", "[recreated]")
{
    Original original;
    FoundBoard found = foundIn(original);
    ++found.status.productId;
    Rig rig;
    CHECK_THROWS_WITH(recreate(rig.device, brandedIdentity(), found),
                      Catch::Matchers::Contains("the report is about product"));
}

TEST_CASE("what a recreated board says differently is named", "[recreated]")
{
    DeviceStatus found;
    DeviceStatus now;
    CHECK(differences(found, now).empty());
    now.flashErases = 7;
    CHECK(differences(found, now).empty());
    now.floorCounter = 1;
    now.slotStatus[1].reason = Reason::Rotted;
    CHECK(differences(found, now) == std::vector<std::string>{"slot B", "floor counter"});
}
