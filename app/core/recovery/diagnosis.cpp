#include "core/recovery/diagnosis.h"

#include "core/update/staging.h"

#include <algorithm>

namespace updater {
namespace {

using contract::DeviceStatus;
using contract::Reason;
using contract::RuntimeStatus;
using contract::SlotState;
using contract::SlotStatus;
using contract::UpdateReason;

Verdict judge(const RuntimeStatus& device)
{
    switch (device.state) {
    case SlotState::Confirmed: return Verdict::Runs;
    case SlotState::Trial: return Verdict::RunsOnTrial;
    default: return Verdict::RunsUnidentified;
    }
}

bool isDownloadBegun(const DeviceStatus& device)
{
    return std::ranges::any_of(device.downloadHash, [](std::uint8_t byte) { return byte != 0; });
}

bool hasFailedTrial(const DeviceStatus& device)
{
    return std::ranges::any_of(device.slotStatus, [](const SlotStatus& slot) {
        return verdictOf(slot) == SlotVerdict::FailedTrial;
    });
}

/// The worst first: what explains the others is what people should read.
Verdict judge(const DeviceStatus& device)
{
    if (device.optionBytes.bootCm4 != 0 || device.updateReason == UpdateReason::BootCm4Set)
        return Verdict::NotProvisioned;
    if (device.updateReason == UpdateReason::FaultRepeated) return Verdict::FaultRepeated;
    if (device.updateReason == UpdateReason::CopyFailed) return Verdict::CopyFailed;
    if (isDownloadBegun(device)) return Verdict::UpdateUnfinished;
    if (device.updateReason == UpdateReason::TrialFailed) return Verdict::TrialFailed;
    if (activeSet(device) == nullptr) return Verdict::NoSoftware;
    if (device.updateReason == UpdateReason::UnhealthyStarts) return Verdict::UnhealthyStarts;
    return hasFailedTrial(device) ? Verdict::Reverted : Verdict::WaitsOnRequest;
}

const SlotStatus* otherSet(const DeviceStatus& device)
{
    if (device.activeSlot >= device.slotStatus.size()) return nullptr;
    const SlotStatus& other = device.slotStatus[1U - device.activeSlot];
    return verdictOf(other) == SlotVerdict::Good ? &other : nullptr;
}

/// A set that ran into trouble is not offered as the way out of it.
bool isWorthStarting(Verdict verdict)
{
    return verdict != Verdict::TrialFailed && verdict != Verdict::UnhealthyStarts &&
           verdict != Verdict::CopyFailed;
}

/// Releases for slot A only cannot be written beside one that runs there, and of an application
/// that cannot report itself nobody knows when the first slot is done.
bool fitsBothSlots(const std::optional<BundleFacts>& release)
{
    return !release || (!release->isSingleLink() && release->confirmsItself());
}

std::vector<RepairOffer> offersFor(const DeviceStatus& device, Verdict verdict,
                                   const std::optional<BundleFacts>& release)
{
    std::vector<RepairOffer> offers;
    const bool needsRelease = !release;
    const auto obstacle = release ? refusal(device, *release) : std::nullopt;
    const bool hasActive = activeSet(device) != nullptr;
    if (hasActive && isWorthStarting(verdict)) offers.push_back({Repair::Start, false, {}});
    offers.push_back({Repair::FinishUpdate, needsRelease, obstacle});
    if (hasActive && otherSet(device) != nullptr) offers.push_back({Repair::StartOther, false, {}});
    if (fitsBothSlots(release)) {
        if (hasActive) offers.push_back({Repair::WriteOtherSlot, needsRelease, obstacle});
        offers.push_back({Repair::WriteBothSlots, needsRelease, obstacle});
    }
    return offers;
}

} // namespace

SlotVerdict verdictOf(const SlotStatus& slot)
{
    const bool isWhole = slot.isVerified != 0;
    switch (slot.state) {
    case SlotState::Empty: return SlotVerdict::Empty;
    case SlotState::Partial:
    case SlotState::Checking: return SlotVerdict::Unfinished;
    case SlotState::Invalid: return SlotVerdict::Damaged;
    default: break;
    }
    if (!isWhole) return SlotVerdict::Damaged;
    if (slot.state == SlotState::Reverted) {
        const bool hasFailed = slot.reason == Reason::Watchdog || slot.reason == Reason::PowerOff;
        return hasFailed ? SlotVerdict::FailedTrial : SlotVerdict::Superseded;
    }
    if (isStaged(slot)) return SlotVerdict::Waits;
    if (slot.state == SlotState::Ready) return SlotVerdict::Untried;
    return slot.state == SlotState::Trial ? SlotVerdict::OnTrial : SlotVerdict::Good;
}

Diagnosis diagnose(const Observed& device, const std::optional<BundleFacts>& release)
{
    if (const auto* running = std::get_if<RuntimeStatus>(&device)) return {judge(*running), {}};
    const auto* waiting = std::get_if<DeviceStatus>(&device);
    if (waiting == nullptr) return {};
    const Verdict verdict = judge(*waiting);
    // Both need an ST-LINK, or at least a vendor's eye: nothing is offered that might make it
    // worse.
    if (verdict == Verdict::NotProvisioned) return {verdict, {}};
    return {verdict, offersFor(*waiting, verdict, release)};
}

} // namespace updater
