// What a device reports about itself, as rows for a FactTable.
#pragma once

#include "contract/runtime_status.h"

#include <QStringList>
#include <vector>

namespace gui {

/// "Slot A", "Slot B".
QStringList slotNames();

/// Slot by slot: what it holds, why not, each core.
std::vector<QStringList> slotFacts(const contract::DeviceStatus& device);

/// A slot in one line: "1.1.0, whole and confirmed".
QString slotSummary(const contract::SlotStatus& slot);

/// Why it is in update mode, trial starts, floor, journal, faults.
std::vector<QStringList> deviceFacts(const contract::DeviceStatus& device);

/// What a running application says.
std::vector<QStringList> applicationFacts(const contract::RuntimeStatus& application);

} // namespace gui
