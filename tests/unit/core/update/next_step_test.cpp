#include "core/update/next_step.h"

#include <catch2/catch.hpp>

using namespace updater;
using contract::DeviceStatus;
using contract::Reason;
using contract::RuntimeStatus;
using contract::SlotState;
using contract::SlotStatus;
using contract::UpdateReason;

namespace {

constexpr contract::SetId oldSet{1};
constexpr contract::SetId newSet{2};

BundleFacts newRelease()
{
    BundleFacts facts;
    facts.setId = newSet;
    facts.product = {.productId = 755001, .hardwareMinimum = 1, .hardwareMaximum = 3};
    facts.securityCounter = 5;
    facts.keyIndex = 0;
    facts.flags = contract::set_flags::confirmsItself;
    facts.releaseVersion = {1, 1, 0, 0};
    return facts;
}

SlotStatus slotWith(const contract::SetId& set, SlotState state, Reason reason = Reason::None)
{
    SlotStatus slot;
    slot.setId = set;
    slot.state = state;
    slot.reason = reason;
    slot.securityCounter = 5;
    slot.isVerified = 1;
    slot.releaseVersion =
        set == newSet ? contract::Version{1, 1, 0, 0} : contract::Version{1, 0, 0, 0};
    return slot;
}

/// A bootloader with the old set confirmed in A, waiting because it was asked to.
DeviceStatus bootloader(const SlotStatus& slotB = {})
{
    DeviceStatus status;
    status.productId = 755001;
    status.hardwareRevision = 2;
    status.bootloaderVersion = {0, 1, 0, 0};
    status.updateReason = UpdateReason::Requested;
    status.activeSlot = 0;
    status.slotStatus = {slotWith(oldSet, SlotState::Confirmed), slotB};
    status.floorCounter = 4;
    return status;
}

RuntimeStatus application(const contract::SetId& set, SlotState state)
{
    RuntimeStatus status;
    status.productId = 755001;
    status.slot = 0;
    status.state = state;
    status.setId = set;
    status.releaseVersion = {1, 0, 0, 0};
    return status;
}

Step stepFor(const Observed& device, const BundleFacts& bundle = newRelease())
{
    const Result<Step> step = nextStep(device, bundle);
    if (!step) FAIL(errorText(step.error().code).name);
    return *step;
}

ErrorCode refusalFor(const Observed& device, const BundleFacts& bundle = newRelease())
{
    const Result<Step> step = nextStep(device, bundle);
    if (step) FAIL(stepName(*step));
    return step.error().code;
}

} // namespace

TEST_CASE("a device that is away is waited for", "[next-step]")
{
    CHECK(stepFor(NotConnected{}) == Step::WaitForDevice);
}

TEST_CASE("an application that runs another set is left for the bootloader", "[next-step]")
{
    CHECK(stepFor(application(oldSet, SlotState::Confirmed)) == Step::EnterBootloader);
    CHECK(stepFor(application(oldSet, SlotState::Trial)) == Step::EnterBootloader);
}

TEST_CASE("an application without a hand-off record is left for the bootloader", "[next-step]")
{
    CHECK(stepFor(application({}, SlotState::Empty)) == Step::EnterBootloader);
    CHECK(stepFor(application(newSet, SlotState::Empty)) == Step::EnterBootloader);
}

TEST_CASE("a trial of this set is waited for", "[next-step]")
{
    CHECK(stepFor(application(newSet, SlotState::Trial)) == Step::WaitForConfirmation);
}

TEST_CASE("only the device's own word, this set and confirmed, is done", "[next-step]")
{
    CHECK(stepFor(application(newSet, SlotState::Confirmed)) == Step::Done);
}

TEST_CASE("an application of another product is not touched", "[next-step]")
{
    RuntimeStatus status = application(newSet, SlotState::Confirmed);
    status.productId = 1;
    CHECK(refusalFor(status) == ErrorCode::WrongProduct);
}

TEST_CASE("an application older than requiresFrom is not touched", "[next-step]")
{
    BundleFacts bundle = newRelease();
    bundle.requiresFrom = {1, 0, 1, 0};
    CHECK(refusalFor(application(oldSet, SlotState::Confirmed), bundle) ==
          ErrorCode::VersionTooOld);
    bundle.requiresFrom = {1, 0, 0, 0};
    CHECK(stepFor(application(oldSet, SlotState::Confirmed), bundle) == Step::EnterBootloader);
}

