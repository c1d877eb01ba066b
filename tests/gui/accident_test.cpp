// What goes wrong around an update: no permission, the wrong unit, a cable that will not stay in.
// Each function is a ctest of its own, with fresh virtual devices (run_window_case.py).
#include "stopwatch.h"
#include "window_rig.h"

#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTest>

using gui::Scene;
using test_support::stallLimitMs;
using test_support::Stopwatch;
using test_support::WindowRig;

namespace {

bool control(const char* text)
{
    return WindowRig::control(QString::fromLatin1(text).split(QLatin1Char(' ')));
}

/// Sets the rights of the devices' nodes, as udev does.
void setRights(QFileDevice::Permissions rights)
{
    QDirIterator nodes(qEnvironmentVariable("UMOCKDEV_DIR") + QLatin1String("/dev/bus/usb"),
                       QDir::Files | QDir::System, QDirIterator::Subdirectories);
    int set = 0;
    while (nodes.hasNext())
        set += QFile::setPermissions(nodes.next(), rights) ? 1 : 0;
    QVERIFY(set > 0);
}

} // namespace

class AccidentTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void offersAccessWhenItIsDenied();
    void continuesOnlyWithItsOwnUnit();
    void staysResponsiveWhileADeviceComesAndGoes();
    void staysResponsiveWhenTheDeviceDisappears();
};

void AccidentTest::offersAccessWhenItIsDenied()
{
    setRights({});
    WindowRig rig;
    QVERIFY(rig.sees(Scene::Problem));
    QCOMPARE(rig.text("code"), QStringLiteral("HX-0401"));
    QVERIFY(rig.isOffered("help"));
    const auto* fix = rig.window().findChild<QPushButton*>(QStringLiteral("help"));
    QCOMPARE(fix->text(), QStringLiteral("Allow access…"));
    setRights(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    rig.click("primary");
    QVERIFY(rig.sees(Scene::UpToDate));
}

void AccidentTest::continuesOnlyWithItsOwnUnit()
{
    QVERIFY(control("2 unplug"));
    WindowRig rig;
    QVERIFY(rig.sees(Scene::UpToDate));
    const std::string own = rig.session().situation().bus.chosenId;
    rig.openRelease("1.1.0");
    QVERIFY(rig.sees(Scene::UpdateAvailable));
    QVERIFY(control("1 unplug-at-block 100"));
    rig.click("primary");
    QVERIFY(rig.sees(Scene::ConnectionLost));
    QVERIFY(control("2 plug")); // the other unit
    QTest::qWait(3'000);
    QCOMPARE(rig.session().scene(), Scene::ConnectionLost);
    QVERIFY(control("1 plug 7"));
    QVERIFY(rig.sees(Scene::Done));
    QCOMPARE(rig.session().situation().outcome->uniqueId, own);
    QVERIFY(rig.session().situation().outcome->blocksSent < 2 * 226);
}

void AccidentTest::staysResponsiveWhileADeviceComesAndGoes()
{
    WindowRig rig;
    QVERIFY(rig.sees(Scene::UpToDate));
    // A process of its own: starting one for each command would stall the loop that is measured.
    QProcess looseContact;
    looseContact.start(QStringLiteral("bash"), {QStringLiteral("-c"), QStringLiteral(R"(
        for pause in 0 0.01 0.03 0.1 0 0.2 0.05 0 0.3 0.02 0 0.15 0 0.4 0; do
            "$VIRTUAL_H755" control "$H755_VIRTUAL_CONTROL" unplug; sleep "$pause"
            "$VIRTUAL_H755" control "$H755_VIRTUAL_CONTROL" plug; sleep "$pause"
        done)")});
    QVERIFY(looseContact.waitForStarted());
    Stopwatch stopwatch;
    QTRY_COMPARE_WITH_TIMEOUT(looseContact.state(), QProcess::NotRunning, 30'000);
    QCOMPARE(looseContact.exitCode(), 0);
    QVERIFY(rig.sees(Scene::UpToDate));
    QVERIFY2(stopwatch.longestMs() < stallLimitMs,
             qPrintable(QString::number(stopwatch.longestMs())));
}

void AccidentTest::staysResponsiveWhenTheDeviceDisappears()
{
    WindowRig rig;
    QVERIFY(rig.sees(Scene::UpToDate));
    rig.openRelease("1.1.0");
    QVERIFY(rig.sees(Scene::UpdateAvailable));
    QVERIFY(control("unplug-at-block 50"));
    Stopwatch stopwatch;
    rig.click("primary");
    QVERIFY(rig.sees(Scene::ConnectionLost));
    QTest::qWait(1'000);
    rig.click("secondary");
    QVERIFY(rig.sees(Scene::NothingConnected));
    QVERIFY2(stopwatch.longestMs() < stallLimitMs,
             qPrintable(QString::number(stopwatch.longestMs())));
}

QTEST_MAIN(AccidentTest)
#include "accident_test.moc"
