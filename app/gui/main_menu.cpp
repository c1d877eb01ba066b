#include "gui/main_menu.h"

#include "gui/preferences.h"

#include <QActionGroup>

namespace gui {
namespace {

/// One of several; `choose` is called when a person takes it.
template <typename Choose>
void addChoice(QMenu& menu, QActionGroup& group, const QString& name, bool isChosen, Choose choose)
{
    QAction* action = menu.addAction(name, &menu, choose);
    action->setCheckable(true);
    action->setChecked(isChosen);
    group.addAction(action);
}

/// Only some desktops have a key of their own for it.
QKeySequence quitKeys()
{
    const QKeySequence own(QKeySequence::Quit);
    return own.isEmpty() ? QKeySequence(Qt::CTRL | Qt::Key_Q) : own;
}

} // namespace

MainMenu::MainMenu(Preferences& preferences, QWidget& window)
    : QMenu(&window), m_preferences(preferences), m_tools(new QActionGroup(this))
{
    addWish(tr("Open update file…"), QKeySequence::Open, &MainMenu::fileWanted);
    // Not QKeySequence::Refresh, which is Ctrl+R on some desktops: the recovery wizard has that.
    addWish(tr("Look again"), Qt::Key_F5, &MainMenu::lookWanted);
    addSeparator();
    addTools();
    addSettings();
    addSeparator();
    addWish(tr("What can I do?"), QKeySequence::HelpContents, &MainMenu::helpWanted);
    addWish(tr("Save report…"), QKeySequence::Save, &MainMenu::reportWanted);
    addWish(tr("Quit"), quitKeys(), &MainMenu::quitWanted);
    window.addActions(actions()); // so that the keys work while the menu is closed
}

QAction* MainMenu::addWish(const QString& text, const QKeySequence& keys, Wish wish)
{
    return addAction(text, keys, this, wish);
}

void MainMenu::addTools()
{
    m_tools->setExclusionPolicy(QActionGroup::ExclusionPolicy::None);
    m_tools->addAction(
        addWish(tr("Device inspector…"), Qt::CTRL | Qt::Key_I, &MainMenu::inspectorWanted));
    m_tools->addAction(
        addWish(tr("Recovery wizard…"), Qt::CTRL | Qt::Key_R, &MainMenu::recoveryWanted));
    m_tools->addAction(addSeparator());
    m_tools->setVisible(m_preferences.isTechnician()); // their keys work only while they are shown
}

void MainMenu::addSettings()
{
    addMenu(newThemeMenu());
    addMenu(newLanguageMenu());
    addMenu(newLogMenu());
    QAction* technician = addAction(tr("Technician mode"));
    technician->setObjectName(QStringLiteral("technician"));
    technician->setCheckable(true);
    technician->setChecked(m_preferences.isTechnician());
    connect(technician, &QAction::triggered, this, &MainMenu::setTechnician);
}

QMenu* MainMenu::newThemeMenu()
{
    auto* menu = new QMenu(tr("Colours"), this);
    auto* group = new QActionGroup(menu);
    const std::initializer_list<std::pair<Theme, QString>> themes{
        {Theme::System, tr("As the system")},
        {Theme::Light, tr("Light")},
        {Theme::Dark, tr("Dark")},
        {Theme::HighContrast, tr("High contrast")}};
    for (const auto& [theme, name] : themes) {
        addChoice(*menu, *group, name, m_preferences.theme() == theme, [this, theme = theme] {
            m_preferences.setTheme(theme);
            Q_EMIT themeChosen(theme);
        });
    }
    return menu;
}

/// Each language in its own name, so that nobody is lost in a foreign one.
QMenu* MainMenu::newLanguageMenu()
{
    auto* menu = new QMenu(tr("Language"), this);
    auto* group = new QActionGroup(menu);
    const std::initializer_list<std::pair<QString, QString>> languages{
        {QString(), tr("As the system")},
        {QStringLiteral("en"), QStringLiteral("English")},
        {QStringLiteral("de"), QStringLiteral("Deutsch")}};
    for (const auto& [language, name] : languages) {
        const bool isChosen = m_preferences.language() == language;
        addChoice(*menu, *group, name, isChosen, [this, language = language] {
            m_preferences.setLanguage(language);
            Q_EMIT languageChosen(language);
        });
    }
    return menu;
}

QMenu* MainMenu::newLogMenu()
{
    auto* menu = new QMenu(tr("Log level"), this);
    auto* group = new QActionGroup(menu);
    const std::initializer_list<std::pair<LogLevel, QString>> levels{
        {LogLevel::Errors, tr("Errors")},
        {LogLevel::Steps, tr("Steps")},
        {LogLevel::Everything, tr("Everything")}};
    for (const auto& [level, name] : levels) {
        addChoice(*menu, *group, name, m_preferences.logLevel() == level, [this, level = level] {
            m_preferences.setLogLevel(level);
            Q_EMIT logLevelChosen(level);
        });
    }
    return menu;
}

void MainMenu::setTechnician(bool isTechnician)
{
    m_preferences.setTechnician(isTechnician);
    m_tools->setVisible(isTechnician);
}

} // namespace gui
