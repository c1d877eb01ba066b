#include "gui/app_style.h"

#include "gui/control_style.h"
#include "gui/focus_ring.h"

#include <QApplication>
#include <QEvent>
#include <QPointer>
#include <QStyle>
#include <QTimer>
#include <QVariant>
#include <QWidget>

namespace gui {

namespace {

constexpr const char* roleProperty = "h755Role";

// %1 background, %2 surface, %3 text, %4 muted, %5 accent, %6 onAccent, %7 border, %8 accent under
// the pointer, %9 accent pressed, %10 surface under the pointer, %11 surface pressed, %12 disabled
// text, %13 good, %14 caution, %15 bad, %16 what is not done yet
constexpr const char* rules = R"(
QPushButton {
    background: %2; color: %3; border: 1px solid %4; border-radius: 6px;
    padding: 7px 15px; min-height: 16px; min-width: 64px;
}
QPushButton:hover { background: %10; }
QPushButton:pressed { background: %11; }
QPushButton:disabled { background: %1; color: %12; border-color: %16; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; width: 0; }

QToolButton[popupMode="2"] {
    background: %2; color: %3; border: 1px solid %4; border-radius: 6px; padding: 5px 15px;
}
QToolButton[popupMode="2"]:hover { background: %10; }
QToolButton[popupMode="2"]:pressed { background: %11; }

QPushButton[h755Role="PrimaryButton"] {
    background: %5; color: %6; border-color: %5; font-weight: 600;
    padding: 7px 23px; min-width: 96px;
}
QPushButton[h755Role="PrimaryButton"]:hover { background: %8; border-color: %8; }
QPushButton[h755Role="PrimaryButton"]:pressed { background: %9; border-color: %9; }
QPushButton[h755Role="PrimaryButton"]:disabled { background: %16; color: %4; border-color: %16; }

QPushButton[h755Role="LinkButton"], QToolButton[h755Role="LinkButton"] {
    background: transparent; color: %5; border: none; min-width: 0;
    padding: 4px; text-decoration: underline;
}
QPushButton[h755Role="LinkButton"]:hover, QToolButton[h755Role="LinkButton"]:hover { color: %8; }
QPushButton[h755Role="LinkButton"]:pressed, QToolButton[h755Role="LinkButton"]:pressed {
    color: %9;
}

QProgressBar {
    background: %16; border: none; border-radius: 4px; min-height: 8px; max-height: 8px;
}
QProgressBar::chunk { background: %5; border-radius: 4px; }

QLineEdit {
    background: %2; color: %3; border: 1px solid %4; border-radius: 6px;
    padding: 3px 7px; min-height: 24px;
}
QTextEdit, QPlainTextEdit, QTableView, QTreeView, QListView {
    background: %2; color: %3; border: 1px solid %7; border-radius: 6px;
}
QListView::item { padding: 6px 0; }
QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus,
QTableView:focus, QTreeView:focus, QListView:focus { border: 2px solid %5; }
QLineEdit:focus { padding: 2px 6px; }
QLineEdit:disabled { color: %12; border-color: %16; }

QFrame[h755Role="Card"] { background: %2; border: 1px solid %7; border-radius: 6px; }

QLabel[h755Role="MutedText"] { color: %4; }
QLabel[h755Role="GoodText"] { color: %13; }
QLabel[h755Role="CautionText"] { color: %14; }
QLabel[h755Role="BadText"] { color: %15; }

QToolTip { background: %2; color: %3; border: 1px solid %4; padding: 4px; }
)";

QLatin1String nameOf(WidgetRole role)
{
    switch (role) {
    case WidgetRole::PrimaryButton: return QLatin1String("PrimaryButton");
    case WidgetRole::LinkButton: return QLatin1String("LinkButton");
    case WidgetRole::Card: return QLatin1String("Card");
    case WidgetRole::MutedText: return QLatin1String("MutedText");
    case WidgetRole::GoodText: return QLatin1String("GoodText");
    case WidgetRole::CautionText: return QLatin1String("CautionText");
    case WidgetRole::BadText: return QLatin1String("BadText");
    }
    return {};
}

Palette& sharedPalette()
{
    static Palette palette = paletteFor(Theme::Light, brandAccent());
    return palette;
}

// Without one of ours set, Qt tells the desktop's.
QPalette platformPalette()
{
    QApplication::setPalette(QPalette());
    return QApplication::palette();
}

/// Applies System anew when the desktop changes its colours.
class DesktopWatch final : public QObject {
public:
    /// While ours are set, changes are no news.
    class Pause {
    public:
        explicit Pause(bool& isPaused) : m_isPaused(isPaused) { m_isPaused = true; }
        ~Pause() { m_isPaused = false; }
        Pause(const Pause&) = delete;
        Pause& operator=(const Pause&) = delete;

