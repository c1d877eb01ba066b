// Repairs against the real virtual device: the bootloader's own code, on virtual time.
#include "core/recovery/repair.h"

#include "core/recovery/restart.h"
#include "support/update_bench.h"

#include <catch2/catch.hpp>

using namespace updater;
using namespace test_support;
using contract::DeviceStatus;
using contract::Slot;
using contract::SlotState;
using contract::Version;

namespace {

template <typename T>
const T& require(const Result<T>& result)
{
    if (!result) FAIL(errorText(result.error().code).name << ": " << result.error().detail);
    return *result;
}

struct RepairBench : UpdateBench {
    /// Does the repair; afterwards what the bootloader says is looked at again.
    Result<UpdateOutcome> repaired(Repair what, const VerifiedBundle* release)
    {
        return repair(what, transport, selector, release, transcript, stop.get_token(), deadlines);
    }

    DeviceStatus read()
    {
        Result<FollowedDevice> followed = FollowedDevice::choose(transport, selector);
        require(followed);
        return require(readInUpdateMode(transport, *followed, 30'000, stop.get_token()));
    }

    std::optional<Version> running()
    {
        Result<FollowedDevice> followed = FollowedDevice::choose(transport, selector);
        require(followed);
        const Observed observed = require(followed->observe());
        const auto* status = std::get_if<contract::RuntimeStatus>(&observed);
        if (status == nullptr || status->state != SlotState::Confirmed) return std::nullopt;
        return status->releaseVersion;
    }
};

constexpr Version first{1, 0, 0, 0};
constexpr Version second{1, 1, 0, 0};

} // namespace

TEST_CASE("a device that waits is started again without writing a slot", "[recovery]")
{
    RepairBench bench;
    bench.install(firstRelease());
    bench.read();
    const auto before = bench.slots();
    const UpdateOutcome outcome = require(bench.repaired(Repair::Start, nullptr));
    CHECK(outcome.blocksSent == 0);
    CHECK(bench.running() == first);
    CHECK(bench.slots() == before);
}

TEST_CASE("the other set is started, tried and confirmed", "[recovery]")
{
    RepairBench bench;
    bench.install(firstRelease());
    bench.install(secondRelease());
    REQUIRE(bench.running() == second);
    const auto before = bench.slots();
    require(bench.repaired(Repair::StartOther, nullptr));
    CHECK(bench.running() == first);
    CHECK(bench.slots() == before);
    require(bench.repaired(Repair::StartOther, nullptr)); // and back
    CHECK(bench.running() == second);
}

TEST_CASE("a device without another set does not start one", "[recovery]")
{
    RepairBench bench;
    bench.install(firstRelease());
    const Result<UpdateOutcome> outcome = bench.repaired(Repair::StartOther, nullptr);
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == ErrorCode::NotAllowed);
}

TEST_CASE("the running release is written into the other slot as well", "[recovery]")
{
    RepairBench bench;
    bench.install(firstRelease());
    const VerifiedBundle release = verifiedRelease(firstRelease());
    const std::uint8_t before = bench.read().activeSlot;
    const UpdateOutcome outcome = require(bench.repaired(Repair::WriteOtherSlot, &release));
    CHECK(outcome.blocksSent == release.streamHeader().totalBlocks());
    CHECK(bench.running() == first);
    const DeviceStatus after = bench.read();
    CHECK(after.activeSlot == 1 - before);
    for (const auto& slot : after.slotStatus) {
        CHECK(slot.releaseVersion == first);
        CHECK(verdictOf(slot) == SlotVerdict::Good);
    }
}

TEST_CASE("both slots get the release, and one of them could always be started", "[recovery]")
{
    RepairBench bench;
    bench.install(firstRelease());
    const VerifiedBundle release = verifiedRelease(secondRelease());
    std::uint16_t last = 0;
    bool isMonotone = true;
    bench.transcript.onReport = [&](const ProgressReport& report) {
        isMonotone = isMonotone && report.permille >= last;
        last = report.permille;
    };
    const UpdateOutcome outcome = require(bench.repaired(Repair::WriteBothSlots, &release));
    CHECK(outcome.blocksSent == 2 * release.streamHeader().totalBlocks());
    CHECK(isMonotone);
    CHECK(last == 1000);
    for (const auto& slot : bench.read().slotStatus) {
        CHECK(slot.releaseVersion == second);
        CHECK(verdictOf(slot) == SlotVerdict::Good);
    }
}

TEST_CASE("an empty device gets both slots", "[recovery]")
{
    RepairBench bench;
    const VerifiedBundle release = verifiedRelease(firstRelease());
    require(bench.repaired(Repair::WriteBothSlots, &release));
    for (const auto& slot : bench.read().slotStatus)
        CHECK(verdictOf(slot) == SlotVerdict::Good);
}

TEST_CASE("a new copy that crashes is no success, although the same release runs", "[recovery]")
{
    RepairBench bench;
    bench.install(firstRelease());
    using Kind = virtual_h755::ApplicationBehaviour::Kind;
    bench.device->applicationBehaviour().kind = Kind::Crash;
    const VerifiedBundle release = verifiedRelease(firstRelease());
    const Result<UpdateOutcome> outcome = bench.repaired(Repair::WriteOtherSlot, &release);
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().code == ErrorCode::Reverted);
    bench.device->applicationBehaviour().kind = Kind::Confirm;
    bench.device->reset(contract::ResetCause::Pin);
    bench.runMs(2000);
    CHECK(bench.running() == first);
}

TEST_CASE("a repair is resumed behind a pulled cable", "[recovery][unplug]")
{
    RepairBench bench;
    bench.install(firstRelease());
    const VerifiedBundle release = verifiedRelease(secondRelease());
    const std::uint64_t before = bench.device->downloads().bytes;
    bench.transport.unplug(
        *bench.device, {.atBytes = before + 10 * 4096, .replugAfterMs = 3000, .portPath = "1-4.2"});
    require(bench.repaired(Repair::WriteBothSlots, &release));
    for (const auto& slot : bench.read().slotStatus)
        CHECK(verdictOf(slot) == SlotVerdict::Good);
}

TEST_CASE("repairs that need a release do not begin without one", "[recovery]")
{
    RepairBench bench;
    bench.install(firstRelease());
    for (const Repair what :
         {Repair::FinishUpdate, Repair::WriteOtherSlot, Repair::WriteBothSlots}) {
        const Result<UpdateOutcome> outcome = bench.repaired(what, nullptr);
        REQUIRE_FALSE(outcome);
        CHECK(outcome.error().code == ErrorCode::BadArguments);
    }
    CHECK(bench.running() == first);
}
