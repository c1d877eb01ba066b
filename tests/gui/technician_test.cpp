// What technicians do and see, and what the customers' window tells those who ask for more. Each
// function is a ctest of its own, with a fresh virtual device that runs 1.0.0 (run_window_case.py).
#include "gui/main_menu.h"
#include "window_rig.h"

#include <QAction>
#include <QLabel>
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

} // namespace

class TechnicianTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsTheDetailsOfAProblem();
    void tellsWhatAnUpToDateDeviceRuns();
    void remembersSettings();
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

QTEST_MAIN(TechnicianTest)
#include "technician_test.moc"
