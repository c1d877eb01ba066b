// Colours, controls and sizes of text.
#include "gui/app_style.h"
#include "gui/type_scale.h"
#include "pixels.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTest>

using namespace gui;

namespace {

constexpr std::array themes{Theme::Light, Theme::Dark, Theme::HighContrast};

const QStringList& accents()
{
    static const QStringList names{brandAccent().name(),      QStringLiteral("#ffff00"),
                                   QStringLiteral("#000000"), QStringLiteral("#ffffff"),
                                   QStringLiteral("#808080"), QStringLiteral("#0000ff"),
                                   QStringLiteral("#e30613"), QStringLiteral("#00d084")};
    return names;
}

// As WCAG 2.1, 1.4.11 demands it of the shape of a control.
int pixelsThatStandOut(const QImage& image)
{
    int found = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            const bool standsOut = contrast(pixel, currentPalette().surface) >= 3 &&
                                   contrast(pixel, currentPalette().background) >= 3;
            found += standsOut ? 1 : 0;
        }
    }
    return found;
}

} // namespace

class LookTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void contrastIsThatOfWcag();
    void everyTextCanBeRead_data();
    void everyTextCanBeRead();
    void aReadableAccentStaysTheBrands();
    void theDesktopDecidesForSystem();
    void systemIsReadAnewAfterOurs();
    void systemFollowsTheDesktopWhileTheWindowIsOpen();
    void theStyleSheetUsesOnlyThePalette();
    void controlsHaveAnOutlineInEveryTheme();
    void aFocusRingFollowsTheKeyboard();
    void sizesScaleWithThePlatform();
};

void LookTest::contrastIsThatOfWcag()
{
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrast(Qt::white, Qt::black), 21.0);
    QCOMPARE(contrast(Qt::red, Qt::red), 1.0);
    // The grey of the WCAG examples that just passes on white.
    QVERIFY(qAbs(contrast(QColor(0x76, 0x76, 0x76), Qt::white) - 4.54) < 0.005);
}

void LookTest::everyTextCanBeRead_data()
{
    QTest::addColumn<Theme>("theme");
    QTest::addColumn<QString>("accent");
    for (const Theme theme : themes) {
        for (const QString& accent : accents()) {
            QTest::addRow("theme %d, accent %s", static_cast<int>(theme), qPrintable(accent))
                << theme << accent;
        }
    }
}

void LookTest::everyTextCanBeRead()
{
    QFETCH(Theme, theme);
    QFETCH(QString, accent);
    const Palette palette = paletteFor(theme, QColor(accent));
    const double wanted = theme == Theme::HighContrast ? 7.0 : 4.5;
    for (const QColor& ground : {palette.background, palette.surface}) {
        for (const QColor& text : {palette.text, palette.muted, palette.accent, palette.good,
                                   palette.caution, palette.bad}) {
            QVERIFY2(contrast(text, ground) >= wanted,
                     qPrintable(text.name() + QLatin1String(" on ") + ground.name()));
        }
    }
    QVERIFY(contrast(palette.onAccent, palette.accent) >= 4.5);
    // Under the pointer and pressed, as in the style sheet.
    for (const double weight : {0.15, 0.3}) {
        const QColor button = mixed(palette.accent, palette.text, weight);
        QVERIFY(contrast(palette.onAccent, button) >= 4.5);
    }
}

void LookTest::aReadableAccentStaysTheBrands()
{
    QCOMPARE(paletteFor(Theme::Light, QColor(0x2f, 0x6f, 0x8f)).accent.name(),
             QStringLiteral("#2f6f8f"));
    const QColor yellow(0xff, 0xff, 0x00);
    QVERIFY(qAbs(paletteFor(Theme::Light, yellow).accent.hslHue() - yellow.hslHue()) <= 2);
    QCOMPARE(paletteFor(Theme::Dark, yellow).accent.name(), yellow.name());
}

void LookTest::theDesktopDecidesForSystem()
{
    const auto desktop = [](const QColor& window, const QColor& text) {
        QPalette palette;
        palette.setColor(QPalette::Window, window);
        palette.setColor(QPalette::WindowText, text);
        return palette;
    };
    const QPalette bright = desktop(QColor(239, 239, 239), Qt::black);
    const QPalette gloomy = desktop(QColor(35, 38, 41), QColor(252, 252, 252));
    QCOMPARE(effectiveTheme(Theme::System, bright), Theme::Light);
    QCOMPARE(effectiveTheme(Theme::System, gloomy), Theme::Dark);
    QCOMPARE(effectiveTheme(Theme::System, desktop(Qt::black, Qt::white)), Theme::HighContrast);
    QCOMPARE(effectiveTheme(Theme::Light, gloomy), Theme::Light);
    QCOMPARE(effectiveTheme(Theme::HighContrast, bright), Theme::HighContrast);
}

