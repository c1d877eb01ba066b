// Boards without our bootloader, through the recovery wizard on the real engine and libusb: ST's
// ROM loader, with the flash that run_window_case.py prepares.
#include "recovery_rig.h"
#include "stopwatch.h"

#include <QFile>
#include <QFileDialog>
#include <QTemporaryDir>
#include <QTest>

using gui::RecoveryWizard;
using test_support::RecoveryRig;
using test_support::WindowRig;

namespace {

constexpr auto powerCycle = "Now set BOOT0 low and switch the power off and on";

bool control(const char* text)
{
    return WindowRig::control(QString::fromLatin1(text).split(QLatin1Char(' ')));
}

/// What a person does with the jumper and the plug.
bool switchOffAndOn(const char* boot0)
{
    return control(boot0) && control("cut clean") && control("power-on");
}

bool says(RecoveryRig& rig, const char* objectName, const char* part)
{
    const bool says =
        QTest::qWaitFor([&] { return rig.text(objectName).contains(QLatin1String(part)); }, 10'000);
    if (!says) qWarning("\"%s\" without %s", qPrintable(rig.text(objectName)), part);
    return says;
}

bool showsFact(RecoveryRig& rig, const char* fact)
{
    return QTest::qWaitFor([&] { return rig.texts().contains(QLatin1String(fact)); }, 10'000);
}

/// From the bus to the board in its ROM loader, with a unit file that is verified.
void goToBoard(RecoveryRig& rig)
{
    rig.chooseOnBus(QStringLiteral("0483:df11"));
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("An STM32 is in its ROM loader")));
    QVERIFY(showsFact(rig, "V9.2"));
    rig.openUnitFile(QStringLiteral("1.0.0.h755factory"));
    QVERIFY(showsFact(rig, "1.0.0"));
}

} // namespace

class ProvisionTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bringsAHalfErasedBoardBack();
    void stopsBetweenSectors();
    void staysWithItsBoard();
    void takesNoTamperedUnitFile();
    void leavesAReadProtectedBoardAlone();
    void leadsFromWriteProtectionToTheProbe();
    void leadsFromOptionBytesToTheProbe();
    void staysResponsiveWhileABoardIsProgrammed();
    void programsWithoutAMouse();
};

