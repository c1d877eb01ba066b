// Recovery: a chip is repaired through an ST-LINK, step by step, and started by hand.
#pragma once

#include "gui/recovery_page.h"

class QProgressBar;
class QPushButton;

namespace gui {

class FactTable;

class RecoveryRescuePage final : public RecoveryPage {
    Q_OBJECT

public:
    explicit RecoveryRescuePage(RecoveryCase& sitting);

    void initializePage() override;
    void follow() override;
    /// True once the unit that was repaired runs and is read over USB.
    bool isComplete() const override;
    int nextId() const override;

private:
    const RescueState& chip() const { return workshop().chip().state(); }
    void showHead();
    void showSteps();
    void showDone();
    void showEnd();
    void copyRecord();

    QProgressBar* m_busy;
    FactTable* m_steps;
    QLabel* m_byHand;
    Picture* m_powerCycle;
    QLabel* m_record;
    QPushButton* m_stop; ///< made in the order in which Tab reaches them
    QPushButton* m_again;
    QPushButton* m_copy;
};

} // namespace gui
