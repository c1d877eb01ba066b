// Chips through an ST-LINK, with the recovery wizard on the real engine and the real OpenOCD. The
// chip behind it is made of files (tests/host/openocd_with_fake_chip.py).
#include "recovery_rig.h"
#include "stopwatch.h"

#include <QClipboard>
#include <QLineEdit>
#include <QRadioButton>
#include <QTest>

using test_support::RecoveryRig;

namespace {

constexpr auto unitId = "31002A000F51383634333738";
constexpr auto probeSerial = "0036003A3532511031333430";
constexpr auto done = "The unit is programmed";

void type(RecoveryRig& rig, const char* field, const char* text)
{
    auto* line = rig.wizard().findChild<QLineEdit*>(QLatin1String(field));
    QVERIFY(line != nullptr && line->isVisible());
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, QLatin1String(text));
}

bool says(RecoveryRig& rig, const char* part)
{
    return QTest::qWaitFor([&] { return rig.text("problem").contains(QLatin1String(part)); },
                           10'000);
}

qsizetype countOf(RecoveryRig& rig, const char* part)
{
    return rig.texts().filter(QString::fromUtf8(part)).size();
}

/// To the page of the ST-LINK, with a file that is verified.
void goToProbe(RecoveryRig& rig)
{
    rig.session().workshop().chip().setOpenOcd(
        qEnvironmentVariable("H755_OPENOCD").toStdU16String());
    rig.chooseOnBus(QStringLiteral("0483:3748"));
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("An ST-LINK is connected")));
    rig.openUnitFile(QStringLiteral("1.0.0.h755factory"));
    QVERIFY(QTest::qWaitFor([&] { return rig.texts().contains(QStringLiteral("1.0.0")); }, 5'000));
    type(rig, "probeSerial", probeSerial);
    QVERIFY(!rig.isOffered("next")); // nobody has typed a unit
}

} // namespace

class RescueTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void programsAWholeUnit();
    void replacesABootloader();
    void changesNoOtherUnit();
    void stopsBeforeTheNextStep();
    void saysThatNoProbeIsThere();
};

void RescueTest::programsAWholeUnit()
{
    RecoveryRig rig;
    goToProbe(rig);
    type(rig, "typedId", "31002A000F5138363433373"); // one digit is missing
    QVERIFY(!rig.isOffered("next"));
    type(rig, "typedId", unitId);
    QVERIFY(rig.isOffered("next"));
    rig.look("probe");
    {
        const test_support::Stopwatch watch;
        rig.click("next");
        QVERIFY(QTest::qWaitFor([&] { return countOf(rig, "✓") == 2; }, 20'000));
        QVERIFY2(watch.longestMs() < test_support::stallLimitMs,
                 qPrintable(QString::number(watch.longestMs())));
    }
    QCOMPARE(rig.text("title"), QStringLiteral("The ST-LINK works on the chip"));
    QVERIFY(!rig.isOffered("close"));
    rig.look("probe-works");
    QVERIFY(rig.finds(QLatin1String(done)));
    QCOMPARE(countOf(rig, "✗"), 0);
    QCOMPARE(countOf(rig, "✓"), 5); // identified, compared, programmed, options, read back
    QVERIFY(rig.text("record").contains(QLatin1String("0x5200201C=0x17C6AAF0")));
    rig.look("probe-done");
    rig.click("copyRecord");
    QVERIFY(QGuiApplication::clipboard()->text().contains(QLatin1String("0x5200201C=0x17C6AAF0")));
    rig.click("next"); // the unit runs, on its own port
    QVERIFY(rig.finds(QStringLiteral("Proven: it runs 1.0.0")));
}

void RescueTest::replacesABootloader()
{
    RecoveryRig rig;
    goToProbe(rig);
    type(rig, "typedId", unitId);
    auto* whole = rig.wizard().findChild<QRadioButton*>(QStringLiteral("wholeUnit"));
    whole->setFocus();
    QTest::keyClick(whole, Qt::Key_Down);
    QVERIFY(!whole->isChecked());
    rig.look("probe-bootloader");
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("The bootloader is replaced")));
    QCOMPARE(countOf(rig, "✓"), 7); // the protection is removed and set again
}

void RescueTest::changesNoOtherUnit()
{
    RecoveryRig rig;
    goToProbe(rig);
    type(rig, "typedId", "32002A000F51383634333738");
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("The chip could not be repaired")));
    QVERIFY(says(rig, "HX-0306"));
    QVERIFY(rig.text("problem").contains(QLatin1String(unitId)));
    QVERIFY(!rig.isOffered("next"));
    rig.look("probe-other-unit");
    rig.click("back");
    QVERIFY(rig.isOffered("next")); // to correct what was typed
}

void RescueTest::stopsBeforeTheNextStep()
{
    RecoveryRig rig;
    goToProbe(rig);
    type(rig, "typedId", unitId);
    rig.click("next");
    QVERIFY(QTest::qWaitFor([&] { return countOf(rig, "✓") == 1; }, 20'000));
    rig.click("stop");
    QVERIFY(rig.finds(QStringLiteral("Stopped")));
    QCOMPARE(countOf(rig, "✗"), 1);
    rig.walk();
    QVERIFY(rig.isOffered("close"));
    rig.click("again");
    QVERIFY(rig.finds(QLatin1String(done)));
}

/// The installed OpenOCD, and nothing that it could drive.
void RescueTest::saysThatNoProbeIsThere()
{
    RecoveryRig rig;
    rig.session().workshop().chip().begin({false, unitId, probeSerial}, nullptr);
    QVERIFY(!rig.session().workshop().isRunning()); // not without a file
    rig.openUnitFile(QStringLiteral("1.0.0.h755factory"));
    QVERIFY(QTest::qWaitFor([&] { return rig.session().workshop().unitFile() != nullptr; }, 5'000));
    rig.wizard().setStartId(gui::RecoveryWizard::Probe);
    rig.wizard().restart();
    QVERIFY(rig.finds(QStringLiteral("Connect an ST-LINK")));
    type(rig, "typedId", unitId);
    rig.click("next");
    QVERIFY(rig.finds(QStringLiteral("The chip could not be repaired")));
    QVERIFY(says(rig, "HX-0305"));
    rig.look("probe-none");
    rig.session().workshop().chip().setOpenOcd("/nowhere/openocd");
    rig.click("again");
    QVERIFY(says(rig, "HX-0404"));
}

QTEST_MAIN(RescueTest)
#include "rescue_test.moc"
