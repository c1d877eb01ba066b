// Releases linked for slot A only: where they go, and what a device can no longer do afterwards
// (boot.md, "Images linked for slot A only"). Pure.
#pragma once

#include "core/update/next_step.h"

namespace updater {

/// True if the bundle's set still has to come to slot A as a copy of slot B. Otherwise a release
/// for slot A only is written to slot A, beside a set that stays in B.
bool willBeCopied(const contract::DeviceStatus& device, const BundleFacts& bundle);

/// True if that copy overwrites the only other set that the device could run.
bool isOneWay(const contract::DeviceStatus& device, const BundleFacts& bundle);

/// True if the slot that is not active holds another set that could run at once.
bool canGoBack(const contract::DeviceStatus& device);

/// Why the device is back in update mode instead of in its active set; nothing if that is not why.
std::optional<Error> startFailure(const contract::DeviceStatus& device);

} // namespace updater
