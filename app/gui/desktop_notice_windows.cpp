#include "gui/desktop_notice.h"

#include "gui/brand.h"

#include <QApplication>
#include <QSystemTrayIcon>
#include <QTimer>

namespace gui {

/// Windows shows messages of icons beside the clock only; this one goes with its message.
void notify(const QString& summary, const QString& body)
{
    constexpr int shownMs = 10'000;
    if (!QSystemTrayIcon::isSystemTrayAvailable()) return;
    auto* const icon = new QSystemTrayIcon(QApplication::windowIcon(), QApplication::instance());
    icon->setToolTip(brand().updaterName);
    icon->show();
    icon->showMessage(summary, body, QApplication::windowIcon(), shownMs);
    QTimer::singleShot(shownMs, icon, &QObject::deleteLater);
}

} // namespace gui