    private:
        bool& m_isPaused;
    };

    static DesktopWatch& of(QApplication& application)
    {
        static QPointer<DesktopWatch> watch;
        if (watch == nullptr) watch = new DesktopWatch(application);
        return *watch;
    }

    Pause follow(Theme theme, const QColor& accent)
    {
        m_theme = theme;
        m_accent = accent;
        return Pause(m_isPaused);
    }

protected:
    bool eventFilter(QObject* /*watched*/, QEvent* event) override
    {
        const bool isNews = event->type() == QEvent::ApplicationPaletteChange && !m_isPaused;
        if (isNews && m_theme == Theme::System && !m_timer.isActive()) m_timer.start();
        return false;
    }

private:
    explicit DesktopWatch(QApplication& application) : QObject(&application)
    {
        application.installEventFilter(this);
        m_timer.setSingleShot(true); // not within the event, which other widgets still get
        connect(&m_timer, &QTimer::timeout, this,
                [this, &application] { applyTheme(application, m_theme, m_accent); });
    }

    Theme m_theme = Theme::System;
    QColor m_accent;
    bool m_isPaused = false;
    QTimer m_timer;
};

} // namespace

QString styleSheet(const Palette& palette)
{
    const auto name = [](const QColor& colour) { return colour.name(QColor::HexRgb); };
    // Towards the text colour, which is also away from `onAccent`: contrast can only grow.
    const auto towardsText = [&](const QColor& colour, double weight) {
        return name(mixed(colour, palette.text, weight));
    };
    QString sheet = QString::fromLatin1(rules);
    for (const QString& colour :
         {name(palette.background), name(palette.surface), name(palette.text), name(palette.muted),
          name(palette.accent), name(palette.onAccent), name(palette.border),
          towardsText(palette.accent, 0.15), towardsText(palette.accent, 0.3),
          towardsText(palette.surface, 0.06), towardsText(palette.surface, 0.12),
          name(mixed(palette.background, palette.muted, 0.6)), name(palette.good),
          name(palette.caution), name(palette.bad),
          name(mixed(palette.background, palette.muted, 0.25))}) {
        sheet = sheet.arg(colour);
    }
    return sheet;
}

void setRole(QWidget& widget, WidgetRole role)
{
    widget.setProperty(roleProperty, QVariant(nameOf(role)));
    // A style sheet looks at properties only when it polishes.
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
    widget.update();
}

void applyTheme(QApplication& application, Theme theme, const QColor& accent)
{
    const DesktopWatch::Pause pause = DesktopWatch::of(application).follow(theme, accent);
    const Theme effective = effectiveTheme(theme, platformPalette());
    sharedPalette() = paletteFor(effective, accent);
    QApplication::setStyle(new ControlStyle); // Qt deletes the one before
    QApplication::setPalette(toQPalette(currentPalette()));
    application.setStyleSheet(styleSheet(currentPalette()));
    FocusRing::install(application);
}

const Palette& currentPalette()
{
    return sharedPalette();
}

} // namespace gui
