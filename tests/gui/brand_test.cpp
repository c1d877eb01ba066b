// A second brand (second-brand/branding.json) of the same window: all of it is the second one's.
#include "gui/access_rule.h"
#include "gui/app_style.h"
#include "gui/brand.h"
#include "gui/language.h"
#include "judge.h"
#include "pixels.h"
#include "still_window.h"
#include "window_rig.h"

#include <QApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>

using test_support::forEverything;
using test_support::StillWindow;

namespace {

/// A string of branding.json; the test's own, not what the program was built with.
QString told(const char* file, const char* key)
{
    QFile json(QString::fromUtf8(file));
    if (!json.open(QIODevice::ReadOnly)) qFatal("no %s", file);
    return QJsonDocument::fromJson(json.readAll()).object().value(QLatin1String(key)).toString();
}

QString first(const char* key)
{
    return told(H755_FIRST_BRAND, key);
}

QString second(const char* key)
{
    return told(H755_SECOND_BRAND, key);
}

QStringList firstNames()
{
    return {first("vendorName"), first("productName"), first("updaterName"), first("applicationId"),
            first("homepage")};
}

} // namespace

class BrandTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWindowNamesTheSecondBrand();
    void nothingNamesTheFirstBrand_data();
    void nothingNamesTheFirstBrand();
    void theAccentIsTheSecondBrands();
    void iconAndAccessRuleAreTheSecondBrands();
    void devicesOfTheFirstBrandAreStrangers();
};

void BrandTest::theWindowNamesTheSecondBrand()
{
    StillWindow still;
    gui::Situation nothing;
    nothing.hasLooked = true;
    still.show({QString(), nothing});
    const QStringList texts = test_support::textsOf(still.window());
    QCOMPARE(still.window().windowTitle(), second("updaterName"));
    QVERIFY(texts.contains(second("productName")));
    const QString plug = QStringLiteral("Plug your %1 into").arg(second("productName"));
    QVERIFY(!texts.filter(plug).isEmpty());
    QCOMPARE(gui::brand().vendorName, second("vendorName"));
    QCOMPARE(gui::brand().applicationId, second("applicationId"));
}

void BrandTest::nothingNamesTheFirstBrand_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("English") << QStringLiteral("en");
    QTest::newRow("German") << QStringLiteral("de");
}

void BrandTest::nothingNamesTheFirstBrand()
{
    QFETCH(QString, language);
    gui::installLanguage(*qApp, language);
    int read = 0;
    forEverything(test_support::usualSizePx, [&](QWidget& window, const QString& name) {
        for (const QString& text : test_support::textsOf(window)) {
            ++read;
            for (const QString& foreign : firstNames())
                QVERIFY2(!text.contains(foreign, Qt::CaseInsensitive), qPrintable(name + text));
        }
    });
    QVERIFY(read > 1'000);
    gui::installLanguage(*qApp, QStringLiteral("en"));
}

void BrandTest::theAccentIsTheSecondBrands()
{
    gui::applyTheme(*qApp, gui::Theme::Light);
    const QColor ours(second("accent"));
    const QColor theirs(first("accent"));
    QVERIFY(ours != theirs);
    StillWindow still;
    gui::Situation problem;
    problem.failure = updater::Error{updater::ErrorCode::NoDevice, "test"};
    still.show({QString(), problem});
    const QImage image = still.window().grab().toImage();
    QVERIFY(pixelsWith(image, ours) > 2'000); // the button
    QCOMPARE(pixelsWith(image, theirs), 0);
}

void BrandTest::iconAndAccessRuleAreTheSecondBrands()
{
    const QImage icon = QIcon(QStringLiteral(":/brand/icon.svg")).pixmap(64, 64).toImage();
    QVERIFY(pixelsWith(icon, QColor(second("accent"))) > 1'000);
    QCOMPARE(pixelsWith(icon, QColor(first("accent"))), 0);
    QFile rule(QStringLiteral(":/brand/access.rules"));
    QVERIFY(rule.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(rule.readAll());
    QVERIFY(text.contains(second("productName")) && !text.contains(first("productName")));
    QVERIFY(text.contains(QLatin1String("\"0011\"")) && text.contains(QLatin1String("\"0012\"")));
    QCOMPARE(gui::AccessRule::installedFile(), // beside the first brand's, not in its place
             QStringLiteral("/etc/udev/rules.d/70-%1.rules").arg(second("applicationId")));
}

/// The virtual device beside this program has the first brand's USB ids.
void BrandTest::devicesOfTheFirstBrandAreStrangers()
{
    test_support::WindowRig rig;
    QVERIFY(rig.sees(gui::Scene::NothingConnected));
    QTest::qWait(500);
    QCOMPARE(rig.session().scene(), gui::Scene::NothingConnected);
}

QTEST_MAIN(BrandTest)
#include "brand_test.moc"
