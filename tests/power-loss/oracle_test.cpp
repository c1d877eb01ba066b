// The oracle and the cutter must notice what they are there for: each defect is planted here.
#include "cutter.h"
#include "in_place.h"
#include "recovery.h"

#include <catch2/catch.hpp>

using namespace power_loss;
using namespace contract;
using Kind = Finding::Kind;
using End = Aftermath::End;
using virtual_h755::Cell;

namespace {

const World& world()
{
    static const World tiny(Geometry::Tiny);
    return tiny;
}

/// A device that runs First, confirmed.
struct Running {
    Scene scene{world(), Remains(world().map()), Expectation{}, 1};

    explicit Running(Release release = Release::First)
    {
        scene.expected().reasons = {UpdateReason::NoValidSet};
        scene.powerOn();
        scene.update(release);
    }
    /// Off and on again, judged by what was promised before.
    std::optional<Finding> afterRestart()
    {
        const Expectation expected = scene.expected();
        const ReleaseSet before = scene.look().held;
        scene.powerOff();
        const Aftermath found = recover(scene, {Release::Second, ResetCause::PowerOn, false});
        return judge(world(), expected, before, found);
    }
    void poke(Core core, Slot slot, Release release)
    {
        scene.device().flash().poke(world().map().slot(core, slot).address,
                                    world()[release].images[index(core)][index(slot)]);
    }
};

/// What a restart of a device that runs First looks like.
Aftermath goodEnd()
{
    Aftermath found;
    found.end = End::Application;
    found.starts = 1;
    found.executed = {Release::First, Release::First};
    found.isM4Running = true;
    found.held = {Release::First};
    found.floor = Level{0, 1};
    found.hasUpdated = true;
    return found;
}

Expectation promised(Release release)
{
    Expectation expected;
    expected.mayRun = {release};
    expected.confirmedHere = {release};
    expected.floor = {0, 1};
    return expected;
}

std::optional<Kind> verdictOn(const Aftermath& found,
                              const Expectation& expected = promised(Release::First))
{
    const auto finding = judge(world(), expected, {Release::First}, found);
    return finding ? std::optional{finding->kind} : std::nullopt;
}

void nothing(Scene&)
{
}

void install(Scene& scene)
{
    scene.powerOn();
    scene.update(Release::First);
}

/// The only set is damaged, and nobody has said so.
void loseTheSet(Scene& scene)
{
    scene.powerOn();
    scene.device().flash().damage(world().map().slot(Core::M7, Slot::A).address, Cell::Bad);
    scene.device().reset(ResetCause::Software);
    (void)scene.settle();
}

} // namespace

TEST_CASE("a device that keeps its promise is not accused", "[power-loss][oracle]")
{
    CHECK_FALSE(verdictOn(goodEnd()));
    Running device;
    CHECK_FALSE(device.afterRestart());
}

TEST_CASE("the oracle notices a mixed pair", "[power-loss][oracle]")
{
    Aftermath found = goodEnd();
    SECTION("of two releases")
    {
        found.executed[1] = Release::Second;
    }
    SECTION("with a core that runs nothing whole")
    {
        found.executed[1] = std::nullopt;
    }
    SECTION("with an M4 that stands still")
    {
        found.isM4Running = false;
    }
    CHECK(verdictOn(found) == Kind::Mixed);
}

TEST_CASE("what the cores run is read from the flash, not asked", "[power-loss][oracle]")
{
    Running device;
    CHECK(device.scene.look().executed[1] == Release::First);
    device.poke(Core::M4, Slot::A, Release::Second);
    CHECK(device.scene.look().executed[0] == Release::First);
    CHECK(device.scene.look().executed[1] == Release::Second);
    CHECK(device.scene.look().held.isEmpty());
    device.poke(Core::M4, Slot::A, Release::First);
    CHECK(device.scene.look().held == ReleaseSet{Release::First});
    device.scene.device().flash().damage(world().map().slot(Core::M4, Slot::A).address,
                                         Cell::Flaky);
    CHECK_FALSE(device.scene.look().executed[1]);
}

TEST_CASE("the oracle notices a lost set", "[power-loss][oracle]")
{
    Aftermath found = goodEnd();
    found.end = End::UpdateMode;
    found.reason = UpdateReason::NoValidSet;
    SECTION("that is gone")
    {
        found.held = {};
    }
    SECTION("that lies there and does not boot")
    {
    }
    CHECK(verdictOn(found) == Kind::Lost);

    Running device;
    device.scene.device().flash().damage(world().map().slot(Core::M4, Slot::A).address, Cell::Bad);
    CHECK(device.afterRestart()->kind == Kind::Lost);
}

TEST_CASE("update mode is right only for a reason of the flow", "[power-loss][oracle]")
{
    Aftermath found = goodEnd();
    found.end = End::UpdateMode;
    found.reason = UpdateReason::TrialFailed;
    CHECK(verdictOn(found) == Kind::Wrong);
    Expectation expected = promised(Release::First);
    expected.reasons = {UpdateReason::TrialFailed};
    CHECK_FALSE(verdictOn(found, expected));
}

