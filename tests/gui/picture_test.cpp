// The drawings and the widget that shows them.
#include "gui/app_style.h"
#include "gui/picture.h"
#include "pixels.h"

#include <QAccessible>
#include <QApplication>
#include <QFile>
#include <QPainter>
#include <QProxyStyle>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace gui;

namespace {

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QImage drawn(const QByteArray& svg)
{
    QImage image(240, 160, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QSvgRenderer renderer(svg);
    QPainter painter(&image);
    renderer.render(&painter);
    return image;
}

QSize viewBox(const QByteArray& svg)
{
    return QSvgRenderer(svg).viewBox().size();
}

void addPictures()
{
    QTest::addColumn<PictureId>("id");
    for (int i = 0; i < pictureCount; ++i) {
        const auto id = static_cast<PictureId>(i);
        QTest::newRow(qPrintable(picturePath(id))) << id;
    }
}

} // namespace

class PictureTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pictureIsASelfContainedDrawing_data() { addPictures(); }
    void pictureIsASelfContainedDrawing();
    void pictureTakesTheColoursOfTheTheme_data() { addPictures(); }
    void pictureTakesTheColoursOfTheTheme();
    void picturesDiffer();
    void tintsDoNotReplaceEachOther();
    void pictureFollowsTheTheme();
    void pictureFadesOnlyWithMotion();
    void pictureFadesOnlyIfTheDesktopMoves();
    void pictureIsSharpAtAnyScaling();
    void pictureIsAGraphicToAScreenReader();
    void iconsLoad();
};

void PictureTest::pictureIsASelfContainedDrawing()
{
    QFETCH(PictureId, id);
    const QByteArray svg = read(picturePath(id));
    QVERIFY(!svg.isEmpty());
    QCOMPARE(viewBox(svg), QSize(240, 160));
    const QString text = QString::fromUtf8(svg);
    static const QRegularExpression foreign(
        QStringLiteral("<image|<text|<style|<script|<foreignObject|href|data:|@import|<!DOCTYPE|"
                       "url\\((?!#)|http(?!://www\\.w3\\.org/2000/svg\")"));
    QVERIFY2(!foreign.match(text).hasMatch(), qPrintable(foreign.match(text).captured()));

    // Every colour is one of the placeholders: none survives the tint.
    Palette black;
    for (QColor Palette::*role :
         {&Palette::text, &Palette::muted, &Palette::accent, &Palette::surface, &Palette::good,
          &Palette::caution, &Palette::bad}) {
        black.*role = Qt::black;
    }
    static const QRegularExpression colour(
        QStringLiteral("(?:fill|stroke|stop-color|color)=\"(?!none|url\\(#|#000000\")[^\"]*\""));
    const QString tinted = QString::fromUtf8(tintedPicture(id, black));
    QVERIFY2(!colour.match(tinted).hasMatch(), qPrintable(colour.match(tinted).captured()));
}

void PictureTest::pictureTakesTheColoursOfTheTheme()
{
    QFETCH(PictureId, id);
    const QByteArray untinted = read(picturePath(id));
    QList<QImage> images{drawn(untinted)};
    for (const Theme theme : {Theme::Light, Theme::Dark}) {
        const Palette palette = paletteFor(theme, brandAccent());
        const QImage image = drawn(tintedPicture(id, palette));
        QVERIFY(pixelsWith(image, Qt::transparent) < 240 * 160 * 3 / 4);
        QVERIFY(pixelsWith(image, palette.surface) > 20);
        const int ink = pixelsWith(image, palette.text) + pixelsWith(image, palette.good);
        QVERIFY2(ink > 100, qPrintable(QString::number(ink)));
        for (const QImage& other : images)
            QVERIFY(image != other);
        images.append(image);
    }
}

void PictureTest::picturesDiffer()
{
    QSet<QString> paths;
    QSet<QByteArray> drawings;
    for (int i = 0; i < pictureCount; ++i) {
        const auto id = static_cast<PictureId>(i);
        paths.insert(picturePath(id));
        drawings.insert(read(picturePath(id)));
    }
    QCOMPARE(paths.size(), pictureCount);
    QCOMPARE(drawings.size(), pictureCount);
}

void PictureTest::tintsDoNotReplaceEachOther()
{
    Palette palette = paletteFor(Theme::Light, brandAccent());
    palette.text = QColor(0x77, 0x88, 0x99);  // looks like the placeholder of `muted`
    palette.muted = QColor(0x11, 0x22, 0x33); // and the other way round
    const QByteArray svg = tintedPicture(PictureId::Looking, palette);
    const QByteArray original = read(picturePath(PictureId::Looking));
    QCOMPARE(svg.count("#778899"), original.count("#112233"));
    QCOMPARE(svg.count("#112233"), original.count("#778899"));
    QVERIFY(svg.count("#112233") > 0);
}