TEST_CASE("what the other slot holds decides the step", "[next-step]")
{
    struct Row {
        SlotStatus other;
        Step step;
    };
    const Row row = GENERATE(values<Row>({
        {slotWith({}, SlotState::Empty), Step::SendSet},
        {slotWith({}, SlotState::Partial), Step::SendSet},
        {slotWith({}, SlotState::Checking), Step::SendSet},
        {slotWith({}, SlotState::Invalid, Reason::CheckFailed), Step::SendSet},
        {slotWith(oldSet, SlotState::Confirmed), Step::SendSet},
        {slotWith(oldSet, SlotState::Reverted, Reason::Watchdog), Step::SendSet},
        {slotWith(newSet, SlotState::Empty), Step::SendSet},
        {slotWith(newSet, SlotState::Partial), Step::SendSet},
        {slotWith(newSet, SlotState::Checking), Step::SendSet},
        {slotWith(newSet, SlotState::Invalid, Reason::Rotted), Step::SendSet},
        {slotWith(newSet, SlotState::Ready), Step::Restart},
        {slotWith(newSet, SlotState::Confirmed), Step::SelectSet},
        {slotWith(newSet, SlotState::Reverted, Reason::Superseded), Step::SendSet},
        {slotWith(newSet, SlotState::Reverted, Reason::Selected), Step::SendSet},
    }));
    CAPTURE(static_cast<int>(row.other.state), static_cast<int>(row.other.reason));
    CHECK(stepFor(bootloader(row.other)) == row.step);
}

TEST_CASE("the set in the active slot is restarted into", "[next-step]")
{
    const SlotState state = GENERATE(SlotState::Ready, SlotState::Trial, SlotState::Confirmed);
    DeviceStatus status = bootloader(slotWith(newSet, state));
    status.activeSlot = 1;
    CHECK(stepFor(status) == Step::Restart);
}

TEST_CASE("a set in both slots is taken from the active one", "[next-step]")
{
    DeviceStatus status = bootloader(slotWith(newSet, SlotState::Confirmed));
    status.slotStatus[0] = slotWith(newSet, SlotState::Confirmed);
    CHECK(stepFor(status) == Step::Restart);
    status.activeSlot = 1;
    CHECK(stepFor(status) == Step::Restart);
}

TEST_CASE("a set whose application cannot report itself is restarted into unobserved",
          "[next-step]")
{
    BundleFacts bundle = newRelease();
    bundle.flags = 0;
    CHECK(stepFor(bootloader(slotWith(newSet, SlotState::Ready)), bundle) ==
          Step::RestartUnobserved);
}

TEST_CASE("a set that failed its trial is reported, not installed again", "[next-step]")
{
    const Reason reason = GENERATE(Reason::Watchdog, Reason::PowerOff);
    CHECK(refusalFor(bootloader(slotWith(newSet, SlotState::Reverted, reason))) ==
          ErrorCode::Reverted);
}

TEST_CASE("a device without any set gets one", "[next-step]")
{
    DeviceStatus status = bootloader();
    status.slotStatus = {};
    status.activeSlot = contract::noSet;
    status.updateReason = UpdateReason::NoValidSet;
    CHECK(stepFor(status) == Step::SendSet);
}

TEST_CASE("a release for another product is refused", "[next-step][refusal]")
{
    DeviceStatus status = bootloader();
    status.productId = 2;
    CHECK(refusalFor(status) == ErrorCode::WrongProduct);
}

TEST_CASE("a release for another hardware revision is refused", "[next-step][refusal]")
{
    const auto revision = GENERATE(values<std::uint16_t>({0, 4}));
    DeviceStatus status = bootloader();
    status.hardwareRevision = revision;
    CHECK(refusalFor(status) == ErrorCode::WrongHardware);
}

TEST_CASE("a lower security counter is refused, the floor or the active set's",
          "[next-step][refusal]")
{
    BundleFacts bundle = newRelease();
    DeviceStatus status = bootloader();
    bundle.securityCounter = 4; // the active set has 5
    CHECK(refusalFor(status, bundle) == ErrorCode::CounterTooLow);
    status.slotStatus[0].securityCounter = 1;
    CHECK(stepFor(status, bundle) == Step::SendSet);
    status.floorCounter = 5;
    CHECK(refusalFor(status, bundle) == ErrorCode::CounterTooLow);
}

TEST_CASE("without a set that can be started only the floor counts", "[next-step]")
{
    BundleFacts bundle = newRelease();
    bundle.securityCounter = 4;
    DeviceStatus status = bootloader();
    status.slotStatus[0].state = SlotState::Invalid;
    CHECK(stepFor(status, bundle) == Step::SendSet);
}

TEST_CASE("a release signed with a retired key is refused, whatever its counter",
          "[next-step][refusal]")
{
    BundleFacts bundle = newRelease();
    bundle.securityCounter = 1000;
    DeviceStatus status = bootloader();
    status.floorKeyIndex = 1;
    CHECK(refusalFor(status, bundle) == ErrorCode::KeyRetired);
    status.floorKeyIndex = 0;
    status.slotStatus[0].keyIndex = 1;
    CHECK(refusalFor(status, bundle) == ErrorCode::KeyRetired);
}

