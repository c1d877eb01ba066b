#include "recovery_rig.h"

#include "judge.h"

#include <QAction>
#include <QDir>
#include <QLabel>
#include <QRadioButton>
#include <QTest>
#include <QTreeWidget>

namespace test_support {
namespace {

void trigger(QWidget& window, const char* text)
{
    for (QAction* action : window.findChildren<QAction*>()) {
        if (action->text() == QString::fromUtf8(text)) return action->trigger();
    }
    qFatal("no action %s", text);
}

} // namespace

RecoveryRig::RecoveryRig()
{
    if (!QTest::qWaitFor([this] { return session().situation().hasLooked; }, 10'000))
        qFatal("the window never looks");
    trigger(m_window.window(), "Technician mode");
    trigger(m_window.window(), "Recovery wizard…");
    m_wizard = m_window.window().findChild<gui::RecoveryWizard*>();
    if (m_wizard == nullptr || !QTest::qWaitForWindowExposed(m_wizard))
        qFatal("the wizard does not appear");
}

template <typename Widget>
Widget* RecoveryRig::visible(const char* objectName) const
{
    for (auto* widget : m_wizard->findChildren<Widget*>(QLatin1String(objectName))) {
        if (widget->isVisible()) return widget;
    }
    return nullptr;
}

bool RecoveryRig::finds(const QString& title, int limitMs)
{
    const bool isFound = QTest::qWaitFor([&] { return text("title") == title; }, limitMs);
    if (!isFound) qWarning("%s instead of %s", qPrintable(text("title")), qPrintable(title));
    return isFound;
}

bool RecoveryRig::isOffered(const char* objectName) const
{
    const auto* button = visible<QAbstractButton>(objectName);
    return button != nullptr && button->isEnabled();
}

void RecoveryRig::click(const char* objectName)
{
    QVERIFY2(QTest::qWaitFor([&] { return isOffered(objectName); }, 10'000), objectName);
    QTest::mouseClick(visible<QAbstractButton>(objectName), Qt::LeftButton);
}

QString RecoveryRig::text(const char* objectName) const
{
    const auto* label = visible<QLabel>(objectName);
    return label != nullptr ? label->text() : QString();
}

QStringList RecoveryRig::texts() const
{
    QStringList texts;
    for (const auto* label : m_wizard->currentPage()->findChildren<QLabel*>()) {
        if (label->isVisible()) texts << label->text();
    }
    return texts;
}

void RecoveryRig::chooseOnBus(const QString& part)
{
    auto* list = visible<QTreeWidget>("busList");
    QVERIFY(list != nullptr);
    const auto rowOf = [&]() -> QTreeWidgetItem* {
        for (int row = 0; row < list->topLevelItemCount(); ++row) {
            QTreeWidgetItem* item = list->topLevelItem(row);
            for (int column = 0; column < list->columnCount(); ++column) {
                if (item->text(column).contains(part)) return item;
            }
        }
        return nullptr;
    };
    QVERIFY2(QTest::qWaitFor([&] { return rowOf() != nullptr; }, 10'000), qPrintable(part));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(rowOf()).center());
}

QAbstractButton* RecoveryRig::repair(updater::Repair repair) const
{
    const QString title = gui::repairText(repair).title;
    for (auto* button : m_wizard->findChildren<QRadioButton*>()) {
        if (button->isVisible() && button->text() == title) return button;
    }
    return nullptr;
}

bool RecoveryRig::canTake(updater::Repair which) const
{
    const QAbstractButton* button = repair(which);
    return button != nullptr && button->isEnabled();
}

void RecoveryRig::goToRepairs()
{
    click("next");
    click("enterUpdateMode");
    click("next");
    QVERIFY(finds(QStringLiteral("What is to be done?")));
}

void RecoveryRig::repairAndProve(updater::Repair which, const char* version)
{
    QVERIFY(QTest::qWaitFor([&] { return canTake(which); }, 10'000));
    repair(which)->click();
    click("next");
    QVERIFY(finds(QStringLiteral("The repair is done"), 60'000));
    QVERIFY(text("sentence").contains(QLatin1String(version)));
    click("next");
    QVERIFY(finds(QStringLiteral("Proven: it runs %1").arg(QLatin1String(version))));
    QVERIFY(std::holds_alternative<contract::RuntimeStatus>(session().situation().bus.chosen));
}

void RecoveryRig::openUnitFile(const QString& name)
{
    const QDir folder(qEnvironmentVariable("H755_RELEASES"));
    session().workshop().openUnitFile(folder.absoluteFilePath(name).toStdU16String());
}

void RecoveryRig::look(const char* state)
{
    photograph(*m_wizard, state);
    QCOMPARE(namelessOf(*m_wizard).join(QLatin1Char('\n')), QString());
    const QSize size = m_wizard->size();
    m_wizard->resize(m_wizard->minimumSize());
    QTest::qWait(50);
    QCOMPARE(misfitsOf(*m_wizard).join(QLatin1Char('\n')), QString());
    m_wizard->resize(size);
}

void RecoveryRig::walk()
{
    const QSize size = m_wizard->size();
    m_wizard->resize(size.width(), 3 * size.height()); // what has scrolled away is in no order
    QTest::qWait(50);
    QCOMPARE(tabFaultsOf(*m_wizard).join(QLatin1Char('\n')), QString());
    m_wizard->resize(size);
}

} // namespace test_support
