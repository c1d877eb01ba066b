#include "gui/launcher_progress.h"

#include "gui/brand.h"
#include "gui/desktop_bus.h"

#include <QDBusMessage>

namespace gui {

/// Unity's LauncherEntry API, which other desktops took over.
void LauncherProgress::show(std::optional<int> percent)
{
    if (percent == m_shown) return;
    m_shown = percent;
    QDBusMessage message = QDBusMessage::createSignal(
        QStringLiteral("/com/canonical/unity/launcherentry/1"),
        QStringLiteral("com.canonical.Unity.LauncherEntry"), QStringLiteral("Update"));
    message << QStringLiteral("application://%1.desktop").arg(brand().applicationId)
            << QVariantMap{{QStringLiteral("progress"), percent.value_or(0) / 100.0},
                           {QStringLiteral("progress-visible"), percent.has_value()}};
    tellDesktop(message);
}

} // namespace gui
