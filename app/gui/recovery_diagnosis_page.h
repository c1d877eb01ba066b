// Recovery, second page: what is wrong with the unit, and what each slot holds.
#pragma once

#include "gui/recovery_page.h"

class QProgressBar;
class QPushButton;

namespace gui {

class FactTable;

class RecoveryDiagnosisPage final : public RecoveryPage {
    Q_OBJECT

public:
    explicit RecoveryDiagnosisPage(RecoveryCase& sitting);

    void initializePage() override;
    void follow() override;
    /// True if there is something to choose on the next page.
    bool isComplete() const override;

private:
    void restart();
    void takeRestart(const std::optional<updater::Error>& problem);
    void showFacts();
    void copy();

    FactTable* m_slots;
    FactTable* m_device;
    QPushButton* m_restart;
    QPushButton* m_copy;
    QProgressBar* m_busy;
    bool m_isRestarting = false;
    bool m_goesOn = false; ///< the keyboard is with the next page as soon as there is one
    std::optional<updater::Error> m_problem; ///< of the last restart
};

} // namespace gui
