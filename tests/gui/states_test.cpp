// Every state of the window, in every theme: nothing is cut, nothing is untranslated, everything
// can be reached and read out. ctest runs it at several scalings (QT_SCALE_FACTOR).
#include "gui/app_style.h"
#include "gui/brand.h"
#include "gui/language.h"
#include "judge.h"
#include "still_window.h"

#include <QApplication>
#include <QDir>
#include <QProgressBar>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using gui::Theme;
using test_support::forEverything;
using test_support::smallestSizePx;
using test_support::State;
using test_support::StillWindow;
using test_support::usualSizePx;

namespace {

/// One line in the log for each fault; true if there was none.
class Verdict {
public:
    void add(const QString& where, const QStringList& faults)
    {
        for (const QString& fault : faults)
            qWarning("%s: %s", qPrintable(where), qPrintable(fault));
        m_isGood = m_isGood && faults.isEmpty();
    }
    bool isGood() const { return m_isGood; }

private:
    bool m_isGood = true;
};

/// What is no text of ours: names, numbers, codes, languages in their own words.
bool isData(const QString& line)
{
    static const QRegularExpression data(
        QStringLiteral("^(HX-\\d{4}|[0-9A-F]{24}|English|Deutsch|\\d+ %)$"));
    return line.isEmpty() || line == gui::brand().productName ||
           line.startsWith(gui::brand().updaterName) || data.match(line).hasMatch();
}

QStringList untranslated(const QStringList& texts)
{
    static const QRegularExpression lead(QStringLiteral("^(\\d+\\. |\\d+ % – )"));
    QStringList found;
    for (const QString& text : texts) {
        for (QString line : text.split(QLatin1Char('\n'))) {
            line.remove(lead);
            if (!line.startsWith(QLatin1Char('[')) && !isData(line)) found << line;
        }
    }
    return found;
}

int scalePercent()
{
    return qRound(qApp->devicePixelRatio() * 100);
}

/// Of the errors, which differ in words only, one.
bool isWorthALook(const QString& state)
{
    return !state.startsWith(QLatin1String("HX-")) || state == QLatin1String("HX-0801");
}

bool isTelling(const QString& state)
{
    static const QStringList telling{QStringLiteral("choose-device"), QStringLiteral("updating"),
                                     QStringLiteral("update-available"),
                                     QStringLiteral("problem-permission"),
                                     QStringLiteral("help-1")};
    return telling.contains(state);
}

} // namespace

class StatesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void nothingIsCut_data();
    void nothingIsCut();
    void everyTextIsTranslated();
    void everythingHasAName();
    void tabReachesEverythingInReadingOrder();
    void progressIsAnnouncedInWholeSteps();
    void photographs_data();
    void photographs();
};

void StatesTest::init()
{
    gui::applyTheme(*qApp, Theme::Light);
    gui::installLanguage(*qApp, QStringLiteral("en"));
}

void StatesTest::nothingIsCut_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<Theme>("theme");
    QTest::addColumn<QSize>("size");
    const auto add = [](const char* language, Theme theme, QSize size) {
        QTest::addRow("%s, theme %d, %d px", language, int(theme), size.width())
            << QString::fromLatin1(language) << theme << size;
    };
    for (const QSize size : {usualSizePx, smallestSizePx}) {
        for (const Theme theme : {Theme::Light, Theme::Dark, Theme::HighContrast})
            add("pseudo", theme, size);
        add("de", Theme::Light, size);
        add("en", Theme::Light, size);
    }
}

void StatesTest::nothingIsCut()
{
    QFETCH(QString, language);
    QFETCH(Theme, theme);
    QFETCH(QSize, size);
    gui::applyTheme(*qApp, theme);
    gui::installLanguage(*qApp, language);
    Verdict verdict;
    forEverything(size, [&](QWidget& window, const QString& name) {
        verdict.add(name, test_support::misfitsOf(window));
        if (window.isWindow() && !window.isModal()) QCOMPARE(window.size(), size);
    });
    QVERIFY(verdict.isGood());
}

void StatesTest::everyTextIsTranslated()
{
    gui::installLanguage(*qApp, QStringLiteral("pseudo"));
    Verdict verdict;
    forEverything(usualSizePx, [&](QWidget& window, const QString& name) {
        const QStringList texts = test_support::textsOf(window);
        QVERIFY(texts.size() > 3);
        verdict.add(name, untranslated(texts));
    });
    QVERIFY(verdict.isGood());
    QCOMPARE(untranslated({QStringLiteral("1. forgotten")}),
             QStringList(QStringLiteral("forgotten")));
}

void StatesTest::everythingHasAName()
{
    Verdict verdict;
    forEverything(usualSizePx, [&](QWidget& window, const QString& name) {
        verdict.add(name, test_support::namelessOf(window));
    });
    QVERIFY(verdict.isGood());
}

void StatesTest::tabReachesEverythingInReadingOrder()
{
    Verdict verdict;
    forEverything(usualSizePx, [&](QWidget& window, const QString& name) {
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        verdict.add(name, test_support::tabFaultsOf(window));
    });
    QVERIFY(verdict.isGood());
}

/// QProgressBar tells screen readers whatever it signals: a thousand values must not make a screen
/// reader talk a thousand times.
void StatesTest::progressIsAnnouncedInWholeSteps()
{
    std::vector<State> states = test_support::everyState();
    const auto updating = std::find_if(states.begin(), states.end(), [](const State& state) {
        return state.name == QLatin1String("updating");
    });
    QVERIFY(updating != states.end());
    StillWindow still;
    QSignalSpy announced(still.window().findChild<QProgressBar*>(), &QProgressBar::valueChanged);
    for (std::uint16_t permille = 0; permille <= 1000; ++permille) {
        updating->situation.running->permille = permille;
        still.show(*updating);
    }
    QVERIFY2(announced.size() >= 99 && announced.size() <= 101,
             qPrintable(QString::number(announced.size())));
}

void StatesTest::photographs_data()
{
    QTest::addColumn<Theme>("theme");
    QTest::addColumn<QString>("name");
    QTest::newRow("light") << Theme::Light << QStringLiteral("light");
    if (scalePercent() != 100 && scalePercent() != 200) return;
    QTest::newRow("dark") << Theme::Dark << QStringLiteral("dark");
    QTest::newRow("contrast") << Theme::HighContrast << QStringLiteral("contrast");
}

/// build/screenshots/THEME-SCALE/STATE.png, looked at by people.
void StatesTest::photographs()
{
    QFETCH(Theme, theme);
    QFETCH(QString, name);
    const QString folder = QStringLiteral("%1/%2-%3")
                               .arg(qEnvironmentVariable("H755_SCREENSHOTS"), name)
                               .arg(scalePercent());
    QVERIFY(QDir().mkpath(folder));
    gui::applyTheme(*qApp, theme);
    const bool isAll =
        scalePercent() % 100 == 0 && scalePercent() <= 200 && theme != Theme::HighContrast;
    forEverything(usualSizePx, [&](QWidget& window, const QString& state) {
        if (!(isAll ? isWorthALook(state) : isTelling(state))) return;
        constexpr int quickly = 80; // little compression
        const QString file = QStringLiteral("%1/%2.png").arg(folder, state);
        QVERIFY(window.grab().save(file, "PNG", quickly));
    });
}

QTEST_MAIN(StatesTest)
#include "states_test.moc"
