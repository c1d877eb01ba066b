// Reads a diagnostics report again, so that a support case can be replayed on a virtual device.
#pragma once

#include "contract/device_status.h"
#include "core/file.h"

namespace updater {

/// A device as it was in update mode.
struct ReportedDevice {
    contract::DeviceStatus status;
    Bytes journal; ///< the used words of the sector from its start; unreadable ones are zeros
};

/// A report comes from outside: all that is used of it is checked. ReportNotUsable.
Result<ReportedDevice> readReport(contract::ByteView archive);

/// The same of a file; FileNotReadable.
Result<ReportedDevice> readReportFile(const std::filesystem::path& path);

} // namespace updater
