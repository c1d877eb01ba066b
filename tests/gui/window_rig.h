// A window on the real engine, real libusb and a virtual device, whose cable the test pulls.
#pragma once

#include "gui/customer_window.h"

#include <QPushButton>
#include <QTemporaryDir>

namespace test_support {

class WindowRig {
public:
    WindowRig();

    /// Waits until the scene is shown; fails the test if it does not come.
    bool sees(gui::Scene scene, int limitMs = 30'000);

    void openRelease(const char* name);
    /// Clicks as a person does: with the mouse, on a button that can be clicked.
    void click(const char* objectName);
    QString text(const char* objectName) const;
    bool isOffered(const char* objectName) const;

    /// A command of the virtual device's control socket; true if it was taken.
    static bool control(const QStringList& words);

    /// Where the window remembers its settings.
    QString settingsFile() const { return m_folder.filePath(QStringLiteral("settings.ini")); }

    gui::Session& session() { return m_session; }
    gui::CustomerWindow& window() { return m_window; }

private:
    QTemporaryDir m_folder;
    gui::Preferences m_preferences{settingsFile()};
    gui::Session m_session;
    gui::CustomerWindow m_window{m_session, m_preferences};
};

/// build/screenshots/flow-THEME-SCALE/STATE.png, looked at by people.
void photograph(QWidget& widget, const char* state);

} // namespace test_support
