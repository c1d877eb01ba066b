#include "gui/focus_ring.h"

#include "gui/app_style.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFocusEvent>
#include <QPainter>

namespace gui {

namespace {

class Frame final : public QFocusFrame {
public:
    using QFocusFrame::QFocusFrame;

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(currentPalette().text, 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);
    }
};

bool isByKeyboard(Qt::FocusReason reason)
{
    return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
           reason == Qt::ShortcutFocusReason;
}

} // namespace

void FocusRing::install(QApplication& application)
{
    if (application.findChild<FocusRing*>(QString(), Qt::FindDirectChildrenOnly) != nullptr) return;
    new FocusRing(application);
}

FocusRing::FocusRing(QApplication& application) : QObject(&application)
{
    application.installEventFilter(this);
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event)
{
    // Fields and lists draw their own frame; buttons have only this one.
    auto* const button = qobject_cast<QAbstractButton*>(watched);
    if (button == nullptr) return false;
    if (event->type() == QEvent::FocusIn &&
        isByKeyboard(static_cast<QFocusEvent*>(event)->reason())) {
        if (m_frame == nullptr) m_frame = new Frame(button->window());
        m_frame->setWidget(button);
    }
    if (event->type() == QEvent::FocusOut && m_frame != nullptr) m_frame->setWidget(nullptr);
    return false;
}

} // namespace gui