TEST_CASE("a newer key may begin with a lower counter", "[next-step]")
{
    BundleFacts bundle = newRelease();
    bundle.keyIndex = 1;
    bundle.securityCounter = 0;
    CHECK(stepFor(bootloader(), bundle) == Step::SendSet);
}

TEST_CASE("a release that needs a newer bootloader is refused", "[next-step][refusal]")
{
    BundleFacts bundle = newRelease();
    bundle.minimumBootloader = {0, 2, 0, 0};
    CHECK(refusalFor(bootloader(), bundle) == ErrorCode::BootloaderTooOld);
}

TEST_CASE("a release for slot A only is sent like any other", "[next-step][single-link]")
{
    BundleFacts bundle = newRelease();
    bundle.flags |= contract::set_flags::slotAOnly;
    CHECK(stepFor(bootloader(), bundle) == Step::SendSet);
}

TEST_CASE("a staged set is started once it is active, and selected before",
          "[next-step][single-link]")
{
    BundleFacts bundle = newRelease();
    bundle.flags |= contract::set_flags::slotAOnly;
    SlotStatus staged = slotWith(newSet, SlotState::Ready);
    staged.flags |= contract::set_flags::slotAOnly;
    DeviceStatus status = bootloader(staged);
    CHECK(stepFor(status, bundle) == Step::SelectSet);
    status.activeSlot = 1;
    CHECK(stepFor(status, bundle) == Step::Restart);
}

TEST_CASE("of a set and its backup copy the one that runs counts", "[next-step][single-link]")
{
    SlotStatus staged = slotWith(newSet, SlotState::Ready);
    staged.flags |= contract::set_flags::slotAOnly;
    DeviceStatus status = bootloader(staged);
    status.slotStatus[0] = slotWith(newSet, SlotState::Confirmed);
    CHECK(stepFor(status) == Step::Restart);
}

TEST_CASE("a bootloader whose active set is older than requiresFrom is not updated",
          "[next-step][refusal]")
{
    BundleFacts bundle = newRelease();
    bundle.requiresFrom = {1, 0, 1, 0};
    CHECK(refusalFor(bootloader(), bundle) == ErrorCode::VersionTooOld);
    DeviceStatus empty = bootloader();
    empty.slotStatus[0] = {};
    CHECK(stepFor(empty, bundle) == Step::SendSet);
}

TEST_CASE("a read-only journal refuses updates as long as there is a set to run",
          "[next-step][refusal]")
{
    DeviceStatus status = bootloader();
    status.journalHealth = contract::JournalHealth::ReadOnly;
    CHECK(refusalFor(status) == ErrorCode::JournalReadOnly);
    status.slotStatus[0] = {};
    CHECK(stepFor(status) == Step::SendSet);
}

TEST_CASE("an option byte that the factory forgot is named, before anything is sent",
          "[next-step][refusal]")
{
    DeviceStatus status = bootloader(slotWith(newSet, SlotState::Ready));
    status.optionBytes.bootCm4 = 1;
    CHECK(refusalFor(status) == ErrorCode::ProvisioningIncomplete);
    status.optionBytes.bootCm4 = 0;
    status.updateReason = UpdateReason::BootCm4Set;
    CHECK(refusalFor(status) == ErrorCode::ProvisioningIncomplete);
}

TEST_CASE("going back to the other slot's set obeys the same rules as a download",
          "[next-step][refusal]")
{
    BundleFacts bundle = newRelease();
    bundle.securityCounter = 3;
    CHECK(refusalFor(bootloader(slotWith(newSet, SlotState::Confirmed)), bundle) ==
          ErrorCode::CounterTooLow);
}

TEST_CASE("a set that the device no longer finds valid is repaired, not started", "[next-step]")
{
    DeviceStatus status = bootloader(slotWith(newSet, SlotState::Confirmed));
    status.activeSlot = 1;
    status.slotStatus[1].isVerified = 0;
    status.slotStatus[1].m4Fault = contract::ImageFault::Hash;
    CHECK(stepFor(status) == Step::SendSet);
}

TEST_CASE("a device knows its sets once each was found valid or faulty", "[next-step]")
{
    DeviceStatus status = bootloader();
    CHECK(knowsItsSets(status));
    status.slotStatus[0].isVerified = 0;
    CHECK_FALSE(knowsItsSets(status));
    status.slotStatus[0].m7Fault = contract::ImageFault::Unreadable;
    CHECK(knowsItsSets(status));
}
