// Whose updater this is. The window knows its brand from here and from nowhere else.
#pragma once

#include <QString>

namespace gui {

/// As branding.json has it.
struct Brand {
    QString vendorName;
    QString productName;
    QString updaterName;
    QString applicationId;
    QString accent; ///< "#rrggbb"
};

const Brand& brand();

} // namespace gui
