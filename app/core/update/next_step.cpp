#include "core/update/next_step.h"

#include "core/bundle/text_forms.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace updater {

using contract::DeviceStatus;
using contract::Reason;
using contract::RuntimeStatus;
using contract::Slot;
using contract::SlotState;
using contract::SlotStatus;

namespace {

/// Order of releases for the anti-rollback check: the key first, then the counter (boot.md,
/// "Floor").
using Rank = std::tuple<std::uint32_t, std::uint32_t>;

Rank rankNeeded(const DeviceStatus& device)
{
    const Rank floor{device.floorKeyIndex, device.floorCounter};
    const SlotStatus* active = activeSet(device);
    return active == nullptr ? floor
                             : std::max(floor, Rank{active->keyIndex, active->securityCounter});
}

/// The slot that holds the bundle's set; the active one if both do and neither is wanted.
std::optional<Slot> slotHolding(const DeviceStatus& device, const BundleFacts& bundle,
                                std::optional<Slot> wantedSlot)
{
    const bool activeIsB = device.activeSlot == static_cast<std::uint8_t>(Slot::B);
    const std::array<Slot, 2> inOrder{activeIsB ? Slot::B : Slot::A, activeIsB ? Slot::A : Slot::B};
    for (const Slot slot : inOrder) {
        if ((!wantedSlot || slot == *wantedSlot) && holds(device.slot(slot), bundle)) return slot;
    }
    return std::nullopt;
}

/// A set that gave way to another download or to the technician's choice did not fail by itself.
bool failedItsTrial(const SlotStatus& slot)
{
    return slot.state == SlotState::Reverted &&
           (slot.reason == Reason::Watchdog || slot.reason == Reason::PowerOff);
}

Error wrongProduct(std::uint32_t productId, const BundleFacts& bundle)
{
    return {ErrorCode::WrongProduct, "the device is product " + std::to_string(productId) +
                                         ", the release is for " +
                                         std::to_string(bundle.product.productId)};
}

bool isTooOldToUpdate(const contract::Version& installed, const BundleFacts& bundle)
{
    return installed < bundle.requiresFrom;
}

Error tooOldToUpdate(const contract::Version& installed, const BundleFacts& bundle)
{
    return {ErrorCode::VersionTooOld, "installed is " + versionText(installed) + ", needed is " +
                                          versionText(bundle.requiresFrom) + " or newer"};
}

Result<Step> nextStepFor(const RuntimeStatus& device, const BundleFacts& bundle,
                         std::optional<Slot> wantedSlot)
{
    if (device.productId != bundle.product.productId)
        return tl::unexpected(wrongProduct(device.productId, bundle));
    // Without a hand-off record the application does not know which set it is: the bootloader does.
    if (device.state == SlotState::Empty) return Step::EnterBootloader;
    const bool isInPlace = !wantedSlot || device.slot == static_cast<std::uint8_t>(*wantedSlot);
    if (device.setId == bundle.setId && isInPlace) {
        return device.state == SlotState::Confirmed ? Step::Done : Step::WaitForConfirmation;
    }
    if (isTooOldToUpdate(device.releaseVersion, bundle))
        return tl::unexpected(tooOldToUpdate(device.releaseVersion, bundle));
    return Step::EnterBootloader;
}

Result<Step> stepForHeldSet(const DeviceStatus& device, Slot slot, const BundleFacts& bundle)
{
    const SlotStatus& held = device.slot(slot);
    if (failedItsTrial(held)) {
        return fail(ErrorCode::Reverted,
                    versionText(held.releaseVersion) + (held.reason == Reason::Watchdog
                                                            ? " crashed or hung during its trial"
                                                            : " never confirmed before power-off"));
    }
    const bool isNext =
        &held == activeSet(device) || (held.state == SlotState::Ready && !isStaged(held));
    if (isNext) return bundle.confirmsItself() ? Step::Restart : Step::RestartUnobserved;
    if (std::optional<Error> reason = refusal(device, bundle)) return tl::unexpected(*reason);
    const bool isSelectable = held.state == SlotState::Confirmed || isStaged(held);
    return isSelectable ? Step::SelectSet : Step::SendSet;
}

Result<Step> nextStepFor(const DeviceStatus& device, const BundleFacts& bundle,
                         std::optional<Slot> wantedSlot)
{
    if (device.updateReason == contract::UpdateReason::BootCm4Set ||
        device.optionBytes.bootCm4 != 0)
        return fail(ErrorCode::ProvisioningIncomplete, "option byte BCM4 is 1");
    if (const std::optional<Slot> slot = slotHolding(device, bundle, wantedSlot))
        return stepForHeldSet(device, *slot, bundle);
    if (std::optional<Error> reason = refusal(device, bundle)) return tl::unexpected(*reason);
    return Step::SendSet;
}

} // namespace

