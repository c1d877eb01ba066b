// Recovery, fourth page: the repair is done.
#pragma once

#include "gui/recovery_page.h"

class QProgressBar;
class QPushButton;

namespace gui {

class RecoveryWorkPage final : public RecoveryPage {
    Q_OBJECT

public:
    explicit RecoveryWorkPage(RecoveryCase& sitting);

    void initializePage() override;
    void follow() override;
    /// True once the device itself has reported success.
    bool isComplete() const override { return m_isDone; }

private:
    void showRunning(const updater::ProgressReport& report);
    void showEnd();

    QProgressBar* m_bar;
    QLabel* m_step;
    QLabel* m_remaining;
    QPushButton* m_stop;
    bool m_isDone = false;
};

} // namespace gui
