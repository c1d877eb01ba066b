// The recovery wizard on the real engine and libusb. Each function is a ctest of its own, with a
// virtual device that runs 1.0.0 unless run_window_case.py says otherwise.
#include "gui/language.h"
#include "recovery_rig.h"

#include <QComboBox>
#include <QLabel>
#include <QTest>

using gui::RecoveryWizard;
using gui::Scene;
using test_support::RecoveryRig;
using test_support::WindowRig;
using updater::Repair;

namespace {

bool control(const char* text)
{
    return WindowRig::control(QString::fromLatin1(text).split(QLatin1Char(' ')));
}

} // namespace

class RecoveryTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsAHealthyDeviceAgain();
    void finishesAnInterruptedUpdate();
    void startsTheOtherSlot();
    void writesBothSlots();
    void saysThatATrialFailed();
    void saysWhyAFileDoesNotFit();
    void staysWithItsUnit();
    void goesOnWhenItsUnitIsBack();
    void endsWhenADeviceHangs();
    void stopsAtASafePoint();
    void explainsTheRomLoader();
    void explainsTheProbe();
    void helpsWhereNothingIs();
    void namesCausesWhereNothingIs();
    void needsNoMouse();
    void speaksGermanToTechnicians();
};

void RecoveryTest::startsAHealthyDeviceAgain()
{
    RecoveryRig rig;
    QVERIFY(rig.finds(QStringLiteral("Which unit is it about?")));
    rig.look("recovery-bus");
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("The application runs")));
    QVERIFY(rig.texts().contains(QStringLiteral("1.0.0")));
    QVERIFY(!rig.isOffered("next"));
    rig.look("recovery-application");
    rig.click("enterUpdateMode");
    QVERIFY(rig.finds(QStringLiteral("The device restarts")));
    QVERIFY(rig.finds(QStringLiteral("Nothing is wrong")));
    QVERIFY(rig.texts().contains(QStringLiteral("Whole and confirmed")));
    QVERIFY(rig.texts().contains(QStringLiteral("Empty")));
    rig.look("recovery-diagnosis");
    rig.click("next");
    QVERIFY(rig.repair(Repair::Start)->isChecked()); // the safest
    QVERIFY(!rig.canTake(Repair::FinishUpdate));
    QVERIFY(rig.texts().contains(QStringLiteral("Open a release file first.")));
    rig.look("recovery-repairs");
    rig.repairAndProve(Repair::Start, "1.0.0");
    rig.look("recovery-proof");
    QVERIFY(rig.isOffered("report"));
    rig.click("finish");
    QVERIFY(rig.window().sees(Scene::UpToDate)); // the window goes on
}

void RecoveryTest::finishesAnInterruptedUpdate()
{
    RecoveryRig rig;
    rig.window().openRelease("1.1.0");
    rig.goToRepairs();
    QVERIFY(QTest::qWaitFor([&] { return rig.canTake(Repair::FinishUpdate); }, 5'000));
    rig.repair(Repair::FinishUpdate)->click();
    QVERIFY(control("unplug-at-block 100"));
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("Plug the device in again")));
    rig.look("recovery-unplugged");
    QVERIFY(control("cut bad"));
    QVERIFY(!rig.isOffered("back"));
    rig.click("stop");
    QVERIFY(rig.finds(QStringLiteral("The repair was stopped")));
    QVERIFY(control("power-on"));
    QVERIFY(control("plug"));
    rig.click("back");
    rig.click("back");
    rig.click("enterUpdateMode"); // 1.0.0 has started meanwhile
    QVERIFY(rig.finds(QStringLiteral("An update was not finished")));
    rig.look("recovery-unfinished");
    rig.click("next");
    rig.repairAndProve(Repair::FinishUpdate, "1.1.0");
}

void RecoveryTest::startsTheOtherSlot()
{
    RecoveryRig rig;
    rig.goToRepairs();
    rig.repairAndProve(Repair::StartOther, "1.0.0");
}

