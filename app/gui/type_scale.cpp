#include "gui/type_scale.h"

#include <QGuiApplication>
#include <cmath>

namespace gui {

double scaleOf(TypeSize size)
{
    switch (size) {
    case TypeSize::Caption: return 0.85;
    case TypeSize::Body: return 1.0;
    case TypeSize::Lead: return 1.25;
    case TypeSize::Title: return 1.6;
    }
    return 1.0;
}

QFont scaledFont(TypeSize size)
{
    QFont font = QGuiApplication::font();
    const double scale = scaleOf(size);
    // A platform gives either points or pixels; the other one is -1.
    if (font.pointSizeF() > 0) {
        font.setPointSizeF(font.pointSizeF() * scale);
    } else {
        font.setPixelSize(static_cast<int>(std::lround(font.pixelSize() * scale)));
    }
    if (size == TypeSize::Title) font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace gui
