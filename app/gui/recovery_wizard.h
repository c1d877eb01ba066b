// Technicians' way from a unit that does not work to the proof that it does: bus, diagnosis,
// repairs, work, proof; past our bootloader through the ROM loader or an ST-LINK. One unit, by its
// unique id; its pages follow it and never another one.
#pragma once

#include "gui/recovery_page.h"

#include <QWizard>

#include "core/recovery/known_causes.h" // behind Qt's headers, for moc

namespace gui {

class RecoveryBusPage;

class RecoveryWizard final : public QWizard {
    Q_OBJECT

public:
    enum Page : int { Bus, Diagnosis, Repair, Work, Proof, Rom, Program, Probe, Rescue, Causes };

    /// `session` outlives the wizard. Modal to `parent`'s window.
    RecoveryWizard(Session& session, QWidget* parent);

    /// While something runs it is stopped instead, at a safe point.
    void reject() override;
    void done(int result) override;

Q_SIGNALS:
    void helpWanted();
    void fileWanted();
    void reportWanted();

private:
    void addPages();
    void takeRoute(updater::Route route);
    void nameButtons();
    void follow();
    void settleButtons();
    bool isRunning() const;

    RecoveryCase m_sitting;
    RecoveryBusPage* m_bus;
    std::string m_namedBefore; ///< the unit of the window behind
};

} // namespace gui
