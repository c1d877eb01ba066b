#include "gui/access_rule.h"

namespace gui {

AccessRule::AccessRule(QObject* parent) : QObject(parent)
{
}

/// Windows denies access only while another program has the device.
void AccessRule::install()
{
    Q_EMIT ended(tr("Windows needs no permission for this. Please close other programs that use "
                    "the device."));
}

} // namespace gui
