#include "core/update/staging.h"

#include "core/bundle/text_forms.h"

namespace updater {

using contract::DeviceStatus;
using contract::Slot;
using contract::SlotState;
using contract::SlotStatus;
using contract::UpdateReason;

namespace {

bool isUntried(const SlotStatus& slot)
{
    return slot.state == SlotState::Ready || slot.state == SlotState::Trial;
}

/// How much a slot's set deserves to stay, as the device sees it (R5).
int rankOf(const SlotStatus& slot)
{
    if (slot.isVerified == 0) return 0;
    if (isStaged(slot)) return 1;
    if (slot.state == SlotState::Confirmed) return 3;
    return isUntried(slot) ? 2 : 1;
}

/// The slot that the device will give a download.
Slot slotForDownload(const DeviceStatus& device)
{
    const SlotStatus& a = device.slot(Slot::A);
    const int rankA = rankOf(a);
    const int rankB = rankOf(device.slot(Slot::B));
    const auto isB = [](std::uint8_t slot) { return slot == static_cast<std::uint8_t>(Slot::B); };
    if (rankA != rankB) return rankA > rankB ? Slot::B : Slot::A;
    if (rankA == 0) return isB(device.downloadSlot) ? Slot::B : Slot::A;
    return isB(device.activeSlot) == isUntried(a) ? Slot::B : Slot::A;
}

} // namespace

bool willBeCopied(const DeviceStatus& device, const BundleFacts& bundle)
{
    if (!bundle.isSingleLink() || holds(device.slot(Slot::A), bundle)) return false;
    return holds(device.slot(Slot::B), bundle) || slotForDownload(device) == Slot::B;
}

bool isOneWay(const DeviceStatus& device, const BundleFacts& bundle)
{
    return willBeCopied(device, bundle) && isStartable(device.slot(Slot::A));
}

bool canGoBack(const DeviceStatus& device)
{
    const SlotStatus* active = activeSet(device);
    if (active == nullptr) return false;
    const SlotStatus& inactive = device.slotStatus[1U - device.activeSlot];
    return isStartable(inactive) && !isStaged(inactive) && inactive.setId != active->setId;
}

std::optional<Error> startFailure(const DeviceStatus& device)
{
    const SlotStatus* active = activeSet(device);
    const std::string release = active == nullptr ? "" : versionText(active->releaseVersion);
    if (device.updateReason == UpdateReason::TrialFailed)
        return Error{ErrorCode::TrialFailed, release};
    if (device.updateReason == UpdateReason::CopyFailed)
        return Error{ErrorCode::FlashProgram, release + " could not be copied to slot A"};
    return std::nullopt;
}

} // namespace updater
