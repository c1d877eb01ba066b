// What a device says of itself, as `h755ctl info --json` and reports tell it (app/cli/README.md).
#pragma once

#include "contract/device_status.h"
#include "contract/runtime_status.h"
#include "core/report/json_line.h"

namespace updater {

JsonLine statusJson(std::string_view id, const contract::RuntimeStatus& status);
JsonLine statusJson(std::string_view id, const contract::DeviceStatus& status);

/// True if the slot's set id and versions mean something.
bool hasSet(const contract::SlotStatus& slot);

} // namespace updater
