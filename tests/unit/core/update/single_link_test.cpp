// Releases linked for slot A only, through the reconcile loop against the real virtual device.
#include "core/update/staging.h"
#include "support/update_bench.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

using namespace updater;
using namespace test_support;
using contract::Slot;
using virtual_h755::Mode;
using BehaviourKind = virtual_h755::ApplicationBehaviour::Kind;
using Kind = UpdateOutcome::Kind;

namespace {

template <typename T>
const T& require(const Result<T>& result)
{
    if (!result) FAIL(errorText(result.error().code).name << ": " << result.error().detail);
    return *result;
}

ErrorCode refusalOf(const Result<UpdateOutcome>& outcome)
{
    if (outcome) FAIL("the update succeeded");
    return outcome.error().code;
}

ReleaseSpec singleLink(ReleaseSpec spec)
{
    spec.isSingleLink = true;
    return spec;
}

ReleaseSpec thirdRelease()
{
    ReleaseSpec spec = firstRelease();
    spec.version = {1, 2, 0, 0};
    spec.seed = 3;
    return spec;
}

std::ptrdiff_t timesShown(const UpdateBench& bench, Activity activity)
{
    return std::ranges::count(bench.transcript.reports, activity, &ProgressReport::activity);
}

bool hasShown(const UpdateBench& bench, Activity activity)
{
    return timesShown(bench, activity) != 0;
}

/// True for the report with which the copy begins.
bool isCopyBegun(const UpdateBench& bench, const ProgressReport& report)
{
    return report.activity == Activity::Copying && timesShown(bench, Activity::Copying) == 1;
}

bool runsFrom(const UpdateBench& bench, Slot slot)
{
    return bench.device->mode() == Mode::Application && bench.device->application().isConfirmed() &&
           bench.device->startResult().run == slot;
}

const contract::Region& slotA = smallMap.slot(contract::Core::M7, Slot::A);

} // namespace

TEST_CASE("on an empty device a release for slot A only goes straight to A",
          "[update][single-link]")
{
    UpdateBench bench;
    const auto outcome = require(bench.update(verifiedRelease(singleLink(firstRelease()))));
    CHECK(outcome.kind == Kind::Installed);
    CHECK(runsFrom(bench, Slot::A));
    CHECK(bench.transcript.notices.empty());
    CHECK_FALSE(hasShown(bench, Activity::Copying));
}

TEST_CASE("while A runs, a release for slot A only is staged, copied and said to be one-way",
          "[update][single-link]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    bench.transcript.onReport = [&](const ProgressReport& report) {
        if (report.blocksSent != 0) CHECK(bench.transcript.notices.size() == 1);
    };
    const auto outcome = require(bench.update(verifiedRelease(singleLink(secondRelease()))));
    CHECK(outcome.kind == Kind::Updated);
    CHECK(*outcome.from == contract::Version{1, 0, 0, 0});
    CHECK(runsFrom(bench, Slot::A));
    CHECK(bench.transcript.notices == std::vector{Notice::CannotGoBack});
    CHECK(hasShown(bench, Activity::Copying));
    CHECK_FALSE(hasShown(bench, Activity::WaitingForDevice));
    bench.transcript = {};

    SECTION("and is not sent again")
    {
        const auto again = require(bench.update(verifiedRelease(singleLink(secondRelease()))));
        CHECK(again.kind == Kind::AlreadyCurrent);
    }
    SECTION("and gives way to the next one, staged over its backup copy")
    {
        require(bench.update(verifiedRelease(singleLink(thirdRelease()))));
        CHECK(runsFrom(bench, Slot::A));
    }
    SECTION("and gives way to one that runs from B, without being copied")
    {
        require(bench.update(verifiedRelease(thirdRelease())));
        CHECK(runsFrom(bench, Slot::B));
        CHECK(bench.transcript.notices.empty());
    }
}

TEST_CASE("while B runs, a release for slot A only is written beside it", "[update][single-link]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    bench.install(secondRelease());
    REQUIRE(runsFrom(bench, Slot::B));
    require(bench.update(verifiedRelease(singleLink(thirdRelease()))));
    CHECK(runsFrom(bench, Slot::A));
    CHECK(bench.transcript.notices.empty());
    CHECK_FALSE(hasShown(bench, Activity::Copying));
    const auto back = require(bench.update(verifiedRelease(secondRelease())));
    CHECK(back.blocksSent == 0);
    CHECK(runsFrom(bench, Slot::B));
}

