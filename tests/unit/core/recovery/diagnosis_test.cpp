#include "core/recovery/diagnosis.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace updater;
using contract::DeviceStatus;
using contract::Reason;
using contract::RuntimeStatus;
using contract::SlotState;
using contract::SlotStatus;
using contract::UpdateReason;

namespace {

SlotStatus slotWith(std::uint8_t set, SlotState state, Reason reason = Reason::None)
{
    SlotStatus slot;
    slot.setId = {set};
    slot.state = state;
    slot.reason = reason;
    slot.isVerified = 1;
    slot.securityCounter = 5;
    return slot;
}

/// Asked into update mode, with one set confirmed in A.
DeviceStatus healthyDevice(const SlotStatus& slotB = {})
{
    DeviceStatus device;
    device.productId = 755001;
    device.hardwareRevision = 2;
    device.updateReason = UpdateReason::Requested;
    device.activeSlot = 0;
    device.slotStatus = {slotWith(1, SlotState::Confirmed), slotB};
    return device;
}

BundleFacts release()
{
    BundleFacts facts;
    facts.setId = {2};
    facts.product = {.productId = 755001, .hardwareMinimum = 1, .hardwareMaximum = 3};
    facts.securityCounter = 5;
    facts.flags = contract::set_flags::confirmsItself;
    return facts;
}

std::vector<Repair> repairsOf(const DeviceStatus& device,
                              const std::optional<BundleFacts>& facts = release())
{
    std::vector<Repair> repairs;
    for (const RepairOffer& offer : diagnose(device, facts).offers)
        repairs.push_back(offer.repair);
    return repairs;
}

} // namespace

TEST_CASE("a running application is judged by what it says", "[recovery]")
{
    RuntimeStatus running;
    running.state = SlotState::Confirmed;
    CHECK(diagnose(running, {}).verdict == Verdict::Runs);
    CHECK(diagnose(running, {}).offers.empty());
    running.state = SlotState::Trial;
    CHECK(diagnose(running, {}).verdict == Verdict::RunsOnTrial);
    running.state = SlotState::Empty;
    CHECK(diagnose(running, {}).verdict == Verdict::RunsUnidentified);
    CHECK(diagnose(NotConnected{}, release()).verdict == Verdict::NotConnected);
}

TEST_CASE("the worst cause is the verdict", "[recovery]")
{
    DeviceStatus device = healthyDevice();
    CHECK(diagnose(device, {}).verdict == Verdict::WaitsOnRequest);
    device.slotStatus[1] = slotWith(2, SlotState::Reverted, Reason::Watchdog);
    CHECK(diagnose(device, {}).verdict == Verdict::Reverted);
    device.updateReason = UpdateReason::UnhealthyStarts;
    CHECK(diagnose(device, {}).verdict == Verdict::UnhealthyStarts);
    device.activeSlot = contract::noSet;
    CHECK(diagnose(device, {}).verdict == Verdict::NoSoftware);
    device.updateReason = UpdateReason::TrialFailed;
    CHECK(diagnose(device, {}).verdict == Verdict::TrialFailed);
    device.downloadHash[3] = 1;
    CHECK(diagnose(device, {}).verdict == Verdict::UpdateUnfinished);
    device.updateReason = UpdateReason::CopyFailed;
    CHECK(diagnose(device, {}).verdict == Verdict::CopyFailed);
    device.updateReason = UpdateReason::FaultRepeated;
    CHECK(diagnose(device, {}).verdict == Verdict::FaultRepeated);
    device.optionBytes.bootCm4 = 1;
    CHECK(diagnose(device, {}).verdict == Verdict::NotProvisioned);
    CHECK(diagnose(device, {}).offers.empty());
}

TEST_CASE("each slot is judged by its state and by whether it verifies", "[recovery]")
{
    CHECK(verdictOf(SlotStatus{}) == SlotVerdict::Empty);
    CHECK(verdictOf(slotWith(1, SlotState::Partial)) == SlotVerdict::Unfinished);
    CHECK(verdictOf(slotWith(1, SlotState::Ready)) == SlotVerdict::Untried);
    CHECK(verdictOf(slotWith(1, SlotState::Trial)) == SlotVerdict::OnTrial);
    CHECK(verdictOf(slotWith(1, SlotState::Confirmed)) == SlotVerdict::Good);
    CHECK(verdictOf(slotWith(1, SlotState::Invalid)) == SlotVerdict::Damaged);
    CHECK(verdictOf(slotWith(1, SlotState::Reverted, Reason::PowerOff)) ==
          SlotVerdict::FailedTrial);
    CHECK(verdictOf(slotWith(1, SlotState::Reverted, Reason::Superseded)) ==
          SlotVerdict::Superseded);
    SlotStatus slot = slotWith(1, SlotState::Confirmed);
    slot.flags = contract::set_flags::slotAOnly;
    CHECK(verdictOf(slot) == SlotVerdict::Waits);
    slot.isVerified = 0;
    CHECK(verdictOf(slot) == SlotVerdict::Damaged);
}

TEST_CASE("repairs are offered safest first, and only where they can work", "[recovery]")
{
    using R = Repair;
    const SlotStatus fallback = slotWith(3, SlotState::Confirmed);
    CHECK(repairsOf(healthyDevice(fallback)) == std::vector{R::Start, R::FinishUpdate,
                                                            R::StartOther, R::WriteOtherSlot,
                                                            R::WriteBothSlots});
    CHECK(repairsOf(healthyDevice()) ==
          std::vector{R::Start, R::FinishUpdate, R::WriteOtherSlot, R::WriteBothSlots});

    DeviceStatus unhealthy = healthyDevice(fallback);
    unhealthy.updateReason = UpdateReason::UnhealthyStarts;
    CHECK(repairsOf(unhealthy).front() == R::FinishUpdate);

    DeviceStatus empty = healthyDevice();
    empty.activeSlot = contract::noSet;
    empty.slotStatus[0] = {};
    CHECK(repairsOf(empty) == std::vector{R::FinishUpdate, R::WriteBothSlots});

    BundleFacts slotAOnly = release();
    slotAOnly.flags |= contract::set_flags::slotAOnly;
    CHECK(repairsOf(healthyDevice(), slotAOnly) == std::vector{R::Start, R::FinishUpdate});
}

TEST_CASE("an offer says what is missing and why the device would refuse", "[recovery]")
{
    for (const RepairOffer& offer : diagnose(healthyDevice(), {}).offers) {
        CHECK(offer.needsRelease == (offer.repair != Repair::Start));
        CHECK_FALSE(offer.obstacle);
    }
    BundleFacts foreign = release();
    foreign.product.productId = 1;
    for (const RepairOffer& offer : diagnose(healthyDevice(), foreign).offers) {
        CHECK_FALSE(offer.needsRelease);
        if (offer.repair == Repair::Start) continue;
        REQUIRE(offer.obstacle);
        CHECK(offer.obstacle->code == ErrorCode::WrongProduct);
    }
}
