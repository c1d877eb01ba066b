#include "gui/desktop_bus.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QThreadPool>

namespace gui {
namespace {

/// One thread, which keeps the order; it ends with the program.
QThreadPool& queue()
{
    static QThreadPool* const pool = [] {
        auto* made = new QThreadPool(QCoreApplication::instance());
        made->setMaxThreadCount(1);
        return made;
    }();
    return *pool;
}

} // namespace

void tellDesktop(const QDBusMessage& message)
{
    // libdbus would start a bus of its own for a program that has none.
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) return;
    queue().start([message] { QDBusConnection::sessionBus().send(message); });
}

} // namespace gui
