// The whole product on the host: given only what the device reports, what to do next. Pure, no
// memory. Recovery is not a special case: a device without a valid set is one whose next step is
// SendSet.
#pragma once

#include "contract/device_status.h"
#include "contract/runtime_status.h"
#include "core/result.h"
#include "core/update/bundle_facts.h"

#include <variant>

namespace updater {

/// The chosen device is not on the bus.
struct NotConnected {};

/// What the chosen device said last: nothing, the application's status, or the bootloader's.
using Observed = std::variant<NotConnected, contract::RuntimeStatus, contract::DeviceStatus>;

enum class Step : std::uint8_t {
    WaitForDevice,
    EnterBootloader,
    SendSet,             ///< into the inactive slot, or what is missing of it
    SelectSet,           ///< the other slot already holds it: no transfer needed
    Restart,             ///< into the set that is ready
    RestartUnobserved,   ///< the same, for a set whose application cannot report itself
    WaitForConfirmation, ///< the set runs on trial
    Done,                ///< the device itself says: this set runs, Confirmed
};

std::string_view stepName(Step step);

/// The next step, or the refusal: an ErrorCode of group Refused or Incomplete. With `slot`, the
/// release has to run from that slot, whatever the other one holds.
Result<Step> nextStep(const Observed& device, const BundleFacts& bundle,
                      std::optional<contract::Slot> slot = std::nullopt);

/// Why this device must not get this release, as the device would say too; nothing if it may.
std::optional<Error> refusal(const contract::DeviceStatus& device, const BundleFacts& bundle);

/// True if the slot is decided to hold a set and the device has found it valid since its start.
constexpr bool isStartable(const contract::SlotStatus& slot)
{
    const bool isDecided = slot.state == contract::SlotState::Ready ||
                           slot.state == contract::SlotState::Trial ||
                           slot.state == contract::SlotState::Confirmed;
    return isDecided && slot.isVerified != 0;
}

/// True for a set in slot B that is linked for slot A: a backup copy, or one that waits to be
/// copied.
constexpr bool isStaged(const contract::SlotStatus& slot)
{
    return (slot.flags & contract::set_flags::slotAOnly) != 0;
}

/// True if the slot has the bundle's set, whether it is to run or was reverted.
bool holds(const contract::SlotStatus& slot, const BundleFacts& bundle);

/// False while the device, in its first moments, is still reading what its slots hold.
bool knowsItsSets(const contract::DeviceStatus& device);

/// The active slot, if it holds a set that can be started.
const contract::SlotStatus* activeSet(const contract::DeviceStatus& device);

} // namespace updater
