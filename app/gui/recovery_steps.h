// What technicians can do about a failure of their work on a board: the remedies that belong to
// the wizard's buttons. Customers read others (error_text.h).
#pragma once

#include "core/error_code.h"

#include <QStringList>

namespace gui {

/// To be numbered. Every code has some.
QStringList technicianSteps(updater::ErrorCode code);

} // namespace gui
