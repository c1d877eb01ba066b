// A whole update without a mouse. Each function is a ctest of its own, with a fresh virtual device.
#include "window_rig.h"

#include <QApplication>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QTest>

using gui::Scene;
using test_support::WindowRig;

namespace {

/// To whatever has the focus, as a keyboard does.
void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QWidget* const focus = QApplication::focusWidget();
    QVERIFY(focus != nullptr);
    QTest::keyClick(focus, key, modifiers);
}

/// Tab, until the button has the focus.
bool tabTo(const char* objectName)
{
    constexpr int enough = 12;
    for (int i = 0; i < enough; ++i) {
        const QWidget* const focus = QApplication::focusWidget();
        if (focus != nullptr && focus->objectName() == QLatin1String(objectName)) return true;
        press(Qt::Key_Tab);
    }
    return false;
}

/// What a desktop does when a dialog has gone; the offscreen platform has none.
void comeBack(QWidget& window)
{
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
}

/// The answer to the question that closing asks during an update.
void goOn(QWidget& window)
{
    QTRY_VERIFY(window.findChild<QMessageBox*>() != nullptr);
    QTest::qWait(300); // the window behind it is activated once more, late
    comeBack(*window.findChild<QMessageBox*>());
    press(Qt::Key_Escape);
    QTRY_VERIFY(window.findChild<QMessageBox*>() == nullptr);
    comeBack(window);
}

void type(const QString& file)
{
    auto* field = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    QVERIFY(field != nullptr);
    QTest::keyClicks(field, file);
    press(Qt::Key_Return);
}

} // namespace

class KeyboardTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void updatesWithoutAMouse();
};

void KeyboardTest::updatesWithoutAMouse()
{
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    WindowRig rig;
    comeBack(rig.window());
    QVERIFY(rig.sees(Scene::UpToDate));
    press(Qt::Key_O, Qt::ControlModifier);
    QTRY_VERIFY(rig.window().findChild<QFileDialog*>() != nullptr);
    QTRY_VERIFY(qobject_cast<QLineEdit*>(QApplication::focusWidget()) != nullptr);
    type(qEnvironmentVariable("H755_RELEASES") + QLatin1String("/1.1.0.h755"));
    QVERIFY(rig.sees(Scene::UpdateAvailable));
    comeBack(rig.window());

    press(Qt::Key_Return); // the primary button has the focus
    QVERIFY(rig.sees(Scene::Updating));
    QVERIFY(tabTo("secondary"));
    press(Qt::Key_Space);
    QVERIFY(rig.sees(Scene::UpdateAvailable));

    press(Qt::Key_Return);
    QVERIFY(rig.sees(Scene::Updating));
    press(Qt::Key_Q, Qt::ControlModifier);
    goOn(rig.window());
    QVERIFY(rig.sees(Scene::Done));
    press(Qt::Key_Return);
    QVERIFY(rig.sees(Scene::UpToDate));
    press(Qt::Key_Q, Qt::ControlModifier);
    QTRY_VERIFY(!rig.window().isVisible());
}

QTEST_MAIN(KeyboardTest)
#include "keyboard_test.moc"
