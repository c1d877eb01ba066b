// What a widget looks like, in pixels.
#pragma once

#include <QImage>
#include <QPixmap>
#include <QWidget>

/// The widget as the person sees it, also if it is hidden.
inline QImage seen(QWidget& widget)
{
    return widget.grab().toImage().convertToFormat(QImage::Format_ARGB32);
}

inline int pixelsWith(const QImage& image, const QColor& colour)
{
    int found = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            found += image.pixelColor(x, y) == colour ? 1 : 0;
    }
    return found;
}
