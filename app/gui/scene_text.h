// What each scene says: a title, a sentence, a detail and the names of its buttons, in the language
// of the program. No jargon (look.md, "Words").
#pragma once

#include "gui/scene.h"

#include <QString>

namespace gui {

struct SceneText {
    QString title;
    QString sentence;
    QString detail;
    QString primary;   ///< empty: no button
    QString secondary; ///< likewise
};

/// For Problem only what is not the error's own text (error_text.h).
SceneText sceneText(const Situation& situation);

/// "H755 Reference Device 31002A..., port 1-2".
QString deviceName(const updater::UsbDevice& device);

/// The current step of an update in words.
QString activityText(updater::Activity activity);

/// "about 2 minutes left"; empty if unknown.
QString remainingText(const updater::ProgressReport& report);

} // namespace gui
