// Puts palette, type and shapes on the whole application.
#pragma once

#include "gui/palette.h"

class QApplication;
class QWidget;

namespace gui {

/// What a widget is for, where its class does not say it. Buttons without one are secondary.
enum class WidgetRole : std::uint8_t {
    PrimaryButton, ///< the one thing to do; at most one in a window
    LinkButton,    ///< a QPushButton or QToolButton that looks like a link
    Card,          ///< a QFrame with its own surface
    MutedText,     ///< QLabels
    GoodText,
    CautionText,
    BadText,
};

/// May be called again at any time, for instance when a button becomes the primary one.
void setRole(QWidget& widget, WidgetRole role);

/// The look of everything: Fusion, palette and style sheet. May be called again at run time; with
/// System it reads the desktop's colours anew.
void applyTheme(QApplication& application, Theme theme, const QColor& accent = brandAccent());

/// What `applyTheme` set last; Light before.
const Palette& currentPalette();

/// Made from the palette alone.
QString styleSheet(const Palette& palette);

} // namespace gui
