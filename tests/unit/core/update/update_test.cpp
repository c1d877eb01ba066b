// The reconcile loop against the real virtual device: the bootloader's own code, on virtual time.
#include "support/update_bench.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>

using namespace updater;
using namespace test_support;
using virtual_h755::ApplicationBehaviour;
using virtual_h755::Mode;
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

} // namespace

TEST_CASE("an empty device gets its first release", "[update]")
{
    UpdateBench bench;
    const auto bundle = verifiedRelease(firstRelease());
    const UpdateOutcome outcome = require(bench.update(bundle));
    CHECK(outcome.kind == Kind::Installed);
    CHECK(outcome.to == contract::Version{1, 0, 0, 0});
    CHECK(outcome.blocksSent == bundle.streamHeader().totalBlocks());
    CHECK(bench.device->mode() == Mode::Application);
    CHECK(bench.device->application().isConfirmed());
}

TEST_CASE("a device goes from one release to the next", "[update]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    const auto bundle = verifiedRelease(secondRelease());
    const UpdateOutcome outcome = require(bench.update(bundle));
    CHECK(outcome.kind == Kind::Updated);
    REQUIRE(outcome.from);
    CHECK(*outcome.from == contract::Version{1, 0, 0, 0});
    CHECK(outcome.to == contract::Version{1, 1, 0, 0});
    CHECK(outcome.blocksSent == bundle.streamHeader().totalBlocks());
}

TEST_CASE("two releases take turns for as long as a test bench likes", "[update][R9]")
{
    UpdateBench bench;
    const std::array bundles{verifiedRelease(firstRelease()), verifiedRelease(secondRelease())};
    bench.install(firstRelease());
    require(bench.update(bundles[1]));
    int timesSent = 0;
    for (std::size_t turn = 0; turn < 200; ++turn) {
        const UpdateOutcome outcome = require(bench.update(bundles[turn % 2]));
        CHECK(outcome.kind == Kind::Updated);
        if (outcome.blocksSent != 0) ++timesSent;
    }
    // Both lie in their slots, and are only chosen until the journal is full of that.
    CHECK(timesSent > 0);
    CHECK(timesSent < 10);
}

TEST_CASE("a release that already runs is not sent again", "[update]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    const auto before = bench.slots();
    const UpdateOutcome outcome = require(bench.update(verifiedRelease(firstRelease())));
    CHECK(outcome.kind == Kind::AlreadyCurrent);
    CHECK(outcome.blocksSent == 0);
    CHECK(bench.slots() == before);
}

TEST_CASE("a cable that is pulled at any time and plugged in elsewhere does not end the update",
          "[update][unplug]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    const auto bundle = verifiedRelease(secondRelease());
    const std::uint32_t total = bundle.streamHeader().totalBlocks();
    const std::uint32_t prefix = bundle.streamHeader().firstBodyBlock();
    const std::uint32_t atBlock = GENERATE(range(1U, 27U));
    CAPTURE(atBlock, total);
    const std::uint64_t before = bench.device->downloads().bytes;
    bench.transport.unplug(
        *bench.device,
        {.atBytes = before + atBlock * 4096, .replugAfterMs = 3000, .portPath = "1-4.2"});
    const UpdateOutcome outcome = require(bench.update(bundle));
    CHECK(outcome.kind == Kind::Updated);
    CHECK(bench.device->application().isConfirmed());
    // Twice: header and slot data at most; the power stayed, so no body block was lost.
    CHECK(outcome.blocksSent <= total + prefix);
}

TEST_CASE("a power cut at any block costs unfinished sectors only", "[update][unplug]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    const auto bundle = verifiedRelease(secondRelease());
    const std::uint32_t total = bundle.streamHeader().totalBlocks();
    const std::uint32_t atBlock = GENERATE(range(1U, 27U, 3U));
    CAPTURE(atBlock, total);
    const std::uint64_t before = bench.device->downloads().bytes;
    bench.transport.unplug(*bench.device, {.atBytes = before + atBlock * 4096,
                                           .replugAfterMs = 1000,
                                           .portPath = "1-1",
                                           .cutsPower = true});
    const UpdateOutcome outcome = require(bench.update(bundle));
    CHECK(outcome.kind == Kind::Updated);
    CHECK(outcome.blocksSent <= total + atBlock);
}

