// Words for the steps of an update; those for what devices report are in core/report.
#pragma once

#include "core/report/device_words.h"
#include "core/update/progress.h"

namespace cli {

using updater::versionOfBcd;
using updater::word;

std::string_view word(updater::Activity activity);
std::string_view word(updater::Notice notice);

/// A sentence for the progress line.
std::string_view sentence(updater::Activity activity);

/// What people read of a notice.
std::string_view sentence(updater::Notice notice);

} // namespace cli