void PictureTest::pictureFollowsTheTheme()
{
    applyTheme(*qApp, Theme::Light);
    Picture picture;
    picture.setPicture(PictureId::Problem);
    picture.resize(240, 160);
    const Palette light = currentPalette();
    QVERIFY(pixelsWith(seen(picture), light.caution) > 100);
    applyTheme(*qApp, Theme::Dark);
    QCoreApplication::processEvents();
    QVERIFY(pixelsWith(seen(picture), currentPalette().caution) > 100);
    QCOMPARE(pixelsWith(seen(picture), light.caution), 0);
    applyTheme(*qApp, Theme::Light);
}

void PictureTest::pictureFadesOnlyIfTheDesktopMoves()
{
    class StillDesktop final : public QProxyStyle {
    public:
        int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                      QStyleHintReturn* data) const override
        {
            if (hint == SH_Widget_Animation_Duration) return 0;
            return QProxyStyle::styleHint(hint, option, widget, data);
        }
    } still;
    Picture picture;
    picture.setStyle(&still);
    picture.resize(240, 160);
    picture.setPicture(PictureId::Looking);
    picture.show();
    QVERIFY(QTest::qWaitForWindowExposed(&picture));
    const QImage looking = seen(picture);
    picture.setPicture(PictureId::Done);
    const QImage done = seen(picture);
    QVERIFY(done != looking);
    QTest::qWait(250);
    QCOMPARE(seen(picture), done); // it was complete at once
}

void PictureTest::pictureFadesOnlyWithMotion()
{
    Picture picture;
    picture.resize(240, 160);
    picture.setPicture(PictureId::Done);
    picture.show();
    QVERIFY(QTest::qWaitForWindowExposed(&picture));
    const QImage done = seen(picture);
    picture.setMotion(false);
    picture.setPicture(PictureId::Looking);
    const QImage looking = seen(picture);
    QVERIFY(looking != done);
    picture.setMotion(true);
    picture.setPicture(PictureId::Done);
    QCOMPARE(picture.picture(), std::optional(PictureId::Done));
    QVERIFY(seen(picture) != done); // on its way
    QTRY_COMPARE_WITH_TIMEOUT(seen(picture), done, 2000);
}

void PictureTest::pictureIsSharpAtAnyScaling()
{
    Picture picture;
    picture.resize(240, 160);
    picture.setPicture(PictureId::UpToDate);
    QPixmap seenAtTwo(480, 320);
    seenAtTwo.setDevicePixelRatio(2);
    seenAtTwo.fill(Qt::black);
    picture.render(&seenAtTwo, QPoint(), QRegion(), QWidget::RenderFlags());
    QImage large(480, 320, QImage::Format_ARGB32_Premultiplied);
    large.fill(Qt::black);
    QSvgRenderer renderer(tintedPicture(PictureId::UpToDate, currentPalette()));
    QPainter painter(&large);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter);
    painter.end();
    large.setDevicePixelRatio(2);
    QCOMPARE(seenAtTwo.toImage().convertToFormat(QImage::Format_RGB32),
             large.convertToFormat(QImage::Format_RGB32));

    picture.resize(480, 160); // proportions stay: the sides are empty
    const QImage wide = seen(picture);
    const QColor ground = picture.palette().color(QPalette::Window);
    QCOMPARE(pixelsWith(wide.copy(0, 0, 118, 160), ground), 118 * 160);
    QCOMPARE(pixelsWith(wide.copy(362, 0, 118, 160), ground), 118 * 160);
    QVERIFY(pixelsWith(wide, currentPalette().good) > 100);
}

void PictureTest::pictureIsAGraphicToAScreenReader()
{
    Picture picture;
    picture.setDescription(QStringLiteral("A device"));
    QAccessibleInterface* const reader = QAccessible::queryAccessibleInterface(&picture);
    QVERIFY(reader != nullptr);
    QCOMPARE(reader->role(), QAccessible::Graphic);
    QCOMPARE(reader->text(QAccessible::Name), QStringLiteral("A device"));
}

void PictureTest::iconsLoad()
{
    for (const char* name : {"h755-updater.svg", "h755-updater-symbolic.svg"}) {
        const QString folder = QStringLiteral(H755_ICONS_DIR "/");
        const QImage image = drawn(read(folder + QLatin1String(name)));
        QVERIFY(pixelsWith(image, Qt::transparent) < 240 * 160);
    }
}

QTEST_MAIN(PictureTest)
#include "picture_test.moc"
