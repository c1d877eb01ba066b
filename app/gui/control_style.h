// Fusion, where a style sheet is not enough.
#pragma once

#include <QProxyStyle>

namespace gui {

/// Check boxes, radio buttons and (not editable) choosers whose outline can be seen on every ground
/// (Fusion's is derived from the window's colour and vanishes on a dark one), and room around the
/// focus ring.
class ControlStyle final : public QProxyStyle {
    Q_OBJECT

public:
    ControlStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                            QPainter* painter, const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option,
                    const QWidget* widget) const override;
};

} // namespace gui
