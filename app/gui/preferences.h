// What the program remembers between two starts. Nothing about devices.
#pragma once

#include "gui/log_level.h"
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

    /// Whether technicians' tools are shown.
    bool isTechnician() const;
    void setTechnician(bool isTechnician);
    /// Shows them until the program ends or `setTechnician`, without remembering it.
    void showToolsThisTime() { m_showsToolsThisTime = true; }

    LogLevel logLevel() const;
    void setLogLevel(LogLevel level);

    QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);

private:
    QSettings m_settings;
    bool m_showsToolsThisTime = false;
};

} // namespace gui
