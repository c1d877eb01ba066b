// Every colour of the window. No other file names one.
#pragma once

#include <QColor>
#include <QPalette>
#include <array>
#include <cstdint>

namespace gui {

/// What the person chose in the menu.
enum class Theme : std::uint8_t { System, Light, Dark, HighContrast };

/// Colours by what they are for. All text roles can be read on `background` and on `surface`.
struct Palette {
    QColor background; ///< of the window
    QColor surface;    ///< of cards, fields and what lies on the background
    QColor text;
    QColor muted;    ///< text of second rank
    QColor accent;   ///< the brand's, made readable: primary button, links, focus
    QColor onAccent; ///< text on `accent`
    QColor good;
    QColor caution;
    QColor bad;
    QColor border; ///< of cards; that of controls is `muted`

    bool operator==(const Palette&) const = default;
};

/// WCAG 2.1 contrast of two opaque colours, 1 to 21.
double contrast(const QColor& one, const QColor& other);

/// The colour at `weight` (0 to 1) between `from` and `to`.
QColor mixed(const QColor& from, const QColor& to, double weight);

/// branding.json's accent.
QColor brandAccent();

/// `theme` System is taken for Light; see `effectiveTheme`. The accent keeps the brand's hue; its
/// lightness gives way until it has a contrast of 4.5 (HighContrast: 7).
Palette paletteFor(Theme theme, const QColor& accent);

/// Light, Dark or HighContrast. `platform` decides for System: the palette of the desktop, read
/// while none of ours is set (`applyTheme` does that).
Theme effectiveTheme(Theme wanted, const QPalette& platform);

/// For the widgets that Fusion draws.
QPalette toQPalette(const Palette& palette);

} // namespace gui
