// Recovery: an STM32 is in its ROM loader. What that means and how it leaves it.
#pragma once

#include "gui/recovery_page.h"

namespace gui {

class RecoveryRomPage final : public RecoveryPage {
    Q_OBJECT

public:
    explicit RecoveryRomPage(RecoveryCase& sitting);

    void follow() override;
    int nextId() const override { return -1; }

private:
    QLabel* m_meaning;
    QLabel* m_steps;
    Picture* m_powerCycle;
    QLabel* m_limits;
};

} // namespace gui