TEST_CASE("finished sectors are not sent again after a power cut", "[update][unplug]")
{
    // Real geometry: the set is larger than the ring, so that sectors are finished on the way.
    const contract::FlashMap& map = contract::h755FlashMap;
    ReleaseSpec spec = firstRelease();
    spec.payloadBytes = {300'000, 400'000};
    const auto bundle = verifiedRelease(spec, {}, map);
    const std::uint32_t total = bundle.streamHeader().totalBlocks();
    UpdateBench bench;
    const auto device = makeDevice(bench.clock, 2, virtual_h755::brandedIdentity(), map);
    bench.transport.add(*device, "1-2");
    bench.selector = *DeviceSelector::parse("1-2");
    constexpr std::uint32_t cutAt = 150;
    bench.transport.unplug(
        *device,
        {.atBytes = cutAt * 4096, .replugAfterMs = 1000, .portPath = "1-3", .cutsPower = true});
    const UpdateOutcome outcome = require(bench.update(bundle));
    INFO("sent " << outcome.blocksSent << " of " << total);
    // Of the 150 blocks, 64 may have been in the ring and a sector of each bank unfinished; the
    // first sectors of both banks, 32 blocks each, were done.
    CHECK(outcome.blocksSent <= total + cutAt - 64 + bundle.streamHeader().firstBodyBlock());
    const auto twice = std::ranges::count_if(bench.transport.timesSent(),
                                             [](std::uint32_t times) { return times > 1; });
    CHECK(twice <= outcome.blocksSent - total + 1); // the last block's acknowledgement was lost
}