Result<Step> nextStep(const Observed& device, const BundleFacts& bundle, std::optional<Slot> slot)
{
    if (const auto* running = std::get_if<RuntimeStatus>(&device))
        return nextStepFor(*running, bundle, slot);
    if (const auto* waiting = std::get_if<DeviceStatus>(&device))
        return nextStepFor(*waiting, bundle, slot);
    return Step::WaitForDevice;
}

bool holds(const SlotStatus& slot, const BundleFacts& bundle)
{
    return slot.setId == bundle.setId && (isStartable(slot) || slot.state == SlotState::Reverted);
}

bool knowsItsSets(const DeviceStatus& device)
{
    return std::all_of(device.slotStatus.begin(), device.slotStatus.end(), [](const auto& slot) {
        const bool shouldHoldSet =
            slot.state == SlotState::Ready || slot.state == SlotState::Trial ||
            slot.state == SlotState::Confirmed || slot.state == SlotState::Reverted;
        return !shouldHoldSet || slot.isVerified != 0 ||
               slot.m7Fault != contract::ImageFault::None ||
               slot.m4Fault != contract::ImageFault::None;
    });
}

std::string_view stepName(Step step)
{
    constexpr std::array<std::string_view, 8> names{
        "WaitForDevice",     "EnterBootloader",     "SendSet", "SelectSet", "Restart",
        "RestartUnobserved", "WaitForConfirmation", "Done"};
    return names[static_cast<std::size_t>(step)];
}

std::optional<Error> refusal(const DeviceStatus& device, const BundleFacts& bundle)
{
    const auto number = [](auto value) { return std::to_string(value); };
    const Rank needed = rankNeeded(device);
    const SlotStatus* active = activeSet(device);
    if (device.productId != bundle.product.productId) return wrongProduct(device.productId, bundle);
    if (!bundle.product.admits(device.productId, device.hardwareRevision)) {
        return Error{ErrorCode::WrongHardware,
                     "the device has revision " + number(device.hardwareRevision) +
                         ", the release is for " + number(bundle.product.hardwareMinimum) + " to " +
                         number(bundle.product.hardwareMaximum)};
    }
    if (bundle.keyIndex < std::get<0>(needed))
        return Error{ErrorCode::KeyRetired, "key " + number(bundle.keyIndex)};
    if (Rank{bundle.keyIndex, bundle.securityCounter} < needed) {
        return Error{ErrorCode::CounterTooLow,
                     "security counter " + number(bundle.securityCounter) +
                         ", the device requires at least " + number(std::get<1>(needed))};
    }
    if (device.bootloaderVersion < bundle.minimumBootloader) {
        return Error{ErrorCode::BootloaderTooOld,
                     "bootloader " + versionText(device.bootloaderVersion) + ", needed is " +
                         versionText(bundle.minimumBootloader)};
    }
    if (active != nullptr && isTooOldToUpdate(active->releaseVersion, bundle))
        return tooOldToUpdate(active->releaseVersion, bundle);
    // Without any valid set the device writes and boots without a journal (boot.md R2).
    if (device.journalHealth == contract::JournalHealth::ReadOnly && active != nullptr)
        return Error{ErrorCode::JournalReadOnly, "nothing can be appended to the journal"};
    return std::nullopt;
}

const SlotStatus* activeSet(const DeviceStatus& device)
{
    if (device.activeSlot >= device.slotStatus.size()) return nullptr;
    const SlotStatus& active = device.slotStatus[device.activeSlot];
    return isStartable(active) ? &active : nullptr;
}

} // namespace updater