/// A cable that was pulled during an update by another tool: nothing starts any more.
void ProvisionTest::bringsAHalfErasedBoardBack()
{
    QVERIFY(switchOffAndOn("boot0 off"));
    RecoveryRig rig;
    QVERIFY(rig.finds(QStringLiteral("Nothing is there to be repaired")));
    rig.look("rescue-1-nothing");
    QVERIFY(switchOffAndOn("boot0 on"));
    rig.chooseOnBus(QStringLiteral("0483:df11"));
    rig.look("rescue-2-bus");
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("An STM32 is in its ROM loader")));
    QVERIFY(showsFact(rig, "V9.2"));
    QVERIFY(!rig.isOffered("next")); // without a file
    rig.look("rescue-3-rom");
    rig.openUnitFile(QStringLiteral("1.0.0.h755factory"));
    QVERIFY(showsFact(rig, "1.0.0"));
    rig.look("rescue-4-file");
    rig.walk();

    QVERIFY(control("unplug-at-block 100"));
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("Plug the board in again"), 60'000));
    QVERIFY(says(rig, "problem", "HX-0701"));
    QVERIFY(QTest::qWaitFor([&] { return !rig.isOffered("goOn"); }, 5'000)); // behind a look
    rig.look("rescue-5-unplugged");
    QVERIFY(control("plug"));
    QVERIFY(rig.finds(QStringLiteral("The board is back")));
    QCOMPARE(rig.text("problem"), QString());
    rig.look("rescue-6-back");
    rig.click("goOn");
    QVERIFY(rig.finds(QStringLiteral("Programming the board")));
    QVERIFY(says(rig, "step", "Sector 2"));
    QVERIFY(!rig.isOffered("close"));
    rig.look("rescue-7-program");

    QVERIFY(rig.finds(QLatin1String(powerCycle), 90'000));
    rig.look("rescue-8-power");
    QVERIFY(!rig.isOffered("next")); // it is written, and that is not the proof
    QVERIFY(control("option-bytes product"));
    QVERIFY(switchOffAndOn("boot0 off"));
    QVERIFY(rig.finds(QStringLiteral("The board runs 1.0.0")));
    rig.look("rescue-9-started");
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("Proven: it runs 1.0.0")));
    QVERIFY(rig.texts().filter(QStringLiteral("1.0.0: Whole")).size() == 1);
    rig.look("rescue-proof");
}

void ProvisionTest::stopsBetweenSectors()
{
    RecoveryRig rig;
    goToBoard(rig);
    rig.click("next");
    QVERIFY(says(rig, "step", "Sector 1"));
    rig.wizard().reject(); // the close button of the window stops, too
    QVERIFY(rig.wizard().isVisible());
    QVERIFY(rig.finds(QStringLiteral("Stopped between two sectors")));
    QVERIFY(rig.isOffered("close"));
    QVERIFY(!rig.isOffered("next"));
    rig.look("program-stopped");
    rig.click("goOn");
    QVERIFY(rig.finds(QLatin1String(powerCycle), 90'000));
    rig.click("stop");
    QVERIFY(rig.finds(QStringLiteral("The board has not started yet")));
    // BOOT0 was not low: the page says so, and goes on to wait.
    rig.click("goOn");
    QVERIFY(rig.finds(QLatin1String(powerCycle)));
    QVERIFY(control("cut clean"));
    QTest::qWait(2'500); // longer than two looks at the bus
    QVERIFY(control("power-on"));
    QVERIFY(says(rig, "sentence", "BOOT0 is still high"));
    QVERIFY(control("option-bytes product"));
    QVERIFY(switchOffAndOn("boot0 off"));
    QVERIFY(rig.finds(QStringLiteral("The board runs 1.0.0")));
}

/// All ROM loaders have one serial number: the unit's id says which board it is.
void ProvisionTest::staysWithItsBoard()
{
    QVERIFY(control("2 unplug"));
    RecoveryRig rig;
    goToBoard(rig);
    QVERIFY(control("unplug-at-block 100"));
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("Plug the board in again"), 60'000));
    QVERIFY(control("2 plug")); // another one
    rig.click("goOn");
    QVERIFY(rig.finds(QStringLiteral("This is another board")));
    QVERIFY(says(rig, "problem", "HX-0303"));
    rig.look("program-other-board");
    QVERIFY(control("2 unplug"));
    QVERIFY(rig.finds(QStringLiteral("Plug the board in again")));
    QVERIFY(control("plug 7"));
    QVERIFY(rig.finds(QStringLiteral("The board is back")));
    rig.click("goOn");
    QVERIFY(rig.finds(QLatin1String(powerCycle), 90'000));
}

void ProvisionTest::takesNoTamperedUnitFile()
{
    QFile good(qEnvironmentVariable("H755_RELEASES") + QStringLiteral("/1.0.0.h755factory"));
    QVERIFY(good.open(QIODevice::ReadOnly));
    QByteArray bytes = good.readAll();
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    const QTemporaryDir folder;
    QFile bad(folder.filePath(QStringLiteral("changed.h755factory")));
    QVERIFY(bad.open(QIODevice::WriteOnly) && bad.write(bytes) == bytes.size());
    bad.close();

    RecoveryRig rig;
    goToBoard(rig);
    QVERIFY(rig.isOffered("next"));
    rig.openUnitFile(bad.fileName());
    QVERIFY(says(rig, "unitFile", "HX-05"));
    QVERIFY(!rig.isOffered("next")); // not the earlier one instead
    rig.look("rom-tampered-file");
    rig.openUnitFile(QStringLiteral("1.0.0.h755"));
    QVERIFY(says(rig, "unitFile", "HX-0506")); // a release alone
    rig.click("chooseUnitFile");
    auto* dialog = rig.wizard().findChild<QFileDialog*>();
    QVERIFY(dialog != nullptr && dialog->isVisible());
    QVERIFY(dialog->nameFilters().front().contains(QLatin1String("*.h755factory")));
    dialog->reject();
}

void ProvisionTest::leavesAReadProtectedBoardAlone()
{
    RecoveryRig rig;
    rig.chooseOnBus(QStringLiteral("0483:df11"));
    rig.click("next");
    QVERIFY(says(rig, "problem", "HX-0618"));
    rig.openUnitFile(QStringLiteral("1.0.0.h755factory"));
    QVERIFY(showsFact(rig, "1.0.0"));
    QVERIFY(!rig.isOffered("next"));
    rig.look("rom-read-protected");
}

void ProvisionTest::leadsFromWriteProtectionToTheProbe()
{
    RecoveryRig rig;
    goToBoard(rig);
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("The board could not be programmed"), 90'000));
    QVERIFY(says(rig, "problem", "HX-0619"));
    rig.look("program-write-protected");
    rig.walk();
    rig.click("toProbe");
    QCOMPARE(rig.wizard().currentId(), int(RecoveryWizard::Probe));
}

/// The image is in place and starts; what is missing only an ST-LINK can set.
void ProvisionTest::leadsFromOptionBytesToTheProbe()
{
    RecoveryRig rig;
    goToBoard(rig);
    rig.click("next");
    QVERIFY(rig.finds(QLatin1String(powerCycle), 90'000));
    QVERIFY(switchOffAndOn("boot0 off"));
    QVERIFY(rig.finds(QStringLiteral("The board has not started yet")));
    QVERIFY(says(rig, "problem", "HX-0615"));
    rig.look("program-option-bytes");
    rig.click("toProbe");
    QCOMPARE(rig.wizard().currentId(), int(RecoveryWizard::Probe));
}

void ProvisionTest::staysResponsiveWhileABoardIsProgrammed()
{
    RecoveryRig rig;
    goToBoard(rig);
    QVERIFY(control("hang-at-block 60"));
    const test_support::Stopwatch watch; // behind what blocks this loop by itself
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("The board could not be programmed"), 60'000));
    QVERIFY(says(rig, "problem", "HX-"));
    QVERIFY2(watch.longestMs() < test_support::stallLimitMs,
             qPrintable(QString::number(watch.longestMs())));
}

void ProvisionTest::programsWithoutAMouse()
{
    RecoveryRig rig;
    const auto press = [&rig](int key) {
        QWidget* focus = rig.wizard().focusWidget();
        QVERIFY(focus != nullptr);
        QTest::keyClick(focus, Qt::Key(key));
    };
    rig.openUnitFile(QStringLiteral("1.0.0.h755factory"));
    QVERIFY(rig.isOffered("next")); // the only one that could be meant
    press(Qt::Key_Return);
    QVERIFY(showsFact(rig, "V9.2"));
    QVERIFY(QTest::qWaitFor([&] { return rig.isOffered("next"); }, 5'000));
    press(Qt::Key_Return);
    QVERIFY(rig.finds(QLatin1String(powerCycle), 90'000));
    QVERIFY(control("option-bytes product"));
    QVERIFY(switchOffAndOn("boot0 off"));
    QVERIFY(rig.finds(QStringLiteral("The board runs 1.0.0")));
    QVERIFY(QTest::qWaitFor([&] { return rig.isOffered("next"); }, 5'000));
    press(Qt::Key_Return);
    QVERIFY(rig.finds(QStringLiteral("Proven: it runs 1.0.0")));
}

QTEST_MAIN(ProvisionTest)
#include "provision_test.moc"
