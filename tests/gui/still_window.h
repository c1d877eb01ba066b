// A window that no engine moves: tests put it into every state that there is.
#pragma once

#include "every_state.h"
#include "gui/customer_window.h"
#include "gui/help_dialog.h"
#include "gui/picture.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>

namespace test_support {

inline constexpr QSize usualSizePx(760, 520);
inline constexpr QSize smallestSizePx(560, 420);
inline constexpr std::array topics{gui::HelpTopic::Cable, gui::HelpTopic::Hub,
                                   gui::HelpTopic::Permission, gui::HelpTopic::Driver,
                                   gui::HelpTopic::Busy};

/// A layout may ask for another one.
inline void settle()
{
    for (int i = 0; i < 3; ++i)
        QCoreApplication::processEvents();
}

/// A window that no engine moves.
class StillWindow {
public:
    StillWindow()
    {
        for (auto* picture : m_window.findChildren<gui::Picture*>())
            picture->setMotion(false);
        m_window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&m_window));
    }

    void show(const State& state, QSize size = usualSizePx)
    {
        m_window.resize(size);
        m_window.showSituation(state.situation);
        settle();
    }

    gui::CustomerWindow& window() { return m_window; }
    gui::HelpDialog& help() { return *m_window.findChild<gui::HelpDialog*>(); }

private:
    QTemporaryDir m_folder;
    gui::Preferences m_preferences{m_folder.filePath(QStringLiteral("settings.ini"))};
    gui::Session m_session{[]() -> updater::Result<std::unique_ptr<updater::UsbTransport>> {
        return updater::fail(updater::ErrorCode::InternalError, "never started");
    }};
    gui::CustomerWindow m_window{m_session, m_preferences};
};

/// Each state and each help page, once `check` has been given its window and its name.
template <typename Check>
void forEverything(QSize size, const Check& check)
{
    static const std::vector<State> states = everyState();
    static const std::vector<State> problems = everyProblem();
    StillWindow still;
    for (const auto* list : {&states, &problems}) {
        for (const State& state : *list) {
            still.show(state, size);
            check(static_cast<QWidget&>(still.window()), state.name);
        }
    }
    for (const gui::HelpTopic topic : topics) {
        still.help().showTopic(topic);
        settle();
        check(static_cast<QWidget&>(still.help()), QStringLiteral("help-%1").arg(int(topic)));
    }
}

} // namespace test_support
