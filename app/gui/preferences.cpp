#include "gui/preferences.h"

#include "gui/brand.h"

namespace gui {
namespace {

const QString themeKey = QStringLiteral("theme");
const QString languageKey = QStringLiteral("language");
const QString technicianKey = QStringLiteral("technician");
const QString logLevelKey = QStringLiteral("logLevel");
const QString geometryKey = QStringLiteral("geometry");

} // namespace

Preferences::Preferences()
    : m_settings(QSettings::IniFormat, QSettings::UserScope, brand().vendorName,
                 brand().updaterName)
{
}

Preferences::Preferences(const QString& file) : m_settings(file, QSettings::IniFormat)
{
}

Theme Preferences::theme() const
{
    const int value = m_settings.value(themeKey, 0).toInt();
    const bool isKnown = value >= 0 && value <= static_cast<int>(Theme::HighContrast);
    return isKnown ? static_cast<Theme>(value) : Theme::System;
}

void Preferences::setTheme(Theme theme)
{
    m_settings.setValue(themeKey, static_cast<int>(theme));
}

QString Preferences::language() const
{
    return m_settings.value(languageKey).toString();
}

void Preferences::setLanguage(const QString& language)
{
    m_settings.setValue(languageKey, language);
}

bool Preferences::isTechnician() const
{
    return m_showsToolsThisTime || m_settings.value(technicianKey, false).toBool();
}

void Preferences::setTechnician(bool isTechnician)
{
    m_showsToolsThisTime = false;
    m_settings.setValue(technicianKey, isTechnician);
}

LogLevel Preferences::logLevel() const
{
    const int value = m_settings.value(logLevelKey, 0).toInt();
    const bool isKnown = value >= 0 && value <= static_cast<int>(LogLevel::Everything);
    return isKnown ? static_cast<LogLevel>(value) : LogLevel::Errors;
}

void Preferences::setLogLevel(LogLevel level)
{
    m_settings.setValue(logLevelKey, static_cast<int>(level));
}

QByteArray Preferences::geometry() const
{
    return m_settings.value(geometryKey).toByteArray();
}

void Preferences::setGeometry(const QByteArray& geometry)
{
    m_settings.setValue(geometryKey, geometry);
}

} // namespace gui
