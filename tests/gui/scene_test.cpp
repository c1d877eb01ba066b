// Which scene is shown, over what real virtual devices say; and when the bus is read.
#include "branding/branding.h"
#include "gui/bus_watch.h"
#include "gui/scene.h"
#include "support/update_bench.h"

#include <catch2/catch.hpp>

using namespace gui;
using namespace test_support;
using updater::Error;
using updater::ErrorCode;

namespace {

Situation look(UpdateBench& bench, const std::string& chosenId = {})
{
    BusWatch watch(bench.transport);
    watch.choose(chosenId);
    const auto snapshot = watch.look();
    REQUIRE(snapshot);
    Situation situation;
    situation.hasLooked = true;
    situation.bus = *snapshot;
    return situation;
}

std::shared_ptr<const updater::VerifiedBundle> release(const ReleaseSpec& spec)
{
    return std::make_shared<const updater::VerifiedBundle>(verifiedRelease(spec));
}

} // namespace

TEST_CASE("before the first look nothing is claimed", "[scene]")
{
    CHECK(sceneOf({}) == Scene::Looking);
}

TEST_CASE("a device that runs is up to date, or has an update waiting", "[scene]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    Situation situation = look(bench);
    CHECK(sceneOf(situation) == Scene::UpToDate);
    CHECK(runningVersion(situation) == contract::Version{1, 0, 0});

    situation.release = release(firstRelease());
    CHECK(sceneOf(situation) == Scene::UpToDate);
    situation.release = release(secondRelease());
    CHECK(sceneOf(situation) == Scene::UpdateAvailable);
    CHECK_FALSE(isOlder(situation));
}

TEST_CASE("an older release is offered, and known to be older", "[scene]")
{
    UpdateBench bench;
    bench.install(secondRelease());
    Situation situation = look(bench);
    situation.release = release(firstRelease());
    CHECK(sceneOf(situation) == Scene::UpdateAvailable);
    CHECK(isOlder(situation));
}

TEST_CASE("an empty device needs its software", "[scene]")
{
    UpdateBench bench;
    CHECK(sceneOf(look(bench)) == Scene::NeedsRepair);
}

TEST_CASE("a release for other hardware is a problem of the release", "[scene]")
{
    UpdateBench bench;
    Situation situation = look(bench);
    ReleaseSpec other = secondRelease();
    other.hardwareMinimum = other.hardwareMaximum = branding::hardwareRevision + 1;
    situation.release = release(other);
    CHECK(sceneOf(situation) == Scene::Problem);
    CHECK(refusalOf(situation)->code == ErrorCode::WrongHardware);
}

TEST_CASE("an unplugged device, also a named one, is asked for", "[scene]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    const std::string id = look(bench).bus.chosenId;
    bench.device->unplug();
    CHECK(sceneOf(look(bench)) == Scene::NothingConnected);
    const auto other = makeDevice(bench.clock, 2);
    bench.transport.add(*other, "1-2");
    CHECK(sceneOf(look(bench, id)) == Scene::NothingConnected); // never the other one
}

TEST_CASE("of several devices none is taken by itself", "[scene]")
{
    UpdateBench bench;
    const auto other = makeDevice(bench.clock, 2);
    bench.transport.add(*other, "1-2");
    const Situation situation = look(bench);
    CHECK(sceneOf(situation) == Scene::ChooseDevice);
    const std::string second = situation.bus.devices[1].serial;
    CHECK(sceneOf(look(bench, second)) == Scene::NeedsRepair);
    CHECK(look(bench, second).bus.chosenId == second);
}

TEST_CASE("what runs comes before what was, and that before what is", "[scene]")
{
    UpdateBench bench;
    Situation situation = look(bench);
    situation.outcome = updater::UpdateOutcome{};
    CHECK(sceneOf(situation) == Scene::Done);
    situation.failure = Error{ErrorCode::ConnectionLost, "test"};
    CHECK(sceneOf(situation) == Scene::Problem);
    situation.running = updater::ProgressReport{};
    CHECK(sceneOf(situation) == Scene::Updating);
    situation.running->activity = updater::Activity::WaitingForDevice;
    CHECK(sceneOf(situation) == Scene::ConnectionLost);
}

TEST_CASE("a device is read once, until something changes", "[watch]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    BusWatch watch(bench.transport);
    REQUIRE(watch.look());
    bench.runMs(5'000);
    CHECK_FALSE(watch.look());
    watch.forget();
    CHECK(watch.look());
    bench.device->unplug();
    REQUIRE(watch.look()->devices.empty());
    CHECK_FALSE(watch.look());
    bench.device->plug();
    bench.runMs(500);
    CHECK(watch.look()->devices.size() == 1);
}
