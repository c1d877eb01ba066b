#include "gui/desktop_notice.h"

#include "gui/brand.h"
#include "gui/desktop_bus.h"
#include "gui/error_text.h"
#include "gui/scene_text.h"

#include <QDBusMessage>

namespace gui {
namespace {

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

} // namespace

void notifyOfEnd(const Situation& situation)
{
    if (situation.failure) {
        const ErrorText problem = gui::errorText(situation.failure->code);
        return notify(problem.title, problem.sentence);
    }
    if (!situation.outcome) return;
    const SceneText done = sceneText(situation);
    notify(done.title, done.sentence);
}

} // namespace gui
