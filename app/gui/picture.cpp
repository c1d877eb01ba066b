#include "gui/picture.h"

#include "gui/app_style.h"

#include <QAccessibleWidget>
#include <QEvent>
#include <QFile>
#include <QPainter>
#include <QStyle>
#include <algorithm>

namespace gui {

namespace {

constexpr int fadeMs = 180;

QLatin1String nameOf(PictureId id)
{
    switch (id) {
    case PictureId::Looking: return QLatin1String("looking");
    case PictureId::Connect: return QLatin1String("connect");
    case PictureId::ChooseDevice: return QLatin1String("choose-device");
    case PictureId::UpToDate: return QLatin1String("up-to-date");
    case PictureId::UpdateAvailable: return QLatin1String("update-available");
    case PictureId::Updating: return QLatin1String("updating");
    case PictureId::ConnectionLost: return QLatin1String("connection-lost");
    case PictureId::NeedsRepair: return QLatin1String("needs-repair");
    case PictureId::Done: return QLatin1String("done");
    case PictureId::Problem: return QLatin1String("problem");
    case PictureId::CableChargeOnly: return QLatin1String("cable-charge-only");
    case PictureId::Hub: return QLatin1String("hub");
    case PictureId::Permission: return QLatin1String("permission");
    case PictureId::Driver: return QLatin1String("driver");
    case PictureId::Busy: return QLatin1String("busy");
    case PictureId::Boot0Button: return QLatin1String("boot0-button");
    case PictureId::PowerCycle: return QLatin1String("power-cycle");
    case PictureId::Stlink: return QLatin1String("stlink");
    case PictureId::SlotPair: return QLatin1String("slot-pair");
    case PictureId::Report: return QLatin1String("report");
    }
    return {};
}

struct Placeholder {
    const char* colour;
    QColor Palette::*role;
};

constexpr std::array<Placeholder, 7> placeholders{{
    {"#112233", &Palette::text},
    {"#778899", &Palette::muted},
    {"#3377aa", &Palette::accent},
    {"#ffffff", &Palette::surface},
    {"#00aa00", &Palette::good},
    {"#dd8800", &Palette::caution},
    {"#cc2200", &Palette::bad},
}};

constexpr qsizetype colourLength = 7; // "#112233"

// An ordinary widget would be announced as a panel.
QAccessibleInterface* makeGraphic(const QString& className, QObject* object)
{
    if (className != QLatin1String(Picture::staticMetaObject.className())) return nullptr;
    return new QAccessibleWidget(static_cast<QWidget*>(object), QAccessible::Graphic);
}

QRectF fitted(const QSizeF& picture, const QRectF& place)
{
    QRectF result(QPointF(), picture.scaled(place.size(), Qt::KeepAspectRatio));
    result.moveCenter(place.center());
    return result;
}

} // namespace

QString picturePath(PictureId id)
{
    return QLatin1String(":/pictures/") + nameOf(id) + QLatin1String(".svg");
}

QByteArray tintedPicture(PictureId id, const Palette& palette)
{
    QFile file(picturePath(id));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QByteArray svg = file.readAll();
    // One pass: a colour that has been put in may look like another placeholder.
    for (qsizetype at = svg.indexOf('#'); at >= 0; at = svg.indexOf('#', at + 1)) {
        const QByteArrayView found =
            QByteArrayView(svg).sliced(at, std::min(colourLength, svg.size() - at));
        const auto match = std::find_if(placeholders.begin(), placeholders.end(),
                                        [&](const auto& entry) { return found == entry.colour; });
        if (match == placeholders.end()) continue;
        svg.replace(at, colourLength, (palette.*(match->role)).name(QColor::HexRgb).toLatin1());
    }
    return svg;
}

Picture::Picture(QWidget* parent) : QWidget(parent), m_palette(currentPalette())
{
    [[maybe_unused]] static const bool isInstalled =
        (QAccessible::installFactory(makeGraphic), true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_fade.setDuration(fadeMs);
    m_fade.setStartValue(0.0);
    m_fade.setEndValue(1.0);
    m_fade.setEasingCurve(QEasingCurve::InOutQuad);
    connect(&m_fade, &QVariantAnimation::valueChanged, this, [this] { update(); });
    connect(&m_fade, &QVariantAnimation::finished, this, [this] { m_previous = {}; });
}

void Picture::setPicture(PictureId id)
{
    if (m_id == id) return;
    m_previous = hasMotion() && m_id && isVisible() ? frame() : QPixmap();
    m_id = id;
    load();
    m_fade.stop();
    if (!m_previous.isNull()) m_fade.start();
}

std::optional<PictureId> Picture::picture() const
{
    return m_id;
}

void Picture::setDescription(const QString& description)
{
    setAccessibleName(description);
}

void Picture::setMotion(bool hasMotion)
{
    m_hasMotion = hasMotion;
    if (hasMotion) return;
    m_fade.stop();
    m_previous = {};
    update();
}

/// The desktop's own switch, as Qt knows it.
bool Picture::hasMotion() const
{
    return m_hasMotion &&
           style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
}

QSize Picture::sizeHint() const
{
    return {240, 160};
}

QSize Picture::minimumSizeHint() const
{
    return {120, 80};
}

void Picture::paintEvent(QPaintEvent* /*event*/)
{
    if (!m_id) return;
    QPainter painter(this);
    if (m_previous.isNull()) {
        paintPicture(painter);
        return;
    }
    const double shown = m_fade.currentValue().toDouble();
    painter.setOpacity(1 - shown);
    painter.drawPixmap(rect(), m_previous);
    // As a whole: single shapes with opacity would shine through each other.
    painter.setOpacity(shown);
    painter.drawPixmap(rect(), frame());
}

void Picture::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    const bool mayBeRecoloured =
        event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange;
    if (!mayBeRecoloured || m_palette == currentPalette()) return;
    m_palette = currentPalette();
    if (m_id) load();
}

void Picture::load()
{
    m_picture.load(tintedPicture(*m_id, m_palette));
    update();
}

void Picture::paintPicture(QPainter& painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    m_picture.render(&painter, fitted(m_picture.viewBoxF().size(), QRectF(rect())));
}

QPixmap Picture::frame() const
{
    const double ratio = devicePixelRatioF();
    QPixmap pixmap((QSizeF(size()) * ratio).toSize());
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintPicture(painter);
    return pixmap;
}

} // namespace gui
