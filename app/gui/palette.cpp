#include "gui/palette.h"

#include "gui/brand.h"

#include <QString>
#include <algorithm>
#include <cmath>

namespace gui {

namespace {

constexpr double readable = 4.5;     // WCAG 2.1, 1.4.3
constexpr double wellReadable = 7.0; // 1.4.6

double luminance(const QColor& colour)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    const QColor rgb = colour.toRgb();
    return 0.2126 * linear(rgb.redF()) + 0.7152 * linear(rgb.greenF()) +
           0.0722 * linear(rgb.blueF());
}

Palette light()
{
    return {.background = QColor(0xf5f7f9),
            .surface = QColor(0xffffff),
            .text = QColor(0x1b2430),
            .muted = QColor(0x566270),
            .accent = {},
            .onAccent = {},
            .good = QColor(0x1e7b45),
            .caution = QColor(0x9c5800),
            .bad = QColor(0xb3261e),
            .border = QColor(0xd3dae1)};
}

Palette dark()
{
    return {.background = QColor(0x15191e),
            .surface = QColor(0x1e242b),
            .text = QColor(0xe8ecf0),
            .muted = QColor(0xa3afbb),
            .accent = {},
            .onAccent = {},
            .good = QColor(0x5fce8b),
            .caution = QColor(0xf0b849),
            .bad = QColor(0xff8a80),
            .border = QColor(0x39434d)};
}

Palette highContrast()
{
    return {.background = QColor(Qt::black),
            .surface = QColor(Qt::black),
            .text = QColor(0xffffff),
            .muted = QColor(0xe0e0e0),
            .accent = {},
            .onAccent = {},
            .good = QColor(0x6dff9c),
            .caution = QColor(0xffd84d),
            .bad = QColor(0xffa19a),
            .border = QColor(0xffffff)};
}

Palette withoutAccent(Theme theme)
{
    switch (theme) {
    case Theme::Dark: return dark();
    case Theme::HighContrast: return highContrast();
    case Theme::System:
    case Theme::Light: break;
    }
    return light();
}

// Moves the lightness away from that of the grounds in steps of 1 % until both contrast enough.
QColor readableAccent(const QColor& accent, const Palette& palette, double wanted)
{
    const double step = luminance(palette.background) > 0.5 ? -0.01 : 0.01;
    float hue = 0;
    float saturation = 0;
    float lightness = 0;
    accent.getHslF(&hue, &saturation, &lightness);
    QColor result(accent.rgb());
    for (int i = 0; i <= 100; ++i) {
        const double least =
            std::min(contrast(result, palette.background), contrast(result, palette.surface));
        if (least >= wanted) return result;
        lightness = std::clamp(lightness + static_cast<float>(step), 0.0F, 1.0F);
        // As it is shown: QColor would keep 16 bits a channel.
        result = QColor(QColor::fromHslF(std::max(hue, 0.0F), saturation, lightness).rgb());
    }
    return result;
}

void setDisabled(QPalette& palette, const Palette& from)
{
    const QColor faint = mixed(from.background, from.muted, 0.6);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
        palette.setColor(QPalette::Disabled, role, faint);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, from.border);
}

} // namespace

double contrast(const QColor& one, const QColor& other)
{
    const auto [low, high] = std::minmax({luminance(one), luminance(other)});
    return (high + 0.05) / (low + 0.05);
}

QColor mixed(const QColor& from, const QColor& to, double weight)
{
    const auto between = [weight](int a, int b) {
        return static_cast<int>(std::lround(a + (b - a) * weight));
    };
    return {between(from.red(), to.red()), between(from.green(), to.green()),
            between(from.blue(), to.blue())};
}

QColor brandAccent()
{
    return QColor(brand().accent);
}

Palette paletteFor(Theme theme, const QColor& accent)
{
    Palette palette = withoutAccent(theme);
    const double wanted = theme == Theme::HighContrast ? wellReadable : readable;
    palette.accent = readableAccent(accent, palette, wanted);
    const QColor white(Qt::white);
    const QColor black(Qt::black);
    palette.onAccent =
        contrast(white, palette.accent) >= contrast(black, palette.accent) ? white : black;
    return palette;
}

Theme effectiveTheme(Theme wanted, const QPalette& platform)
{
    if (wanted != Theme::System) return wanted;
    const QColor window = platform.color(QPalette::Active, QPalette::Window);
    const QColor text = platform.color(QPalette::Active, QPalette::WindowText);
    // No ordinary dark desktop is pure white on pure black; those made for contrast are.
    if (window == QColor(Qt::black) && text == QColor(Qt::white)) return Theme::HighContrast;
    return window.lightnessF() < 0.5F ? Theme::Dark : Theme::Light;
}

QPalette toQPalette(const Palette& palette)
{
    QPalette result;
    result.setColor(QPalette::Window, palette.background);
    result.setColor(QPalette::WindowText, palette.text);
    result.setColor(QPalette::Base, palette.surface);
    result.setColor(QPalette::AlternateBase, mixed(palette.surface, palette.background, 0.6));
    result.setColor(QPalette::Text, palette.text);
    result.setColor(QPalette::PlaceholderText, palette.muted);
    result.setColor(QPalette::Button, palette.surface);
    result.setColor(QPalette::ButtonText, palette.text);
    result.setColor(QPalette::BrightText, palette.bad);
    result.setColor(QPalette::ToolTipBase, palette.surface);
    result.setColor(QPalette::ToolTipText, palette.text);
    result.setColor(QPalette::Highlight, palette.accent);
    result.setColor(QPalette::HighlightedText, palette.onAccent);
    result.setColor(QPalette::Link, palette.accent);
    result.setColor(QPalette::LinkVisited, palette.accent);
    result.setColor(QPalette::Light, mixed(palette.surface, palette.text, 0.05));
    result.setColor(QPalette::Midlight, mixed(palette.surface, palette.text, 0.1));
    result.setColor(QPalette::Mid, palette.border);
    result.setColor(QPalette::Dark, palette.muted);
    // Shadow, which nothing here draws with, stays the desktop's: with all roles set, Qt would not
    // tell when the desktop changes its colours.
    setDisabled(result, palette);
    return result;
}

} // namespace gui
