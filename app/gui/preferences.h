// What the program remembers between two starts. Nothing about devices.
#pragma once

#include "gui/palette.h"

#include <QByteArray>
#include <QSettings>

namespace gui {

class Preferences {
public:
    /// In the platform's place for this brand, or in `file` for tests.
    Preferences();
    explicit Preferences(const QString& file);

    Theme theme() const;
    void setTheme(Theme theme);

    /// "en", "de"; empty: the system's.
    QString language() const;
    void setLanguage(const QString& language);

    QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);

private:
    QSettings m_settings;
};

} // namespace gui
