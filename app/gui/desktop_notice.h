// A desktop's notification, for a person who looks at another window.
#pragma once

#include "gui/scene.h"

namespace gui {

/// Says how the update has ended, in the words of the window; silent if it was only stopped.
void notifyOfEnd(const Situation& situation);

} // namespace gui
