// What a desktop hears of an update: notifications and the progress of the icon, on a session bus
// of its own. Each function is a ctest of its own, with a fresh virtual device
// (run_window_case.py).
#include "gui/brand.h"
#include "gui/language.h"
#include "stopwatch.h"
#include "window_rig.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTest>

using gui::Scene;
using test_support::WindowRig;

namespace {

struct Notice {
    QString program, icon, summary, body;
    QVariantMap hints;
};

} // namespace

/// The desktop: serves org.freedesktop.Notifications and listens to launcher entries.
class Desktop final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    Desktop()
    {
        QVERIFY(m_bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), this,
                                     QDBusConnection::ExportAllSlots));
        QVERIFY(m_bus.registerService(QStringLiteral("org.freedesktop.Notifications")));
        QVERIFY(m_bus.connect({}, {}, QStringLiteral("com.canonical.Unity.LauncherEntry"),
                              QStringLiteral("Update"), this,
                              SLOT(takeEntry(QString, QVariantMap))));
    }

    std::vector<Notice> notices;
    QStringList entries; ///< whose progress was told
    std::vector<double> progress;
    bool isProgressVisible = false;

public Q_SLOTS:
    uint Notify(const QString& program, uint replaces, const QString& icon, const QString& summary,
                const QString& body, const QStringList& actions, const QVariantMap& hints,
                int timeoutMs)
    {
        notices.push_back({program, icon, summary, body, hints});
        return replaces == 0 && actions.isEmpty() && timeoutMs == -1 ? 1 : 0;
    }

    void takeEntry(const QString& entry, const QVariantMap& properties)
    {
        entries << entry;
        isProgressVisible = properties.value(QStringLiteral("progress-visible")).toBool();
        if (isProgressVisible)
            progress.push_back(properties.value(QStringLiteral("progress")).toDouble());
    }

private:
    QDBusConnection m_bus =
        QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("the desktop"));
};

namespace {

/// The person looks at it, instead of at the updater.
class OtherWindow {
public:
    OtherWindow()
    {
        m_window.show();
        m_window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&m_window));
    }

private:
    QWidget m_window;
};

void startUpdate(WindowRig& rig)
{
    QVERIFY(rig.sees(Scene::UpToDate));
    rig.openRelease("1.1.0");
    QVERIFY(rig.sees(Scene::UpdateAvailable));
    rig.click("primary");
    QVERIFY(rig.sees(Scene::Updating));
}

/// 1.1.0 never confirms: the device goes back to 1.0.0.
void startUpdateThatFails(WindowRig& rig)
{
    QVERIFY(WindowRig::control({QStringLiteral("application"), QStringLiteral("crash:10@1.1.0")}));
    startUpdate(rig);
}

} // namespace

class DesktopTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsTheDesktopOfAnUpdate();
    void tellsTheDesktopOfAProblem();
    void tellsTheDesktopInGerman();
    void staysQuietWhileThePersonLooks();
    void staysResponsiveWhileTheBusHangs();
};

void DesktopTest::tellsTheDesktopOfAnUpdate()
{
    Desktop desktop;
    WindowRig rig;
    startUpdate(rig);
    const OtherWindow other;
    QVERIFY(rig.sees(Scene::Done));
    QTRY_COMPARE(desktop.notices.size(), std::size_t{1});
    const Notice& notice = desktop.notices.front();
    QCOMPARE(notice.program, gui::brand().updaterName);
    QCOMPARE(notice.icon, gui::brand().applicationId);
    QCOMPARE(notice.hints.value(QStringLiteral("desktop-entry")).toString(),
             gui::brand().applicationId);
    QCOMPARE(notice.summary, QStringLiteral("Done"));
    QCOMPARE(notice.body, QStringLiteral("Your device runs version 1.1.0 and has confirmed it."));

    QTRY_VERIFY(!desktop.isProgressVisible);
    QVERIFY(desktop.progress.size() > 10);
    QVERIFY(std::ranges::is_sorted(desktop.progress));
    QVERIFY(desktop.progress.front() < 0.2 && desktop.progress.back() > 0.8);
    desktop.entries.removeDuplicates();
    QCOMPARE(desktop.entries,
             {QStringLiteral("application://%1.desktop").arg(gui::brand().applicationId)});
}

void DesktopTest::tellsTheDesktopOfAProblem()
{
    Desktop desktop;
    WindowRig rig;
    startUpdateThatFails(rig);
    const OtherWindow other;
    QVERIFY(rig.sees(Scene::Problem));
    QTRY_COMPARE(desktop.notices.size(), std::size_t{1});
    QCOMPARE(desktop.notices.front().summary,
             QStringLiteral("The device went back to the previous version"));
    QCOMPARE(desktop.notices.front().body, QStringLiteral("The new version did not start properly. "
                                                          "The device works as before."));
    QTRY_VERIFY(!desktop.isProgressVisible);
}

void DesktopTest::tellsTheDesktopInGerman()
{
    gui::installLanguage(*qApp, QStringLiteral("de"));
    Desktop desktop;
    WindowRig rig;
    startUpdate(rig);
    const OtherWindow other;
    QVERIFY(rig.sees(Scene::Done));
    QTRY_COMPARE(desktop.notices.size(), std::size_t{1});
    QCOMPARE(desktop.notices.front().summary, QStringLiteral("Fertig"));
    QCOMPARE(desktop.notices.front().body,
             QStringLiteral("Ihr Gerät läuft mit Version 1.1.0 und hat sie bestätigt."));
}

void DesktopTest::staysQuietWhileThePersonLooks()
{
    Desktop desktop;
    WindowRig rig;
    startUpdate(rig);
    QVERIFY(rig.window().isActiveWindow());
    QVERIFY(rig.sees(Scene::Done));
    QTRY_VERIFY(!desktop.progress.empty() && !desktop.isProgressVisible); // the last of the bus
    QTest::qWait(200);
    QVERIFY(desktop.notices.empty());
}

/// Connecting to such a bus takes until it is gone.
void DesktopTest::staysResponsiveWhileTheBusHangs()
{
    const QTemporaryDir folder;
    QLocalServer bus;
    QVERIFY(bus.listen(folder.filePath(QStringLiteral("bus"))));
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + bus.fullServerName().toUtf8());
    WindowRig rig;
    QVERIFY(rig.sees(Scene::UpToDate));
    test_support::Stopwatch stopwatch;
    startUpdate(rig);
    const OtherWindow other;
    QVERIFY(rig.sees(Scene::Done));
    QVERIFY(bus.hasPendingConnections()); // so it has been tried
    QVERIFY2(stopwatch.longestMs() < test_support::stallLimitMs,
             qPrintable(QString::number(stopwatch.longestMs())));
    bus.nextPendingConnection()->abort(); // what waits for it ends with the program
}

QTEST_MAIN(DesktopTest)
#include "desktop_test.moc"
