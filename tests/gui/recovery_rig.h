// The recovery wizard, opened as technicians open it, on the window of a WindowRig.
#pragma once

#include "gui/recovery_wizard.h"
#include "window_rig.h"

namespace test_support {

class RecoveryRig {
public:
    /// Waits for the window's first look at the bus, then opens the wizard by its menu.
    RecoveryRig();

    /// Waits until the page's finding is this one.
    bool finds(const QString& title, int limitMs = 30'000);
    /// Waits until the button can be clicked, and clicks it.
    void click(const char* objectName);
    bool isOffered(const char* objectName) const;
    QString text(const char* objectName) const;
    /// Every visible text of the page.
    QStringList texts() const;
    /// Chooses a row of the bus list by a part of what it says.
    void chooseOnBus(const QString& part);
    /// The radio button of a repair.
    QAbstractButton* repair(updater::Repair repair) const;
    bool canTake(updater::Repair which) const;
    /// From the application that runs to the list of repairs.
    void goToRepairs();
    /// From there to the proof that `version` runs.
    void repairAndProve(updater::Repair which, const char* version);

    /// Chooses a signed unit file, as if in the dialog: a name in the folder of releases, or a
    /// path.
    void openUnitFile(const QString& name);

    /// A screenshot; and everything has a name, and nothing is cut, in the smallest window too.
    void look(const char* state);

    /// Tab reaches everything in the order of reading. The keyboard is at the first then.
    void walk();

    WindowRig& window() { return m_window; }
    gui::Session& session() { return m_window.session(); }
    gui::RecoveryWizard& wizard() { return *m_wizard; }

private:
    template <typename Widget>
    Widget* visible(const char* objectName) const;

    WindowRig m_window;
    gui::RecoveryWizard* m_wizard = nullptr;
};

} // namespace test_support
