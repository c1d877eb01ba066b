// Every failure in the words of somebody who is no technician, translated by its code.
#pragma once

#include "core/error_code.h"
#include "gui/help_text.h"

namespace gui {

struct ErrorText {
    QString title;     ///< what
    QString sentence;  ///< why, and that nothing is lost
    QStringList steps; ///< what the person can do; to be numbered
    HelpTopic topic;   ///< the page of "What can I do?" that fits
};

/// In the program's language. Call it as `gui::errorText`: there is an `updater::errorText`.
ErrorText errorText(updater::ErrorCode code);

/// "HX-0701": the same in every language.
QString codeText(updater::ErrorCode code);

} // namespace gui