TEST_CASE("the oracle notices a success that was reported and does not hold",
          "[power-loss][oracle]")
{
    CHECK(verdictOn(goodEnd(), promised(Release::Second)) == Kind::Wrong);

    Running device;
    const Remains before = device.scene.remains();
    device.scene.update(Release::Second);
    device.scene.powerOff();
    device.scene.device().flash().restore(before.flash);
    device.scene.powerOn();
    CHECK(device.afterRestart()->kind == Kind::Wrong);
}

TEST_CASE("the oracle notices a reset loop", "[power-loss][oracle]")
{
    Aftermath found = goodEnd();
    SECTION("that never ends")
    {
        found.end = End::Loop;
    }
    SECTION("that ends late")
    {
        found.starts = 9;
    }
    CHECK(verdictOn(found) == Kind::Loop);

    // A release that nobody confirms may crash for ever: the one loop that can be made by hand.
    Running device(Release::Plain);
    device.scene.device().options().applicationOf = [](const Version&) {
        return virtual_h755::ApplicationBehaviour{virtual_h755::ApplicationBehaviour::Kind::Crash};
    };
    CHECK(device.afterRestart()->kind == Kind::Loop);
}

TEST_CASE("the oracle notices a floor that fell", "[power-loss][oracle]")
{
    Expectation expected = promised(Release::First);
    expected.floor = {0, 2};
    CHECK(verdictOn(goodEnd(), expected) == Kind::Floor);
    expected.floor = {1, 0}; // the key counts first
    CHECK(verdictOn(goodEnd(), expected) == Kind::Floor);
    Aftermath found = goodEnd();
    found.isJournalReadable = false;
    CHECK_FALSE(verdictOn(found, expected));
}

TEST_CASE("the oracle notices a release below the floor, unless it is a fallback",
          "[power-loss][oracle]")
{
    Aftermath found = goodEnd();
    found.floor = Level{0, 2};
    CHECK_FALSE(verdictOn(found));
    Expectation expected = promised(Release::First);
    expected.confirmedHere = {};
    CHECK(verdictOn(found, expected) == Kind::Floor);
}

TEST_CASE("the oracle notices a device that takes no update any more", "[power-loss][oracle]")
{
    Aftermath found = goodEnd();
    found.hasUpdated = false;
    CHECK(verdictOn(found) == Kind::Update);
    Expectation expected = promised(Release::First);
    expected.canUpdate = false;
    CHECK_FALSE(verdictOn(found, expected));
}

TEST_CASE("the oracle notices a broken rule of the flash", "[power-loss][oracle]")
{
    Aftermath found = goodEnd();
    found.violation = "program in a sector that was not erased";
    CHECK(verdictOn(found) == Kind::Violation);
}

TEST_CASE("a flow that loses its set fails, with the options that reproduce it",
          "[power-loss][cutter]")
{
    const Flow flow{"planted loss", {Geometry::Tiny}, install, loseTheSet, Release::Second};
    const Tally tally = cutFlow(world(), flow, {});
    CHECK(tally.cuts > 0);
    CHECK(tally.of(Kind::Lost) == tally.cuts);
    REQUIRE_FALSE(tally.failures.empty());

    const std::string& failure = tally.failures.front();
    const std::string text = failure.substr(failure.find("--cut ") + 6);
    CutPlan again;
    again.only = {parseCut(text).value()};
    CHECK(textOf(again.only[0]) == text);
    CHECK(cutFlow(world(), flow, again).of(Kind::Lost) == 1);
}

TEST_CASE("a flow that does not go as it should without a cut fails", "[power-loss][cutter]")
{
    const Flow flow{"planted trouble",
                    {Geometry::Tiny},
                    nothing,
                    [](Scene& scene) { scene.enterUpdateMode(); },
                    Release::Second};
    CHECK_FALSE(cutFlow(world(), flow, {}).isGood());
}

TEST_CASE("cuts are written as they are read", "[power-loss][cutter]")
{
    const std::string text = GENERATE("1:clean+clean", "12:bad+flaky:nobackup",
                                      "3:good+blank:rot1.7", "3:good+blank:nobackup:rot0.2");
    CHECK(textOf(parseCut(text).value()) == text);
    const std::string wrong =
        GENERATE("", "x:clean+clean", "1:clean", "1:clean+clean:no", "1:clean+clean:rot2.1");
    CHECK_FALSE(parseCut(wrong));
}

TEST_CASE("an update in place leaves nothing bootable at almost every cut", "[power-loss]")
{
    const InPlaceResult result = updateInPlace(world());
    CHECK(result.cuts == 5 * result.operations);
    CHECK(result.notBootable == result.cuts - 2); // the first not begun, the last one ended
    CHECK(result.mixed > 0);
}
