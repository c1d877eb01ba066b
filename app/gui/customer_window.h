// The window that customers see: one device, one sentence, one button.
#pragma once

#include "gui/launcher_progress.h"
#include "gui/preferences.h"
#include "gui/session.h"

#include <QMainWindow>
#include <QTimer>

class QPushButton;

namespace gui {

class AccessRule;
class Header;
class HelpDialog;
class Inspector;
class MainMenu;
class Stage;

class CustomerWindow final : public QMainWindow {
    Q_OBJECT

public:
    /// Both outlive the window.
    CustomerWindow(Session& session, Preferences& preferences);
    ~CustomerWindow() override;

    /// A release file from the command line, a drop or another start; empty: only to the front.
    void openFile(const QString& file);
    void bringToFront();

    /// What is known; the session's changes come here by themselves.
    void showSituation(const Situation& situation);

Q_SIGNALS:
    void themeChosen(gui::Theme theme);
    void languageChosen(const QString& language);
    void logLevelChosen(gui::LogLevel level);

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void connectMenu();
    QWidget* newFooter();
    void showButtons(const Situation& situation);
    void callPerson(const Situation& situation);
    void primary();
    void secondary();
    void askForFile();
    void askAndUpdate();
    void explainNoWayBack();
    void copyProblem();
    void askForReport();
    void tellOfReport(const std::optional<updater::Error>& problem);
    void showHelp();
    void showInspector();
    void recover();
    void tellOfAccess(const QString& problem);

    Session& m_session;
    Preferences& m_preferences;
    MainMenu* m_menu;
    Header* m_header;
    Stage* m_stage;
    QPushButton* m_secondary;
    QPushButton* m_copy;
    QPushButton* m_report;
    QPushButton* m_primary;
    HelpDialog* m_help;
    AccessRule* m_access;
    Inspector* m_inspector = nullptr; ///< made when a technician wants it
    QTimer m_patience;                ///< until help is offered
    LauncherProgress m_launcher;
    std::optional<Scene> m_shown;
    bool m_closesWhenStopped = false;
};

} // namespace gui
