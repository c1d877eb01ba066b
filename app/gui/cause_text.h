// What the known causes of dead boards say to technicians: pure, translated.
#pragma once

#include "gui/diagnosis_text.h"

#include "core/recovery/known_causes.h"

namespace gui {

/// The sentence is the remedy.
HeadText causeText(const updater::KnownCause& cause);

QString signText(updater::Sign sign);

/// What a button says that leads there; empty where there is nothing to be shown.
QString routeText(updater::Route route);

} // namespace gui
