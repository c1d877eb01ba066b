// Recovery: a board is programmed through its ROM loader, and started by hand, until the unit
// itself reports that it runs.
#pragma once

#include "gui/recovery_page.h"

class QProgressBar;
class QPushButton;

namespace gui {

class RecoveryProgramPage final : public RecoveryPage {
    Q_OBJECT

public:
    explicit RecoveryProgramPage(RecoveryCase& sitting);

    void initializePage() override;
    void follow() override;
    /// True once the unit is read over USB, running.
    bool isComplete() const override;
    /// The proof; the ST-LINK where only that helps.
    int nextId() const override;

private:
    void goOn();
    void goToProbe();
    void showWriting();
    void showStarting();
    void showStarted();
    void showInterrupted(updater::ErrorCode code);
    void showEnd();
    void showButtons();
    bool isBoardThere() const;
    bool needsProbe() const;

    Picture* m_powerCycle;
    QProgressBar* m_bar;
    QLabel* m_step;
    QLabel* m_detail;
    QPushButton* m_stop;
    QPushButton* m_probe; ///< made in the order in which Tab reaches them
    QPushButton* m_goOn;
    bool m_hasLeft = false;     ///< the board, the bus, since it was written or has failed
    bool m_hasStarted = false;  ///< the keyboard is with the next page once it has
    bool m_goesToProbe = false; ///< nextId, while the button is served
};

} // namespace gui
