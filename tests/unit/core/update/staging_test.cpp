#include "core/update/staging.h"

#include <catch2/catch.hpp>

using namespace updater;
using contract::DeviceStatus;
using contract::Slot;
using contract::SlotState;
using contract::SlotStatus;
using contract::UpdateReason;

namespace {

constexpr contract::SetId oldSet{1};
constexpr contract::SetId newSet{2};

BundleFacts singleLink()
{
    BundleFacts facts;
    facts.setId = newSet;
    facts.flags = contract::set_flags::confirmsItself | contract::set_flags::slotAOnly;
    return facts;
}

SlotStatus slotWith(SlotState state, const contract::SetId& set = oldSet)
{
    SlotStatus slot;
    slot.state = state;
    slot.setId = set;
    slot.isVerified = 1;
    slot.releaseVersion = {1, 0, 0, 0};
    return slot;
}

SlotStatus staged(const contract::SetId& set)
{
    SlotStatus slot = slotWith(SlotState::Ready, set);
    slot.flags = contract::set_flags::slotAOnly;
    return slot;
}

SlotStatus nothing()
{
    return {};
}

DeviceStatus deviceWith(const SlotStatus& a, const SlotStatus& b, std::uint8_t activeSlot)
{
    DeviceStatus device;
    device.slotStatus = {a, b};
    device.activeSlot = activeSlot;
    return device;
}

constexpr std::uint8_t a = 0;
constexpr std::uint8_t b = 1;
constexpr std::uint8_t none = contract::noSet;

} // namespace

TEST_CASE("a release for slot A only goes where the device puts a download", "[staging]")
{
    using S = SlotState;
    struct Row {
        const char* what;
        DeviceStatus device;
        bool isCopied;
    };
    const auto row = GENERATE(values<Row>({
        {"empty", deviceWith(nothing(), nothing(), none), false},
        {"A runs, B empty", deviceWith(slotWith(S::Confirmed), nothing(), a), true},
        {"A runs, B too", deviceWith(slotWith(S::Confirmed), slotWith(S::Confirmed), a), true},
        {"A runs, its backup in B", deviceWith(slotWith(S::Confirmed), staged(oldSet), a), true},
        {"A on trial alone", deviceWith(slotWith(S::Trial), nothing(), a), true},
        {"A on trial, its backup in B", deviceWith(slotWith(S::Trial), staged(oldSet), a), true},
        {"A on trial, B stays", deviceWith(slotWith(S::Trial), slotWith(S::Confirmed), a), false},
        {"A and B untried", deviceWith(slotWith(S::Ready), slotWith(S::Trial), b), true},
        {"B runs, A empty", deviceWith(nothing(), slotWith(S::Confirmed), b), false},
        {"B runs, A too", deviceWith(slotWith(S::Confirmed), slotWith(S::Confirmed), b), false},
        {"B on trial, A stays", deviceWith(slotWith(S::Confirmed), slotWith(S::Trial), b), true},
        {"B to be copied, A stays", deviceWith(slotWith(S::Confirmed), staged(oldSet), b), true},
        {"only a backup in B", deviceWith(nothing(), staged(oldSet), b), false},
        {"new set staged", deviceWith(slotWith(S::Confirmed), staged(newSet), b), true},
        {"new set in A and B", deviceWith(slotWith(S::Ready, newSet), staged(newSet), b), false},
        {"new set in A", deviceWith(slotWith(S::Ready, newSet), slotWith(S::Confirmed), a), false},
    }));
    CAPTURE(row.what);
    CHECK(willBeCopied(row.device, singleLink()) == row.isCopied);
    BundleFacts twoLinks = singleLink();
    twoLinks.flags = contract::set_flags::confirmsItself;
    CHECK_FALSE(willBeCopied(row.device, twoLinks));
}

TEST_CASE("a copy is one-way where it overwrites a set that could run", "[staging]")
{
    using S = SlotState;
    CHECK(isOneWay(deviceWith(slotWith(S::Confirmed), nothing(), a), singleLink()));
    CHECK(isOneWay(deviceWith(slotWith(S::Confirmed), staged(newSet), b), singleLink()));
    CHECK_FALSE(isOneWay(deviceWith(slotWith(S::Invalid), staged(newSet), a), singleLink()));
    CHECK_FALSE(isOneWay(deviceWith(nothing(), slotWith(S::Confirmed), b), singleLink()));
}

TEST_CASE("without any set an unfinished download is continued where it is", "[staging]")
{
    DeviceStatus device = deviceWith(nothing(), nothing(), none);
    device.downloadSlot = 1;
    CHECK(willBeCopied(device, singleLink()));
    device.downloadSlot = 0;
    CHECK_FALSE(willBeCopied(device, singleLink()));
}

TEST_CASE("a device can go back to another set that could run, not to a backup copy", "[staging]")
{
    const SlotStatus running = slotWith(SlotState::Confirmed, newSet);
    CHECK(canGoBack(deviceWith(running, slotWith(SlotState::Confirmed), a)));
    CHECK(canGoBack(deviceWith(slotWith(SlotState::Confirmed), running, b)));
    CHECK_FALSE(canGoBack(deviceWith(running, slotWith(SlotState::Reverted), a)));
    CHECK_FALSE(canGoBack(deviceWith(running, running, a)));
    CHECK_FALSE(canGoBack(deviceWith(running, staged(newSet), a)));
    CHECK_FALSE(canGoBack(deviceWith(running, nothing(), a)));
    CHECK_FALSE(canGoBack(deviceWith(nothing(), nothing(), none)));
}

TEST_CASE("update mode after a failed trial or copy is a failure, after a request it is none",
          "[staging]")
{
    DeviceStatus device = deviceWith(slotWith(SlotState::Trial, newSet), nothing(), a);
    device.updateReason = UpdateReason::TrialFailed;
    CHECK(startFailure(device)->code == ErrorCode::TrialFailed);
    device.updateReason = UpdateReason::CopyFailed;
    CHECK(startFailure(device)->code == ErrorCode::FlashProgram);
    device.updateReason = UpdateReason::Requested;
    CHECK_FALSE(startFailure(device));
}
