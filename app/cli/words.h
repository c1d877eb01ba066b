// Words for what devices and updates report. The same in text and JSON, so that people can search
// for them.
#pragma once

#include "contract/device_status.h"
#include "core/update/progress.h"
#include "core/usb/usb_transport.h"

namespace cli {

std::string_view word(updater::DeviceMode mode);
std::string_view word(contract::SlotState state);
std::string_view word(contract::Reason reason);
std::string_view word(contract::UpdateReason reason);
std::string_view word(contract::ResetCause cause);
std::string_view word(contract::JournalHealth health);
std::string_view word(updater::Activity activity);
std::string_view word(updater::Notice notice);

/// A sentence for the progress line.
std::string_view sentence(updater::Activity activity);

/// What people read of a notice.
std::string_view sentence(updater::Notice notice);

/// bcdDevice as "1.4.0" (contract/version.h).
std::string versionOfBcd(std::uint16_t bcdDevice);

} // namespace cli
