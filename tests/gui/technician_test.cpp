// What technicians do and see, and what the customers' window tells those who ask for more. Each
// function is a ctest of its own, with a fresh virtual device that runs 1.0.0 (run_window_case.py).
#include "gui/inspector.h"
#include "gui/language.h"
#include "judge.h"
#include "window_rig.h"

#include <QAction>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QTest>
#include <QTextBrowser>
#include <QToolButton>

using gui::Scene;
using test_support::photograph;
using test_support::WindowRig;

namespace {

QAction* actionOf(gui::CustomerWindow& window, const QString& text)
{
    for (QAction* action : window.findChildren<QAction*>()) {
        if (action->text() == text) return action;
    }
    return nullptr;
}

bool isChosen(gui::CustomerWindow& window, const char* text)
{
    const QAction* action = actionOf(window, QString::fromUtf8(text));
    return action != nullptr && action->isVisible() && action->isChecked();
}

void choose(gui::CustomerWindow& window, const char* text)
{
    QAction* action = actionOf(window, QString::fromUtf8(text));
    QVERIFY2(action != nullptr && action->isVisible(), text);
    action->trigger();
}

/// Opened with its key, as technicians do.
gui::Inspector* openInspector(WindowRig& rig)
{
    choose(rig.window(), "Technician mode");
    QTest::keyClick(&rig.window(), Qt::Key_I, Qt::ControlModifier);
    return rig.window().findChild<gui::Inspector*>();
}

/// The value of the row with that name; empty if there is none.
QString valueOf(const gui::Inspector& inspector, const char* part, const char* name)
{
    const auto* rows = inspector.findChild<QTableView*>(QStringLiteral("rows"))->model();
    for (int row = 0; row < rows->rowCount(); ++row) {
        const auto cell = [=](int column) { return rows->index(row, column).data().toString(); };
        if (cell(0) == QLatin1String(part) && cell(1) == QLatin1String(name)) return cell(2);
    }
    return {};
}

QPushButton* buttonOf(gui::Inspector& inspector, const char* name)
{
    return inspector.findChild<QPushButton*>(QLatin1String(name));
}

bool waitsFor(gui::Inspector& inspector, const char* part, const char* name, const char* value)
{
    return QTest::qWaitFor([&] { return valueOf(inspector, part, name) == QLatin1String(value); },
                           30'000);
}

/// What the file holds that a person saves.
QString savedBy(gui::Inspector& inspector)
{
    const QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("what the device tells.txt"));
    QTest::mouseClick(buttonOf(inspector, "save"), Qt::LeftButton);
    auto* dialog = inspector.findChild<QFileDialog*>();
    if (dialog == nullptr) return {};
    dialog->selectFile(name);
    static_cast<QDialog*>(dialog)->accept();
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

class TechnicianTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsTheDetailsOfAProblem();
    void tellsWhatAnUpToDateDeviceRuns();
    void remembersSettings();
    void inspectsADevice();
    void nothingOfTheInspectorIsCut();
};

void TechnicianTest::tellsTheDetailsOfAProblem()
{
    WindowRig rig;
    QVERIFY(rig.sees(Scene::UpToDate));
    rig.openRelease("other product");
    QVERIFY(rig.sees(Scene::Problem));
    auto* disclose = rig.window().findChild<QToolButton*>(QStringLiteral("disclose"));
    QVERIFY(disclose != nullptr && disclose->isVisible());
    QVERIFY(rig.text("technicalDetail").isEmpty()); // closed
    disclose->setFocus(Qt::TabFocusReason);
    QTest::keyClick(disclose, Qt::Key_Space);
    QVERIFY(!rig.text("technicalDetail").isEmpty());
    photograph(rig.window(), "problem-details");
    QTest::keyClick(disclose, Qt::Key_Space);
    QVERIFY(rig.text("technicalDetail").isEmpty());
    rig.openRelease("1.1.0");
    QVERIFY(rig.sees(Scene::UpdateAvailable));
    QVERIFY(!disclose->isVisible());
}

void TechnicianTest::tellsWhatAnUpToDateDeviceRuns()
{
    WindowRig rig;
    QVERIFY(rig.sees(Scene::UpToDate));
    rig.openRelease("1.0.0");
    QVERIFY(QTest::qWaitFor([&] { return rig.session().situation().release != nullptr; }, 5'000));
    QVERIFY(rig.sees(Scene::UpToDate));
    const QString serial = QString::fromStdString(rig.session().situation().bus.chosenId);
    QVERIFY(rig.text("detail").contains(serial));
    const QDate date = QDate::fromString(
        QString::fromStdString(rig.session().situation().release->manifest().date), Qt::ISODate);
    QVERIFY(rig.text("detail").contains(QLocale().toString(date, QStringLiteral("d MMMM yyyy"))));
    const auto* notes = rig.window().findChild<QTextBrowser*>();
    QVERIFY(notes != nullptr && notes->isVisible() && !notes->toPlainText().isEmpty());
    photograph(rig.window(), "up-to-date-with-notes");
}

void TechnicianTest::remembersSettings()
{
    WindowRig rig;
    QVERIFY(!isChosen(rig.window(), "Technician mode"));
    QVERIFY(isChosen(rig.window(), "Errors"));
    choose(rig.window(), "Technician mode");
    choose(rig.window(), "Steps");
    choose(rig.window(), "Dark");
    choose(rig.window(), "Deutsch");

    gui::Preferences again(rig.settingsFile());
    gui::CustomerWindow second(rig.session(), again);
    for (const char* chosen : {"Technician mode", "Steps", "Dark", "Deutsch"})
        QVERIFY2(isChosen(second, chosen), chosen);
    QVERIFY(!isChosen(second, "Errors"));
    choose(second, "Technician mode");
    QVERIFY(!gui::Preferences(rig.settingsFile()).isTechnician());

    // --technician: for one run only.
    gui::Preferences thisTime(rig.settingsFile());
    thisTime.showToolsThisTime();
    QVERIFY(thisTime.isTechnician());
    QVERIFY(!gui::Preferences(rig.settingsFile()).isTechnician());
}

void TechnicianTest::inspectsADevice()
{
    WindowRig rig;
    QVERIFY(rig.sees(Scene::UpToDate));
    QTest::keyClick(&rig.window(), Qt::Key_I, Qt::ControlModifier);
    QVERIFY(rig.window().findChild<gui::Inspector*>() == nullptr); // not for customers
    gui::Inspector* inspector = openInspector(rig);
    QVERIFY(inspector != nullptr && inspector->isVisible() && !inspector->isModal());
    QCOMPARE(valueOf(*inspector, "Application", "Release"), QStringLiteral("1.0.0"));
    QVERIFY(valueOf(*inspector, "Slot A", "State").isEmpty());
    photograph(*inspector, "inspector-application");
    QStringList order;
    for (int i = 0; i < 6; ++i) {
        order += inspector->focusWidget()->objectName();
        QTest::keyClick(inspector->focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(order.join(QLatin1Char(' ')),
             QStringLiteral("filter restart rows again copyAll save"));

    QTest::mouseClick(buttonOf(*inspector, "restart"), Qt::LeftButton);
    QVERIFY(waitsFor(*inspector, "Connection", "Mode", "bootloader"));
    QVERIFY(waitsFor(*inspector, "Start", "Why in update mode", "requested"));
    QCOMPARE(valueOf(*inspector, "Slot A", "State"), QStringLiteral("confirmed"));
    QVERIFY(QTest::qWaitFor(
        [&] {
            return valueOf(*inspector, "Journal", "Word 0").startsWith(QLatin1String("state: "));
        },
        10'000));
    photograph(*inspector, "inspector");
    QVERIFY(!buttonOf(*inspector, "copyAll")->hasFocus());

    auto* filter = inspector->findChild<QLineEdit*>(QStringLiteral("filter"));
    const auto* rows = inspector->findChild<QTableView*>(QStringLiteral("rows"))->model();
    const int allRows = rows->rowCount();
    QTest::keyClicks(filter, QStringLiteral("sLOT a"));
    QVERIFY(rows->rowCount() > 0 && rows->rowCount() < allRows);
    QCOMPARE(valueOf(*inspector, "Slot A", "State"), QStringLiteral("confirmed"));
    QVERIFY(valueOf(*inspector, "Device", "Bootloader").isEmpty());
    photograph(*inspector, "inspector-filtered");
    QTest::mouseClick(buttonOf(*inspector, "copyAll"), Qt::LeftButton);
    const QString copied = QApplication::clipboard()->text();
    QCOMPARE(copied.count(QLatin1Char('\n')), allRows); // all of them, whatever the filter
    QVERIFY(copied.contains(QLatin1String("\nSlot A\tState\tconfirmed\n")));
    QCOMPARE(savedBy(*inspector), copied);
    filter->clear();

    QTest::mouseClick(buttonOf(*inspector, "restart"), Qt::LeftButton);
    QVERIFY(waitsFor(*inspector, "Connection", "Mode", "application"));
    QVERIFY(waitsFor(*inspector, "Application", "State", "confirmed"));
    QVERIFY(valueOf(*inspector, "Journal", "Word 0").isEmpty());
    QVERIFY(WindowRig::control(QStringList{QStringLiteral("unplug")}));
    QVERIFY(QTest::qWaitFor([&] { return rows->rowCount() == 0; }, 10'000)); // it follows
}

void TechnicianTest::nothingOfTheInspectorIsCut()
{
    WindowRig rig;
    QVERIFY(rig.sees(Scene::UpToDate));
    rig.session().enterUpdateMode();
    QVERIFY(rig.sees(Scene::NeedsRepair));
    for (const char* language : {"en", "de"}) {
        gui::installLanguage(*qApp, QString::fromLatin1(language));
        gui::Inspector inspector(rig.session(), &rig.window());
        inspector.resize(760, 520); // the offscreen platform's screen is small at 300 %
        inspector.show();
        QVERIFY(QTest::qWaitForWindowExposed(&inspector));
        const auto* rows = inspector.findChild<QTableView*>(QStringLiteral("rows"))->model();
        constexpr int withJournal = 40;
        QVERIFY2(QTest::qWaitFor([&] { return rows->rowCount() > withJournal; }, 10'000),
                 qPrintable(QString::number(rows->rowCount())));
        QVERIFY(buttonOf(inspector, "restart")->isVisible());
        const auto misfits = [&] { return test_support::misfitsOf(inspector); };
        const bool fits = QTest::qWaitFor([&] { return misfits().isEmpty(); }); // once laid out
        QVERIFY2(fits, qPrintable(misfits().join(QLatin1Char('\n'))));
        photograph(inspector,
                   qPrintable(QStringLiteral("inspector-%1").arg(QLatin1String(language))));
    }
}

QTEST_MAIN(TechnicianTest)
#include "technician_test.moc"