void LookTest::systemIsReadAnewAfterOurs()
{
    applyTheme(*qApp, Theme::System);
    const Palette before = currentPalette();
    applyTheme(*qApp, Theme::Dark);
    QCOMPARE(currentPalette(), paletteFor(Theme::Dark, brandAccent()));
    QCOMPARE(QApplication::palette().color(QPalette::Window), currentPalette().background);
    applyTheme(*qApp, Theme::System);
    QCOMPARE(currentPalette(), before);
    QCOMPARE(before, paletteFor(Theme::Light, brandAccent())); // offscreen is bright
}

/// The offscreen desktop is bright for ever; that it is asked again is seen by our palette's
/// return.
void LookTest::systemFollowsTheDesktopWhileTheWindowIsOpen()
{
    const QPalette desktops(QColor(35, 38, 41));
    applyTheme(*qApp, Theme::System);
    QVERIFY(QApplication::palette().color(QPalette::Window) == currentPalette().background);
    QApplication::setPalette(desktops);
    QTRY_COMPARE(QApplication::palette().color(QPalette::Window), currentPalette().background);

    applyTheme(*qApp, Theme::Dark); // chosen by the person: nothing is followed
    QApplication::setPalette(desktops);
    QTest::qWait(50);
    QCOMPARE(QApplication::palette().color(QPalette::Window), QColor(35, 38, 41));
    applyTheme(*qApp, Theme::Light);
    // What makes Qt tell of it at all.
    const QPalette ours = toQPalette(currentPalette());
    QVERIFY(!ours.isBrushSet(QPalette::Active, QPalette::Shadow));
}

void LookTest::theStyleSheetUsesOnlyThePalette()
{
    for (const Theme theme : themes) {
        const Palette palette = paletteFor(theme, brandAccent());
        QVERIFY(!styleSheet(palette).contains(QLatin1Char('%')));
        QVERIFY(styleSheet(palette).contains(palette.accent.name()));
    }
    // Whatever is mixed from black alone is black.
    const QColor black(Qt::black);
    QString sheet =
        styleSheet({black, black, black, black, black, black, black, black, black, black});
    QVERIFY(sheet.count(black.name()) > 20);
    sheet.remove(black.name());
    QVERIFY(!sheet.contains(QLatin1Char('#')));

    applyTheme(*qApp, Theme::Light);
    QPushButton button;
    button.resize(160, 40);
    const QImage plain = seen(button);
    setRole(button, WidgetRole::PrimaryButton);
    QVERIFY(pixelsWith(seen(button), currentPalette().accent) > 1000);
    QCOMPARE(pixelsWith(plain, currentPalette().accent), 0);
}

void LookTest::controlsHaveAnOutlineInEveryTheme()
{
    for (const Theme theme : themes) {
        applyTheme(*qApp, theme);
        QCheckBox checkBox;
        QRadioButton radioButton;
        QComboBox chooser;
        QLineEdit field;
        for (QWidget* widget :
             std::initializer_list<QWidget*>{&checkBox, &radioButton, &chooser, &field}) {
            widget->resize(120, 32);
            QVERIFY2(pixelsThatStandOut(seen(*widget)) >= 24, widget->metaObject()->className());
        }
        QCOMPARE(pixelsWith(seen(checkBox), currentPalette().accent), 0);
        checkBox.setChecked(true);
        QVERIFY(pixelsWith(seen(checkBox), currentPalette().accent) > 60);
    }
    applyTheme(*qApp, Theme::Light);
}

void LookTest::aFocusRingFollowsTheKeyboard()
{
    applyTheme(*qApp, Theme::Light);
    QWidget window;
    window.resize(240, 120);
    QPushButton button(&window);
    button.setGeometry(40, 40, 120, 32);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    // Beside the button, where nothing else draws.
    const auto ring = [&] {
        QCoreApplication::processEvents();
        return pixelsWith(seen(window).copy(60, 34, 80, 6), currentPalette().text);
    };
    button.clearFocus();
    QCOMPARE(ring(), 0);
    button.setFocus(Qt::MouseFocusReason);
    QCOMPARE(ring(), 0);
    button.clearFocus();
    button.setFocus(Qt::TabFocusReason);
    QVERIFY(ring() > 80);
    button.clearFocus();
    QCOMPARE(ring(), 0);
}

void LookTest::sizesScaleWithThePlatform()
{
    const QFont before = QApplication::font();
    QFont points = before;
    points.setPointSizeF(20);
    QApplication::setFont(points);
    QCOMPARE(scaledFont(TypeSize::Caption).pointSizeF(), 17.0);
    QCOMPARE(scaledFont(TypeSize::Body).pointSizeF(), 20.0);
    QCOMPARE(scaledFont(TypeSize::Lead).pointSizeF(), 25.0);
    QCOMPARE(scaledFont(TypeSize::Title).pointSizeF(), 32.0);
    QFont pixels = before;
    pixels.setPixelSize(20);
    QApplication::setFont(pixels);
    QCOMPARE(scaledFont(TypeSize::Lead).pixelSize(), 25);
    QApplication::setFont(before);
}

QTEST_MAIN(LookTest)
#include "look_test.moc"
