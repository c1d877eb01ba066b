// Recovery: an ST-LINK is there. What it is for and what can be done with it today.
#pragma once

#include "gui/recovery_page.h"

namespace gui {

class RecoveryProbePage final : public RecoveryPage {
    Q_OBJECT

public:
    explicit RecoveryProbePage(RecoveryCase& sitting);

    void follow() override;
    int nextId() const override { return -1; }

private:
    QLabel* m_meaning;
    QLabel* m_steps;
    QLabel* m_limits;
};

} // namespace gui
