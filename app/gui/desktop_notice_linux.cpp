#include "gui/desktop_notice.h"

#include "gui/brand.h"
#include "gui/desktop_bus.h"

#include <QDBusMessage>

namespace gui {

/// Desktop Notifications Specification 1.2, org.freedesktop.Notifications.Notify.
void notify(const QString& summary, const QString& body)
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.Notifications"),
        QStringLiteral("/org/freedesktop/Notifications"),
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("Notify"));
    constexpr uint replacesNone = 0;
    constexpr int desktopsTimeoutMs = -1;
    message << brand().updaterName << replacesNone << brand().applicationId << summary
            << body.toHtmlEscaped() // "Markup", 4.: the body is XML
            << QStringList()
            << QVariantMap{{QStringLiteral("desktop-entry"), brand().applicationId}}
            << desktopsTimeoutMs;
    tellDesktop(message);
}

} // namespace gui