TEST_CASE("a device that does not come back is waited for as long as promised", "[update][unplug]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    const std::uint64_t before = bench.device->downloads().bytes;
    bench.deadlines.returnMs = 30'000;
    bench.transport.unplug(
        *bench.device,
        {.atBytes = before + 10 * 4096, .replugAfterMs = 3'600'000, .portPath = "1-1"});
    const std::uint64_t startMs = bench.transport.clock().nowMs();
    CHECK(refusalOf(bench.update(verifiedRelease(secondRelease()))) ==
          ErrorCode::DeviceDidNotReturn);
    CHECK(bench.transport.clock().nowMs() - startMs < 60'000);
    CHECK(bench.transcript.reports.back().activity == Activity::WaitingForDevice);
}

TEST_CASE("another unit on the same port is not taken for the one that went", "[update][unplug]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    const auto other = makeDevice(bench.clock, 2);
    other->unplug();
    bench.transport.add(*other, "1-1");
    const std::uint64_t before = bench.device->downloads().bytes;
    bench.deadlines.returnMs = 20'000;
    bench.transport.unplug(
        *bench.device,
        {.atBytes = before + 10 * 4096, .replugAfterMs = 3'600'000, .portPath = "1-2"});
    bench.transcript.onReport = [&](const ProgressReport& report) {
        if (report.activity == Activity::WaitingForDevice) other->plug();
    };
    CHECK(refusalOf(bench.update(verifiedRelease(secondRelease()))) ==
          ErrorCode::DeviceDidNotReturn);
    CHECK(other->isAttached());
    CHECK(other->downloads().blocks == 0);
}

TEST_CASE("cancelling between two blocks leaves the running release, and the next run continues",
          "[update][cancel]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    const auto bundle = verifiedRelease(secondRelease());
    bench.transcript.onReport = [&](const ProgressReport& report) {
        if (report.blocksSent == 20) bench.stop.request_stop();
    };
    CHECK(refusalOf(bench.update(bundle)) == ErrorCode::Cancelled);
    CHECK(bench.transcript.reports.back().blocksSent == 20);
    bench.runMs(2000);
    REQUIRE(bench.device->mode() == Mode::Application);
    CHECK(bench.device->application().isConfirmed());

    bench.transcript.onReport = nullptr;
    bench.stop = {};
    const UpdateOutcome outcome = require(bench.update(bundle));
    CHECK(outcome.kind == Kind::Updated);
    CHECK(*outcome.from == contract::Version{1, 0, 0, 0});
}

TEST_CASE("the bar never goes back and ends at 1000 only when the device has confirmed",
          "[update][progress]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    const std::uint64_t before = bench.device->downloads().bytes;
    bench.transport.unplug(*bench.device,
                           {.atBytes = before + 60'000, .replugAfterMs = 3000, .portPath = "1-1"});
    require(bench.update(verifiedRelease(secondRelease())));
    std::uint16_t last = 0;
    for (const ProgressReport& report : bench.transcript.reports) {
        CHECK(report.permille >= last);
        CHECK((report.permille == 1000) == (report.activity == Activity::Done));
        last = report.permille;
    }
    CHECK(last == 1000);
}

TEST_CASE("a release that crashes is reverted by the device and reported", "[update][trial]")
{
    using BehaviourKind = ApplicationBehaviour::Kind;
    UpdateBench bench;
    bench.install(firstRelease());
    const auto bundle = verifiedRelease(secondRelease());
    const auto kind =
        GENERATE(BehaviourKind::Crash, BehaviourKind::Hang, BehaviourKind::NeverConfirm);
    bench.device->applicationBehaviour().kind = kind;
    CAPTURE(static_cast<int>(kind));
    // Once the bootloader has reverted it, the old release runs as before.
    const Result<UpdateOutcome> outcome = bench.update(bundle);
    CHECK(refusalOf(outcome) == ErrorCode::Reverted);
    bench.device->applicationBehaviour().kind = BehaviourKind::Confirm;
    bench.device->reset(contract::ResetCause::Pin);
    bench.runMs(2000);
    REQUIRE(bench.device->mode() == Mode::Application);

    const std::uint64_t before = bench.device->downloads().bytes;
    CHECK(refusalOf(bench.update(bundle)) == ErrorCode::Reverted);
    CHECK(bench.device->downloads().bytes == before);
    bench.runMs(2000);
    CHECK(bench.device->mode() == Mode::Application);
}

TEST_CASE("a release whose application cannot report itself is installed without that word",
          "[update]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    ReleaseSpec spec = secondRelease();
    spec.flags = 0;
    const UpdateOutcome outcome = require(bench.update(verifiedRelease(spec)));
    CHECK(outcome.kind == Kind::InstalledNotObservable);
    bench.runMs(1000);
    CHECK(bench.device->mode() == Mode::Application);
}

TEST_CASE("going back to the release in the other slot needs no transfer", "[update]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    bench.install(secondRelease());
    const UpdateOutcome outcome = require(bench.update(verifiedRelease(firstRelease())));
    CHECK(outcome.kind == Kind::Updated);
    CHECK(*outcome.from == contract::Version{1, 1, 0, 0});
    CHECK(outcome.blocksSent == 0);
}

TEST_CASE("a refusal leaves slots and running release as they were", "[update][refusal]")
{
    struct Row {
        const char* what;
        std::function<void(ReleaseSpec&)> change;
        ErrorCode code;
    };
    const Row row = GENERATE(values<Row>({
        {"counter", [](ReleaseSpec& s) { s.counter = 1; }, ErrorCode::CounterTooLow},
        {"hardware", [](ReleaseSpec& s) { s.hardwareMinimum = 2; }, ErrorCode::WrongHardware},
        {"bootloader",
         [](ReleaseSpec& s) {
             s.minimumBootloader = {9, 0, 0, 0};
         },
         ErrorCode::BootloaderTooOld},
    }));
    CAPTURE(row.what);
    UpdateBench bench;
    ReleaseSpec installed = firstRelease();
    installed.counter = 2;
    bench.install(installed);
    const auto before = bench.slots();
    ReleaseSpec spec = secondRelease();
    spec.counter = 2;
    row.change(spec);
    CHECK(refusalOf(bench.update(verifiedRelease(spec))) == row.code);
    bench.runMs(2000);
    CHECK(bench.slots() == before);
    CHECK(bench.device->mode() == Mode::Application);
    CHECK(bench.device->application().isConfirmed());
}

TEST_CASE("a release signed with a retired key is refused by the host", "[update][refusal]")
{
    UpdateBench bench;
    ReleaseSpec next = firstRelease();
    next.keyIndex = 1;
    bench.install(next);
    CHECK(refusalOf(bench.update(verifiedRelease(secondRelease()))) == ErrorCode::KeyRetired);
    bench.runMs(2000);
    CHECK(bench.device->mode() == Mode::Application);
}

TEST_CASE("a release may ask for a newer release to start from", "[update][refusal]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    const auto bundle = verifiedRelease(secondRelease(), {.requiresFrom = {1, 0, 5, 0}});
    CHECK(refusalOf(bench.update(bundle)) == ErrorCode::VersionTooOld);
    CHECK(bench.device->mode() == Mode::Application);
}

TEST_CASE("a device of another product is not even restarted", "[update][refusal]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    boot::Identity identity = virtual_h755::brandedIdentity();
    identity.productId += 1;
    const auto other = makeDevice(bench.clock, 7, identity);
    bench.transport.add(*other, "1-3");
    bench.selector = *DeviceSelector::parse("1-3");
    const std::uint32_t generation = other->generation();
    CHECK(refusalOf(bench.update(verifiedRelease(secondRelease()))) == ErrorCode::WrongProduct);
    CHECK(other->generation() == generation);
}

TEST_CASE("of several devices only the named one is updated", "[update]")
{
    UpdateBench bench;
    const auto other = makeDevice(bench.clock, 2);
    bench.transport.add(*other, "1-2");
    const auto bundle = verifiedRelease(firstRelease());
    CHECK(refusalOf(bench.update(bundle)) == ErrorCode::SeveralDevices);
    bench.selector = *DeviceSelector::parse("025507000000000000000000");
    const UpdateOutcome outcome = require(bench.update(bundle));
    CHECK(outcome.uniqueId == "025507000000000000000000");
    CHECK(other->downloads().blocks == outcome.blocksSent);
    CHECK(bench.device->downloads().blocks == 0);
}

TEST_CASE("a flash that fails is told, and the running release stays", "[update][flash]")
{
    UpdateBench bench;
    bench.install(firstRelease());
    const contract::Region& slot = smallMap.slot(contract::Core::M7, contract::Slot::A);
    bench.device->flash().failIn({slot.address, 2 * slot.bytes}, 2); // an erase is tried twice
    const ErrorCode code = refusalOf(bench.update(verifiedRelease(secondRelease())));
    CHECK((code == ErrorCode::FlashErase || code == ErrorCode::FlashProgram ||
           code == ErrorCode::FlashVerify));
    bench.runMs(3000);
    CHECK(bench.device->mode() == Mode::Application);
    CHECK(require(bench.update(verifiedRelease(secondRelease()))).kind == Kind::Updated);
}
