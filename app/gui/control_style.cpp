#include "gui/control_style.h"

#include "gui/app_style.h"
#include "gui/type_scale.h"

#include <QAbstractButton>
#include <QPainter>
#include <QStyleOption>
#include <algorithm>
#include <array>

namespace gui {

namespace {

QColor fillOf(const QStyleOption& option)
{
    const Palette& palette = currentPalette();
    const bool isOn =
        option.state.testFlag(QStyle::State_On) || option.state.testFlag(QStyle::State_NoChange);
    if (!isOn) return palette.surface;
    return option.state.testFlag(QStyle::State_Enabled) ? palette.accent : palette.muted;
}

QColor outlineOf(const QStyleOption& option)
{
    const Palette& palette = currentPalette();
    if (!option.state.testFlag(QStyle::State_Enabled)) return palette.border;
    if (option.state.testFlag(QStyle::State_On)) return palette.accent;
    return option.state.testFlag(QStyle::State_MouseOver) ? palette.text : palette.muted;
}

QColor markOf(const QStyleOption& option)
{
    const Palette& palette = currentPalette();
    return option.state.testFlag(QStyle::State_Enabled) ? palette.onAccent : palette.surface;
}

QRectF squareIn(const QRect& place)
{
    const double side = std::min(place.width(), place.height()) - 1;
    QRectF result(0, 0, side, side);
    result.moveCenter(QRectF(place).center());
    return result;
}

void drawCheckBox(QPainter& painter, const QStyleOption& option)
{
    const QRectF box = squareIn(option.rect);
    painter.setPen(outlineOf(option));
    painter.setBrush(fillOf(option));
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(QPen(markOf(option), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&box](double x, double y) {
        return QPointF(box.x() + x * box.width(), box.y() + y * box.height());
    };
    if (option.state.testFlag(QStyle::State_On)) {
        const std::array tick{at(0.24, 0.52), at(0.43, 0.71), at(0.77, 0.30)};
        painter.drawPolyline(tick.data(), static_cast<int>(tick.size()));
    } else if (option.state.testFlag(QStyle::State_NoChange)) {
        painter.drawLine(at(0.28, 0.5), at(0.72, 0.5));
    }
}

void drawRadioButton(QPainter& painter, const QStyleOption& option)
{
    const QRectF box = squareIn(option.rect);
    painter.setPen(outlineOf(option));
    painter.setBrush(fillOf(option));
    painter.drawEllipse(box);
    if (!option.state.testFlag(QStyle::State_On)) return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(markOf(option));
    painter.drawEllipse(box.center(), box.width() * 0.2, box.width() * 0.2);
}

void drawChooser(QPainter& painter, const QStyleOption& option, const QPointF& arrow)
{
    const Palette& palette = currentPalette();
    const bool hasFocus = option.state.testFlag(QStyle::State_HasFocus);
    const double width = hasFocus ? 2 : 1;
    const double inset = width / 2;
    painter.setPen(QPen(hasFocus ? palette.accent : outlineOf(option), width));
    painter.setBrush(palette.surface);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(inset, inset, -inset, -inset), 6, 6);
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    painter.setPen(QPen(isEnabled ? palette.muted : palette.border, 2, Qt::SolidLine, Qt::RoundCap,
                        Qt::RoundJoin));
    const std::array chevron{arrow + QPointF(-4, -2), arrow + QPointF(0, 2),
                             arrow + QPointF(4, -2)};
    painter.drawPolyline(chevron.data(), static_cast<int>(chevron.size()));
}

} // namespace

ControlStyle::ControlStyle() : QProxyStyle(QStringLiteral("Fusion"))
{
}

void ControlStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                 QPainter* painter, const QWidget* widget) const
{
    // Keyboard focus has a ring around the button (focus_ring.h); Fusion's box would cross its
    // text.
    const bool isButton = qobject_cast<const QAbstractButton*>(widget) != nullptr;
    if (element == PE_FrameFocusRect && isButton) return;
    if (element != PE_IndicatorCheckBox && element != PE_IndicatorRadioButton) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (element == PE_IndicatorCheckBox) {
        drawCheckBox(*painter, *option);
    } else {
        drawRadioButton(*painter, *option);
    }
    painter->restore();
}

void ControlStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                      QPainter* painter, const QWidget* widget) const
{
    if (control != CC_ComboBox) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect arrow = subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
    drawChooser(*painter, *option, QRectF(arrow).center());
    painter->restore();
}

QSize ControlStyle::sizeFromContents(ContentsType type, const QStyleOption* option,
                                     const QSize& size, const QWidget* widget) const
{
    const QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    // As high as a button and a field; more if the font is.
    return type == CT_ComboBox ? result.expandedTo({0, result.height() + gridPx}) : result;
}

int ControlStyle::pixelMetric(PixelMetric metric, const QStyleOption* option,
                              const QWidget* widget) const
{
    switch (metric) {
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin: return 4; // a line of 2 and a gap of 2
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return 16;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

} // namespace gui