void RecoveryTest::writesBothSlots()
{
    RecoveryRig rig;
    rig.window().openRelease("1.1.0");
    rig.goToRepairs();
    QVERIFY(QTest::qWaitFor([&] { return rig.session().situation().release != nullptr; }, 5'000));
    rig.look("recovery-repairs-with-file");
    rig.repair(Repair::WriteBothSlots)->click();
    rig.click("next");
    QVERIFY(QTest::qWaitFor(
        [&] {
            const auto& running = rig.session().situation().running;
            return running && running->permille > 200;
        },
        30'000));
    rig.look("recovery-work");
    QVERIFY(rig.finds(QStringLiteral("The repair is done"), 60'000));
    rig.look("recovery-done");
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("Proven: it runs 1.1.0")));
    QCOMPARE(rig.texts().filter(QStringLiteral("1.1.0: Whole")).size(), 2);
}

void RecoveryTest::saysThatATrialFailed()
{
    RecoveryRig rig;
    rig.click("next");
    rig.click("enterUpdateMode");
    QVERIFY(rig.finds(QStringLiteral("The device went back to its older release")));
    QVERIFY(rig.texts().contains(QStringLiteral("Has failed its trial")));
    rig.look("recovery-reverted");
    rig.click("next");
    QVERIFY(rig.repair(Repair::StartOther) == nullptr); // that one crashes
    rig.repairAndProve(Repair::Start, "1.0.0");
}

void RecoveryTest::saysWhyAFileDoesNotFit()
{
    RecoveryRig rig;
    rig.goToRepairs();
    rig.window().openRelease("other product");
    QVERIFY(QTest::qWaitFor([&] { return rig.text("problem").contains(QLatin1String("HX-0601")); },
                            5'000));
    QVERIFY(rig.text("obstacle").contains(QLatin1String("Open a release file first")));
    rig.window().openRelease("other hardware"); // of this product: it is the device that refuses
    QVERIFY(QTest::qWaitFor([&] { return rig.text("obstacle").contains(QLatin1String("HX-06")); },
                            5'000));
    QVERIFY(rig.text("problem").isEmpty());
    QVERIFY(!rig.canTake(Repair::FinishUpdate));
    QVERIFY(!rig.canTake(Repair::WriteBothSlots));
    QVERIFY(rig.repair(Repair::Start)->isChecked());
    rig.look("recovery-refused");
    rig.window().openRelease("1.1.0");
    QVERIFY(QTest::qWaitFor([&] { return rig.canTake(Repair::FinishUpdate); }, 5'000));
}

void RecoveryTest::staysWithItsUnit()
{
    RecoveryRig rig;
    const auto devices = rig.session().situation().bus.devices;
    QCOMPARE(devices.size(), std::size_t{2});
    QVERIFY(!rig.isOffered("next")); // nobody has said which
    QVERIFY(control("2 unplug"));
    rig.chooseOnBus(QString::fromStdString(devices[0].serial));
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("The application runs")));
    QVERIFY(control("unplug"));
    QVERIFY(rig.finds(QStringLiteral("The device is not connected")));
    rig.look("recovery-away");
    QVERIFY(control("2 plug"));
    QVERIFY(
        QTest::qWaitFor([&] { return rig.session().situation().bus.devices.size() == 1; }, 10'000));
    QTest::qWait(500); // time enough to jump
    QCOMPARE(rig.text("title"), QStringLiteral("The device is not connected"));
    QCOMPARE(rig.session().situation().bus.chosenId, devices[0].serial);
    QVERIFY(control("plug 7"));
    QVERIFY(rig.finds(QStringLiteral("The application runs")));
    // Only the person exchanges it.
    rig.click("back");
    rig.chooseOnBus(QString::fromStdString(devices[1].serial));
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("No release can be started"))); // that one is empty
    rig.look("recovery-empty-unit");
}

void RecoveryTest::goesOnWhenItsUnitIsBack()
{
    RecoveryRig rig;
    const auto devices = rig.session().situation().bus.devices;
    QCOMPARE(devices.size(), std::size_t{2});
    rig.window().openRelease("1.1.0");
    rig.chooseOnBus(QString::fromStdString(devices[0].serial));
    rig.goToRepairs();
    QVERIFY(QTest::qWaitFor([&] { return rig.canTake(Repair::FinishUpdate); }, 5'000));
    rig.repair(Repair::FinishUpdate)->click();
    QVERIFY(control("unplug-at-block 100"));
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("Plug the device in again"))); // the other one is still there
    QVERIFY(control("plug 9"));
    QVERIFY(rig.finds(QStringLiteral("The repair is done")));
    QCOMPARE(rig.session().situation().outcome->uniqueId, devices[0].serial);
}

void RecoveryTest::endsWhenADeviceHangs()
{
    RecoveryRig rig;
    rig.window().openRelease("1.1.0");
    rig.goToRepairs();
    QVERIFY(QTest::qWaitFor([&] { return rig.canTake(Repair::FinishUpdate); }, 5'000));
    rig.repair(Repair::FinishUpdate)->click();
    QVERIFY(control("hang-at-block 100"));
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("The repair has not succeeded"), 60'000));
    QVERIFY(rig.text("problem").contains(QLatin1String("HX-")));
    rig.look("recovery-failed");
    QVERIFY(control("reset"));
    rig.click("back");
    rig.click("back");
    rig.click("enterUpdateMode");
    rig.click("next");
    rig.repairAndProve(Repair::FinishUpdate, "1.1.0");
}

void RecoveryTest::stopsAtASafePoint()
{
    RecoveryRig rig;
    rig.window().openRelease("1.1.0");
    rig.goToRepairs();
    QVERIFY(QTest::qWaitFor([&] { return rig.canTake(Repair::FinishUpdate); }, 5'000));
    rig.repair(Repair::FinishUpdate)->click();
    rig.click("next");
    QVERIFY(QTest::qWaitFor(
        [&] {
            const auto& running = rig.session().situation().running;
            return running && running->blocksSent > 50;
        },
        30'000));
    QVERIFY(!rig.isOffered("close"));
    rig.wizard().reject(); // Escape, or the window's own button
    QVERIFY(rig.wizard().isVisible());
    QVERIFY(rig.finds(QStringLiteral("The repair was stopped")));
    QVERIFY(rig.isOffered("close"));
    QVERIFY(!rig.isOffered("next"));
    rig.click("close");
    QVERIFY(rig.window().sees(Scene::NeedsRepair)); // it waits in update mode, for the rest
}

void RecoveryTest::explainsTheRomLoader()
{
    QVERIFY(control("boot0 on"));
    QVERIFY(control("cut clean"));
    QVERIFY(control("power-on"));
    RecoveryRig rig;
    rig.chooseOnBus(QStringLiteral("0483:df11"));
    rig.look("recovery-bus-rom");
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("An STM32 is in its ROM loader")));
    rig.look("recovery-rom");
    QVERIFY(control("boot0 off"));
    QVERIFY(control("cut clean"));
    QVERIFY(rig.finds(QStringLiteral("The ROM loader has left the bus")));
    QVERIFY(control("power-on"));
    QVERIFY(QTest::qWaitFor(
        [&] { return rig.text("sentence").contains(QLatin1String("A device of ours")); }, 10'000));
    QCOMPARE(rig.wizard().currentId(), int(RecoveryWizard::Rom)); // it does not jump
    rig.click("back");
    rig.chooseOnBus(QStringLiteral("Our device"));
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("The application runs")));
}

void RecoveryTest::explainsTheProbe()
{
    RecoveryRig rig;
    rig.chooseOnBus(QStringLiteral("0483:3748"));
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("An ST-LINK is connected")));
    rig.look("recovery-probe");
    QVERIFY(control("neighbours off"));
    QVERIFY(rig.finds(QStringLiteral("The ST-LINK has left the bus")));
}

void RecoveryTest::helpsWhereNothingIs()
{
    QVERIFY(control("unplug"));
    RecoveryRig rig;
    QVERIFY(rig.finds(QStringLiteral("Nothing is there to be repaired")));
    QVERIFY(!rig.isOffered("next"));
    rig.look("recovery-nothing");
    rig.click("busHelp");
    auto* help = rig.window().window().findChild<QDialog*>(QStringLiteral("helpDialog"));
    QVERIFY(help != nullptr && help->isVisible());
    help->reject();
    QVERIFY(control("plug"));
    QVERIFY(rig.finds(QStringLiteral("Which unit is it about?")));
    QVERIFY(rig.isOffered("next"));
}

void RecoveryTest::namesCausesWhereNothingIs()
{
    QVERIFY(control("unplug"));
    RecoveryRig rig;
    const auto causes = [&rig] {
        QStringList numbers;
        for (const auto* label :
             rig.wizard().currentPage()->findChildren<QLabel*>(QStringLiteral("cause"))) {
            if (label->isVisible()) numbers << label->text().section(QLatin1Char('.'), 0, 0);
        }
        return numbers.join(QLatin1Char(' '));
    };
    rig.click("causes");
    QVERIFY(rig.finds(QStringLiteral("What else can it be?")));
    QCOMPARE(causes(), QStringLiteral("1 3 5 6 7 10 14")); // as the guide's table has them
    rig.look("recovery-causes");
    rig.walk();
    rig.click("route1");
    QVERIFY(rig.finds(QStringLiteral("No board is in its ROM loader")));
    rig.look("recovery-rom-none");
    rig.click("back"); // to the list, where everything begins
    QVERIFY(rig.finds(QStringLiteral("Nothing is there to be repaired")));
    rig.click("causes");
    auto* sign = rig.wizard().findChild<QComboBox*>(QStringLiteral("sign"));
    sign->setFocus();
    QTest::keyClick(sign, Qt::Key_Down); // still nothing with BOOT0 high
    QTRY_COMPARE(causes(), QStringLiteral("4 13 15 5 14"));
    rig.click("route14");
    QVERIFY(rig.finds(QStringLiteral("Connect an ST-LINK")));
}

void RecoveryTest::needsNoMouse()
{
    RecoveryRig rig;
    const auto press = [&rig](int key) {
        QWidget* focus = rig.wizard().focusWidget();
        QVERIFY(focus != nullptr);
        QTest::keyClick(focus, Qt::Key(key));
    };
    QVERIFY(rig.isOffered("next"));
    press(Qt::Key_Return);
    QVERIFY(rig.finds(QStringLiteral("The application runs")));
    for (int i = 0;
         i < 10 && rig.wizard().focusWidget()->objectName() != QLatin1String("enterUpdateMode");
         ++i)
        press(Qt::Key_Tab);
    press(Qt::Key_Space);
    QVERIFY(rig.finds(QStringLiteral("Nothing is wrong")));
    press(Qt::Key_Return);
    QVERIFY(rig.finds(QStringLiteral("What is to be done?")));
    press(Qt::Key_Return);
    QVERIFY(rig.finds(QStringLiteral("The repair is done")));
    press(Qt::Key_Return);
    QVERIFY(rig.finds(QStringLiteral("Proven: it runs 1.0.0")));
    press(Qt::Key_Return);
    QVERIFY(QTest::qWaitFor([&] { return !rig.wizard().isVisible(); }, 5'000));
}

void RecoveryTest::speaksGermanToTechnicians()
{
    RecoveryRig rig;
    gui::installLanguage(*qApp, QStringLiteral("de"));
    RecoveryWizard wizard(rig.session(), &rig.window().window());
    wizard.show();
    const auto* title = wizard.currentPage()->findChild<QLabel*>(QStringLiteral("title"));
    QVERIFY(QTest::qWaitFor(
        [&] { return title->text() == QStringLiteral("Um welches Gerät geht es?"); }, 5'000));
    test_support::photograph(wizard, "recovery-german");
    wizard.next();
    QTRY_COMPARE(wizard.currentPage()->findChild<QLabel*>(QStringLiteral("title"))->text(),
                 QStringLiteral("Die Anwendung läuft"));
    test_support::photograph(wizard, "recovery-german-diagnosis");
}

QTEST_MAIN(RecoveryTest)
#include "recovery_test.moc"
