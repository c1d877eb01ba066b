// The window's menu: what can be done, and the few settings that there are.
#pragma once

#include "gui/log_level.h"
#include "gui/palette.h"

#include <QMenu>

class QActionGroup;

namespace gui {

class Preferences;

class MainMenu final : public QMenu {
    Q_OBJECT

public:
    /// Settings are read from `preferences` and remembered there; it outlives the menu. The keys
    /// work in `window` while the menu is closed.
    MainMenu(Preferences& preferences, QWidget& window);

Q_SIGNALS:
    void fileWanted();
    void lookWanted();
    void helpWanted();
    void reportWanted();
    void quitWanted();
    void inspectorWanted(); ///< technicians only, like the next
    void recoveryWanted();
    void themeChosen(gui::Theme theme);
    void languageChosen(const QString& language);
    void logLevelChosen(gui::LogLevel level);

private:
    using Wish = void (MainMenu::*)();

    QAction* addWish(const QString& text, const QKeySequence& keys, Wish wish);
    void addTools();
    void addSettings();
    QMenu* newThemeMenu();
    QMenu* newLanguageMenu();
    QMenu* newLogMenu();
    void setTechnician(bool isTechnician);

    Preferences& m_preferences;
    QActionGroup* m_tools; ///< shown to technicians
};

} // namespace gui
