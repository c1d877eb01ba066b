#include "gui/desktop_notice.h"

#include "gui/brand.h"
#include "gui/error_text.h"
#include "gui/scene_text.h"

#include <QApplication>
#include <QSystemTrayIcon>
#include <QTimer>

namespace gui {
namespace {

constexpr int shownMs = 10'000;

/// Windows shows messages of icons beside the clock only; this one goes with its message.
void notify(const QString& summary, const QString& body)
{
    if (!QSystemTrayIcon::isSystemTrayAvailable()) return;
    auto* const icon = new QSystemTrayIcon(QApplication::windowIcon(), QApplication::instance());
    icon->setToolTip(brand().updaterName);
    icon->show();
    icon->showMessage(summary, body, QApplication::windowIcon(), shownMs);
    QTimer::singleShot(shownMs, icon, &QObject::deleteLater);
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