TEST_CASE("a power cut in the copy costs time only", "[update][single-link]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    const auto bundle = verifiedRelease(singleLink(secondRelease()));
    const auto operation = GENERATE(1U, 2U, 500U, 2500U);
    CAPTURE(operation);
    virtual_h755::FlashModel& flash = bench.device->flash();
    bench.transcript.onReport = [&](const ProgressReport& report) {
        if (isCopyBegun(bench, report))
            flash.cutPowerAt(flash.operations() + operation, virtual_h755::Tear::TornBad);
        if (report.activity == Activity::WaitingForDevice) bench.device->powerOn();
    };
    const auto outcome = require(bench.update(bundle));
    CHECK(hasShown(bench, Activity::WaitingForDevice));
    CHECK(outcome.kind == Kind::Updated);
    CHECK(outcome.blocksSent == bundle.streamHeader().totalBlocks());
    CHECK(runsFrom(bench, Slot::A));
}

TEST_CASE("a copy is waited for, even longer than for a lost device", "[update][single-link]")
{
    const contract::FlashMap& map = contract::h755FlashMap;
    ReleaseSpec first = firstRelease();
    ReleaseSpec second = singleLink(secondRelease());
    first.payloadBytes = second.payloadBytes = {380'000, 500'000};
    UpdateBench bench;
    const auto device = makeDevice(bench.clock, 2, virtual_h755::brandedIdentity(), map);
    bench.transport.add(*device, "1-2");
    bench.selector = *DeviceSelector::parse("1-2");
    require(bench.update(verifiedRelease(first, {}, map)));
    bench.transcript = {};
    bench.deadlines.returnMs = 3'000;
    std::uint64_t copyingSinceMs = 0;
    std::uint64_t copyingMs = 0;
    bench.transcript.onReport = [&](const ProgressReport& report) {
        const std::uint64_t nowMs = bench.transport.clock().nowMs();
        if (isCopyBegun(bench, report)) copyingSinceMs = nowMs;
        if (report.activity == Activity::WaitingForConfirmation) copyingMs = nowMs - copyingSinceMs;
    };
    require(bench.update(verifiedRelease(second, {}, map)));
    INFO(copyingMs);
    CHECK(copyingMs > 8'000);
    CHECK_FALSE(hasShown(bench, Activity::WaitingForDevice));
}

TEST_CASE("a device that never comes back from its copy is not waited for without end",
          "[update][single-link]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    bench.deadlines.returnMs = 90'000;
    std::uint64_t copyingSinceMs = 0;
    bench.transcript.onReport = [&](const ProgressReport& report) {
        if (!isCopyBegun(bench, report)) return;
        copyingSinceMs = bench.transport.clock().nowMs();
        bench.device->unplug();
    };
    CHECK(refusalOf(bench.update(verifiedRelease(singleLink(secondRelease())))) ==
          ErrorCode::DeviceDidNotReturn);
    const std::uint64_t waitedMs = bench.transport.clock().nowMs() - copyingSinceMs;
    CHECK(waitedMs >= 90'000);
    CHECK(waitedMs < 110'000);
}

TEST_CASE("a copy that cannot be written is reported, and done once it can",
          "[update][single-link]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    const auto bundle = verifiedRelease(singleLink(secondRelease()));
    bench.device->flash().failIn(slotA, 2); // an erase is tried twice
    CHECK(refusalOf(bench.update(bundle)) == ErrorCode::FlashProgram);
    const auto again = require(bench.update(bundle));
    CHECK(again.blocksSent == 0);
    CHECK(runsFrom(bench, Slot::A));
}

TEST_CASE("a one-way release that crashes is reported, and another one can be installed",
          "[update][single-link]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    const auto kind = GENERATE(BehaviourKind::Crash, BehaviourKind::Hang);
    bench.device->applicationBehaviour().kind = kind;
    CHECK(refusalOf(bench.update(verifiedRelease(singleLink(secondRelease())))) ==
          ErrorCode::TrialFailed);
    bench.device->applicationBehaviour().kind = BehaviourKind::Confirm;
    require(bench.update(verifiedRelease(singleLink(thirdRelease()))));
    CHECK(runsFrom(bench, Slot::A));
}

TEST_CASE("a slot A that rots is repaired from its backup copy", "[update][single-link]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    bench.install(singleLink(secondRelease()));
    bench.device->flash().damage(slotA.address + 64, virtual_h755::Cell::Bad);
    bench.device->reset(contract::ResetCause::Pin);
    bench.runMs(10'000);
    CHECK(runsFrom(bench, Slot::A));
    const auto outcome = require(bench.update(verifiedRelease(singleLink(secondRelease()))));
    CHECK(outcome.kind == Kind::AlreadyCurrent);
}

TEST_CASE("an update repairs a rotten slot A from the backup copy and sends nothing",
          "[update][single-link]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    bench.install(singleLink(secondRelease()));
    bench.transcript = {};
    bench.device->flash().damage(slotA.address + 64, virtual_h755::Cell::Bad);
    bench.device->board().mutableFacts().isButtonHeld = true;
    bench.device->reset(contract::ResetCause::Pin);
    bench.device->board().mutableFacts().isButtonHeld = false;
    bench.runMs(1000);
    REQUIRE(bench.device->mode() == Mode::Bootloader);
    const auto outcome = require(bench.update(verifiedRelease(singleLink(secondRelease()))));
    CHECK(outcome.blocksSent == 0);
    CHECK(hasShown(bench, Activity::Copying));
    CHECK(bench.transcript.notices.empty());
    CHECK(runsFrom(bench, Slot::A));
}

TEST_CASE("a one-way release without boot-client runs from A without a word of its own",
          "[update][single-link]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    ReleaseSpec spec = singleLink(secondRelease());
    spec.flags = 0;
    const auto outcome = require(bench.update(verifiedRelease(spec)));
    CHECK(outcome.kind == Kind::InstalledNotObservable);
    CHECK(bench.transcript.notices == std::vector{Notice::CannotGoBack});
    bench.runMs(30'000);
    CHECK(bench.device->mode() == Mode::Application);
    CHECK(bench.device->startResult().run == Slot::A);
}

TEST_CASE("in any history a copy is foretold exactly when the device stages the release",
          "[update][single-link]")
{
    std::mt19937 random(755);
    UpdateBench bench;
    std::optional<Slot> target;
    bench.transcript.onReport = [&](const ProgressReport&) {
        const auto& download = bench.device->journal().view().download;
        if (download && bench.device->mode() == Mode::Bootloader) target = download->slot;
    };
    std::array<int, 2> seen{}; // [is copied]
    for (int round = 0; round < 80; ++round) {
        ReleaseSpec spec = firstRelease();
        spec.seed = static_cast<std::uint32_t>(10 + random() % 5);
        spec.version.revision = static_cast<std::uint16_t>(spec.seed % 10);
        spec.isSingleLink = random() % 3 != 0;
        constexpr std::array behaviours{BehaviourKind::Confirm, BehaviourKind::Confirm,
                                        BehaviourKind::Crash};
        bench.device->applicationBehaviour().kind = behaviours[random() % behaviours.size()];
        bench.transcript.reports.clear();
        target.reset();
        bench.runMs(5'000); // a device that restarts is back
        const auto outcome = bench.update(verifiedRelease(spec));
        bench.device->applicationBehaviour().kind = BehaviourKind::Confirm;
        const bool isSent = outcome && outcome->blocksSent != 0;
        if (!isSent) continue;
        REQUIRE(target);
        const bool isStaged = spec.isSingleLink && *target == Slot::B;
        CAPTURE(round, spec.seed, spec.isSingleLink);
        CHECK(hasShown(bench, Activity::Copying) == isStaged);
        CHECK(bench.device->startResult().run == (spec.isSingleLink ? Slot::A : *target));
        ++seen[isStaged ? 1 : 0];
    }
    CHECK(seen[0] > 5);
    CHECK(seen[1] > 5);
}
