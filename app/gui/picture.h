// One drawing of the family in resources/pictures, in the colours of the theme.
#pragma once

#include "gui/palette.h"

#include <QSvgRenderer>
#include <QVariantAnimation>
#include <QWidget>
#include <optional>

namespace gui {

enum class PictureId : std::uint8_t {
    Looking,
    Connect,
    ChooseDevice,
    UpToDate,
    UpdateAvailable,
    Updating,
    ConnectionLost,
    NeedsRepair,
    Done,
    Problem,
    CableChargeOnly,
    Hub,
    Permission,
    Driver,
    Busy,
    Boot0Button,
    PowerCycle,
    Stlink,
    SlotPair,
    Report, ///< last: `pictureCount`
};

inline constexpr int pictureCount = static_cast<int>(PictureId::Report) + 1;

/// The resource, ":/pictures/....svg".
QString picturePath(PictureId id);

/// The SVG with its placeholder colours (resources/pictures/README.md) replaced by `palette`'s.
QByteArray tintedPicture(PictureId id, const Palette& palette);

/// Follows `applyTheme` by itself; keeps the proportions and stays crisp at any scaling.
class Picture final : public QWidget {
    Q_OBJECT

public:
    explicit Picture(QWidget* parent = nullptr);

    /// Cross-fades in 180 ms if it is another one and motion is on.
    void setPicture(PictureId id);
    std::optional<PictureId> picture() const;

    /// What a screen reader says; pictures that only repeat the text beside them need none.
    void setDescription(const QString& description);

    /// False where nothing may move; no picture does where the desktop is set to reduced motion.
    void setMotion(bool hasMotion);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    bool hasMotion() const;
    void load();
    void paintPicture(QPainter& painter) const;
    QPixmap frame() const;

    std::optional<PictureId> m_id;
    Palette m_palette;
    bool m_hasMotion = true;
    mutable QSvgRenderer m_picture; ///< render() is not const
    QPixmap m_previous;             ///< what is fading away
    QVariantAnimation m_fade;
};

} // namespace gui
