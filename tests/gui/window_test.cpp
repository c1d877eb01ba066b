// What a customer does and sees, through the real engine and libusb. Each function is a ctest of
// its own, with a fresh virtual device that runs 1.0.0 (run_window_case.py).
#include "gui/language.h"
#include "stopwatch.h"
#include "window_rig.h"

#include <QElapsedTimer>
#include <QMessageBox>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>
#include <QToolButton>

using gui::Scene;
using test_support::photograph;
using test_support::WindowRig;

namespace {

QStringList words(const char* text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

} // namespace

class WindowTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void updatesADevice();
    void goesOnAfterTheCableWasPulled();
    void cancelsBetweenTwoBlocks();
    void repairsADeviceThatWaits();
    void saysWhatIsWrongWithAFile();
    void refusesAnotherProductsFile();
    void asksBeforeGoingBack();
    void asksBeforeItCloses();
    void waitsForADevice();
    void offersHelpAfterAWhile();
    void asksWhichDevice();
    void speaksGerman();
    void staysResponsiveWhileADeviceHangs();
};

void WindowTest::updatesADevice()
{
    WindowRig rig;
    QVERIFY(rig.sees(Scene::UpToDate));
    QVERIFY(rig.text("detail").contains(QLatin1String("1.0.0")));
    photograph(rig.window(), "connected");
    rig.openRelease("1.1.0");
    QVERIFY(rig.sees(Scene::UpdateAvailable));
    QVERIFY(rig.text("detail").contains(QLatin1String("1.1.0")));
    photograph(rig.window(), "update-available");

    int lastPermille = 0;
    bool isMonotone = true;
    QObject::connect(&rig.session(), &gui::Session::changed, &rig.window(), [&] {
        const auto& running = rig.session().situation().running;
        if (!running) return;
        isMonotone = isMonotone && running->permille >= lastPermille;
        lastPermille = running->permille;
    });
    rig.click("primary");
    QVERIFY(rig.sees(Scene::Updating));
    QVERIFY(QTest::qWaitFor([&] { return lastPermille > 300; }, 30'000));
    photograph(rig.window(), "updating");
    QVERIFY(rig.sees(Scene::Done));
    QVERIFY(isMonotone);
    QVERIFY(rig.text("sentence").contains(QLatin1String("1.1.0")));
    photograph(rig.window(), "done");
    rig.click("primary");
    QVERIFY(rig.sees(Scene::UpToDate));
    photograph(rig.window(), "up-to-date");
}

void WindowTest::goesOnAfterTheCableWasPulled()
{
    WindowRig rig;
    QVERIFY(rig.sees(Scene::UpToDate));
    rig.openRelease("1.1.0");
    QVERIFY(rig.sees(Scene::UpdateAvailable));
    QVERIFY(WindowRig::control(words("unplug-at-block 100")));
    rig.click("primary");
    QVERIFY(rig.sees(Scene::ConnectionLost));
    photograph(rig.window(), "connection-lost");
    QVERIFY(WindowRig::control(words("plug")));
    QVERIFY(rig.sees(Scene::Done));
}

void WindowTest::cancelsBetweenTwoBlocks()
{
    WindowRig rig;
    QVERIFY(rig.sees(Scene::UpToDate));
    rig.openRelease("1.1.0");
    QVERIFY(rig.sees(Scene::UpdateAvailable));
    rig.click("primary");
    QVERIFY(QTest::qWaitFor(
        [&] {
            const auto& running = rig.session().situation().running;
            return running && running->blocksSent > 150; // some sectors are finished
        },
        30'000));
    rig.click("secondary");
    QVERIFY(rig.sees(Scene::UpdateAvailable)); // 1.0.0 runs again
    QVERIFY(rig.text("detail").contains(QLatin1String("1.0.0")));
    rig.click("primary");
    QVERIFY(rig.sees(Scene::Done));
    QVERIFY(rig.session().situation().outcome->blocksSent < 226);
}

void WindowTest::repairsADeviceThatWaits()
{
    QVERIFY(WindowRig::control(words("button on")));
    QVERIFY(WindowRig::control(words("reset")));
    QVERIFY(WindowRig::control(words("button off")));
    WindowRig rig;
    QVERIFY(rig.sees(Scene::NeedsRepair));
    rig.openRelease("1.1.0");
    QVERIFY(QTest::qWaitFor([&] { return rig.session().situation().release != nullptr; }, 5'000));
    photograph(rig.window(), "needs-repair");
    rig.click("primary");
    QVERIFY(rig.sees(Scene::Done));
}

void WindowTest::saysWhatIsWrongWithAFile()
{
    WindowRig rig;
    QVERIFY(rig.sees(Scene::UpToDate));
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("this is no release");
    file.flush();
    rig.window().openFile(file.fileName());
    QVERIFY(rig.sees(Scene::Problem));
    QVERIFY(rig.text("code").startsWith(QLatin1String("HX-05")));
    QVERIFY(!rig.text("steps").isEmpty());
    photograph(rig.window(), "problem");
    QVERIFY(rig.isOffered("report"));
    QTemporaryDir folder;
    QSignalSpy saved(&rig.session(), &gui::Session::reportSaved);
    const QString report = folder.filePath(QStringLiteral("report.zip"));
    rig.session().saveReport(report.toStdU16String());
    QVERIFY(saved.wait(10'000));
    QVERIFY(QFileInfo(report).size() > 0);
    QTRY_VERIFY(rig.window().findChild<QMessageBox*>() != nullptr); // and the person is told
    rig.window().findChild<QMessageBox*>()->accept();
    rig.click("primary");
    QVERIFY(rig.sees(Scene::UpToDate));
}

void WindowTest::refusesAnotherProductsFile()
{
    WindowRig rig;
    QVERIFY(rig.sees(Scene::UpToDate));
    rig.openRelease("other product");
    QVERIFY(rig.sees(Scene::Problem));
    QVERIFY(rig.text("code").startsWith(QLatin1String("HX-06")));
    rig.openRelease("1.1.0");
    QVERIFY(rig.sees(Scene::UpdateAvailable));
}

void WindowTest::asksBeforeGoingBack()
{
    WindowRig rig;
    QVERIFY(rig.sees(Scene::UpToDate));
    rig.openRelease("1.1.0");
    QVERIFY(rig.sees(Scene::UpdateAvailable));
    rig.click("primary");
    QVERIFY(rig.sees(Scene::Done));
    rig.click("primary");
    QVERIFY(rig.sees(Scene::UpToDate));
    rig.openRelease("1.0.0");
    QVERIFY(rig.sees(Scene::UpdateAvailable));
    photograph(rig.window(), "older");
    rig.click("primary");
    auto* question = rig.window().findChild<QMessageBox*>();
    QVERIFY(question != nullptr && question->isVisible());
    QCOMPARE(rig.session().scene(), Scene::UpdateAvailable);
    question->accept();
    QVERIFY(rig.sees(Scene::Done));
    QVERIFY(rig.text("sentence").contains(QLatin1String("1.0.0")));
}

void WindowTest::asksBeforeItCloses()
{
    WindowRig rig;
    QVERIFY(rig.sees(Scene::UpToDate));
    rig.openRelease("1.1.0");
    QVERIFY(rig.sees(Scene::UpdateAvailable));
    rig.click("primary");
    QVERIFY(rig.sees(Scene::Updating));
    rig.window().close();
    QVERIFY(rig.window().isVisible());
    auto* question = rig.window().findChild<QMessageBox*>(QStringLiteral("closeQuestion"));
    QVERIFY(question != nullptr && question->isVisible());
    photograph(*question, "close-question");
    question->accept();
    QVERIFY(QTest::qWaitFor([&] { return !rig.window().isVisible(); }, 30'000));
}

void WindowTest::waitsForADevice()
{
    QVERIFY(WindowRig::control(words("unplug")));
    WindowRig rig;
    QVERIFY(rig.sees(Scene::NothingConnected));
    QVERIFY(!rig.isOffered("primary"));
    photograph(rig.window(), "nothing-connected");
    QElapsedTimer sincePlug;
    QVERIFY(WindowRig::control(words("plug")));
    sincePlug.start();
    QVERIFY(rig.sees(Scene::UpToDate));
    QVERIFY2(sincePlug.elapsed() < 300, qPrintable(QString::number(sincePlug.elapsed())));
}

void WindowTest::offersHelpAfterAWhile()
{
    QVERIFY(WindowRig::control(words("unplug")));
    WindowRig rig;
    QVERIFY(rig.sees(Scene::NothingConnected));
    QVERIFY(!rig.isOffered("help"));
    QVERIFY(QTest::qWaitFor([&] { return rig.isOffered("help"); }, 25'000));
    rig.click("help");
    auto* help = rig.window().findChild<QDialog*>();
    QVERIFY(help != nullptr && help->isVisible());
    photograph(*help, "help");
}

void WindowTest::asksWhichDevice()
{
    WindowRig rig;
    QVERIFY(rig.sees(Scene::ChooseDevice));
    photograph(rig.window(), "choose-device");
    const auto devices = rig.session().situation().bus.devices;
    QCOMPARE(devices.size(), std::size_t{2});
    rig.session().choose(devices[1].serial);
    QVERIFY(rig.sees(Scene::NeedsRepair)); // the second board is empty
    QCOMPARE(rig.session().situation().bus.chosenId, devices[1].serial);
    rig.openRelease("1.1.0");
    QVERIFY(QTest::qWaitFor([&] { return rig.session().situation().release != nullptr; }, 5'000));
    rig.click("primary");
    QVERIFY(rig.sees(Scene::Done));
    QCOMPARE(rig.session().situation().outcome->uniqueId, devices[1].serial);
}

void WindowTest::speaksGerman()
{
    gui::installLanguage(*qApp, QStringLiteral("de"));
    WindowRig rig;
    QVERIFY(rig.sees(Scene::UpToDate));
    QCOMPARE(rig.text("title"), QStringLiteral("Ihr Gerät ist verbunden"));
    const auto* menu = rig.window().findChild<QToolButton*>(QStringLiteral("menu"));
    QVERIFY(menu != nullptr);
    QCOMPARE(menu->text(), QStringLiteral("Menü")); // a widget's own text, not a scene's
    photograph(rig.window(), "german");
}

/// The event loop must not stall for more than 50 ms, whatever the device does.
void WindowTest::staysResponsiveWhileADeviceHangs()
{
    WindowRig rig;
    QVERIFY(rig.sees(Scene::UpToDate));
    const test_support::Stopwatch stopwatch;
    QProcess control; // not waited for: waiting would stall this very loop
    control.start(qEnvironmentVariable("VIRTUAL_H755"),
                  {QStringLiteral("control"), qEnvironmentVariable("H755_VIRTUAL_CONTROL"),
                   QStringLiteral("application"), QStringLiteral("hang:1000")});
    QTest::qWait(300);
    control.start(qEnvironmentVariable("VIRTUAL_H755"),
                  {QStringLiteral("control"), qEnvironmentVariable("H755_VIRTUAL_CONTROL"),
                   QStringLiteral("reset")});
    QTest::qWait(2'500);
    rig.session().putAway();
    QVERIFY(rig.sees(Scene::Problem, 20'000)); // it is there and says nothing
    QVERIFY(rig.text("code").startsWith(QLatin1String("HX-08")));
    photograph(rig.window(), "silent-device");
    QVERIFY2(stopwatch.longestMs() < test_support::stallLimitMs,
             qPrintable(QString::number(stopwatch.longestMs())));
}

QTEST_MAIN(WindowTest)
#include "window_test.moc"
