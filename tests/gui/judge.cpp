#include "judge.h"

#include "gui/notes_view.h"
#include "gui/picture.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QProgressBar>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <algorithm>

namespace test_support {
namespace {

QString told(const QWidget& widget, const QString& what)
{
    const auto* label = qobject_cast<const QLabel*>(&widget);
    const auto* button = qobject_cast<const QAbstractButton*>(&widget);
    const QString text = label != nullptr    ? label->text()
                         : button != nullptr ? button->text()
                                             : QString();
    return QStringLiteral("%1 %2 \"%3\" %4")
        .arg(QLatin1String(widget.metaObject()->className()), widget.objectName(), text, what);
}

QString sizes(const QSize& is, const QSize& needed)
{
    return QStringLiteral("is %1 x %2, needs %3 x %4")
        .arg(is.width())
        .arg(is.height())
        .arg(needed.width())
        .arg(needed.height());
}

/// What a person meets: no panels, and nothing that another widget is made of.
bool isControl(const QWidget& widget)
{
    if (qobject_cast<const QScrollBar*>(&widget) != nullptr) return false;
    return qobject_cast<const QAbstractButton*>(&widget) != nullptr ||
           qobject_cast<const QLabel*>(&widget) != nullptr ||
           qobject_cast<const QComboBox*>(&widget) != nullptr ||
           qobject_cast<const QListWidget*>(&widget) != nullptr ||
           qobject_cast<const QProgressBar*>(&widget) != nullptr ||
           qobject_cast<const gui::NotesView*>(&widget) != nullptr ||
           qobject_cast<const gui::Picture*>(&widget) != nullptr;
}

/// Children of `window` that are on the screen, those of other windows left out.
QList<QWidget*> shown(const QWidget& window)
{
    QList<QWidget*> result;
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        if (widget->window() == &window && widget->isVisible()) result << widget;
    }
    return result;
}

QString misfitOf(const QLabel& label)
{
    const QRect place = label.contentsRect();
    const int flags = int(label.alignment()) | (label.wordWrap() ? Qt::TextWordWrap : 0);
    const QSize needed = label.fontMetrics()
                             .boundingRect(QRect(0, 0, place.width(), 10'000), flags, label.text())
                             .size();
    constexpr int roundingPx = 1;
    if (needed.width() <= place.width() && needed.height() <= place.height() + roundingPx)
        return {};
    return told(label, sizes(place.size(), needed));
}

QString misfitOf(const QWidget& control)
{
    if (const auto* label = qobject_cast<const QLabel*>(&control)) return misfitOf(*label);
    if (qobject_cast<const QProgressBar*>(&control) != nullptr) return {}; // without text
    const bool isRigid = qobject_cast<const QAbstractButton*>(&control) != nullptr ||
                         qobject_cast<const QComboBox*>(&control) != nullptr;
    const QSize needed = isRigid ? control.sizeHint() : control.minimumSizeHint();
    if (control.width() >= needed.width() && control.height() >= needed.height()) return {};
    return told(control, sizes(control.size(), needed));
}

/// The part of its window, or of the page that scrolls up and down there, in which it must lie.
QRect roomOf(const QWidget& control, const QWidget& window)
{
    for (const QWidget* at = control.parentWidget(); at != nullptr; at = at->parentWidget()) {
        const QWidget* viewport = at->parentWidget();
        if (viewport == nullptr) break;
        const auto* area = qobject_cast<const QScrollArea*>(viewport->parentWidget());
        if (area != nullptr && area->widget() == at)
            return {at->mapTo(&window, QPoint()), QSize(viewport->width(), at->height())};
    }
    return window.rect();
}

QString sidewaysOf(const QWidget& widget)
{
    const auto* area = qobject_cast<const QAbstractScrollArea*>(&widget);
    if (area == nullptr || area->horizontalScrollBar()->maximum() == 0) return {};
    return told(widget, QStringLiteral("scrolls sideways"));
}

bool isReachable(const QWidget& widget)
{
    return widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus &&
           widget.focusProxy() == nullptr;
}

/// Rows are as high as a button.
bool isReadBefore(const QWidget* one, const QWidget* other)
{
    const QRect a(one->mapTo(one->window(), QPoint()), one->size());
    const QRect b(other->mapTo(other->window(), QPoint()), other->size());
    const bool isSameRow = a.top() < b.bottom() && b.top() < a.bottom();
    return isSameRow ? a.left() < b.left() : a.top() < b.top();
}

QStringList namesOf(const QList<QWidget*>& widgets)
{
    QStringList names;
    for (const QWidget* widget : widgets)
        names << told(*widget, {});
    return names;
}

QList<QWidget*> walked(QWidget& window, qsizetype limit)
{
    QList<QWidget*> order;
    for (qsizetype i = 0; i < limit; ++i) {
        QWidget* const at = window.focusWidget();
        if (at == nullptr || order.contains(at)) break;
        order << at;
        QTest::keyClick(at, Qt::Key_Tab);
    }
    return order;
}

void addActions(const QList<QAction*>& actions, QStringList& texts)
{
    for (const QAction* action : actions) {
        texts << action->text();
        if (action->menu() != nullptr) addActions(action->menu()->actions(), texts);
    }
}

} // namespace

QStringList misfitsOf(const QWidget& window)
{
    QStringList found;
    for (const QWidget* widget : shown(window)) {
        found << sidewaysOf(*widget);
        if (!isControl(*widget)) continue;
        found << misfitOf(*widget);
        const QRect place(widget->mapTo(&window, QPoint()), widget->size());
        if (!roomOf(*widget, window).contains(place))
            found << told(*widget, QStringLiteral("leaves its room"));
    }
    found.removeAll(QString());
    return found;
}

QStringList namelessOf(const QWidget& window)
{
    QStringList found;
    for (QWidget* widget : shown(window)) {
        if (!isControl(*widget)) continue;
        QAccessibleInterface* const reader = QAccessible::queryAccessibleInterface(widget);
        if (reader == nullptr || reader->text(QAccessible::Name).trimmed().isEmpty())
            found << told(*widget, QStringLiteral("has no name"));
    }
    return found;
}

QStringList tabFaultsOf(QWidget& window)
{
    QList<QWidget*> wanted;
    for (QWidget* widget : shown(window)) {
        if (isReachable(*widget)) wanted << widget;
    }
    if (wanted.isEmpty()) return {};
    std::sort(wanted.begin(), wanted.end(), isReadBefore);
    wanted.front()->setFocus(Qt::TabFocusReason);
    const QList<QWidget*> order = walked(window, wanted.size() + 2);
    if (order == wanted && window.focusWidget() == wanted.front()) return {};
    return QStringList{QStringLiteral("Tab goes")} + namesOf(order) +
           QStringList{QStringLiteral("instead of")} + namesOf(wanted);
}

QStringList textsOf(const QWidget& window)
{
    QStringList texts{window.windowTitle()};
    for (const QWidget* widget : shown(window)) {
        texts << widget->toolTip() << widget->accessibleName() << widget->accessibleDescription();
        if (const auto* label = qobject_cast<const QLabel*>(widget)) texts << label->text();
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
            texts << button->text();
        if (const auto* list = qobject_cast<const QListWidget*>(widget)) {
            for (int row = 0; row < list->count(); ++row)
                texts << list->item(row)->text();
        }
        if (const auto* chooser = qobject_cast<const QComboBox*>(widget)) {
            texts << chooser->placeholderText();
            for (int row = 0; row < chooser->count(); ++row)
                texts << chooser->itemText(row);
        }
    }
    for (const QMenu* menu : window.findChildren<QMenu*>())
        addActions(menu->actions(), texts);
    texts.removeAll(QString());
    return texts;
}

} // namespace test_support
