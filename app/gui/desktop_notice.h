// A desktop's notification, for a person who looks at another window.
#pragma once

#include "gui/scene.h"

namespace gui {

/// Says how the update has ended, in the words of the window; silent if it was only stopped.
void notifyOfEnd(const Situation& situation);

/// Shows a text for a while, in the system's way; nothing where the system has none.
void notify(const QString& summary, const QString& body);

} // namespace gui
