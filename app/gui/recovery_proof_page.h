// Recovery, last page: the unit is read back, and what it says is set against what it said before.
#pragma once

#include "gui/recovery_page.h"

class QProgressBar;
class QPushButton;

namespace gui {

class FactTable;

class RecoveryProofPage final : public RecoveryPage {
    Q_OBJECT

public:
    explicit RecoveryProofPage(RecoveryCase& sitting);

    /// Restarts the unit into update mode, reads its slots, and starts it again.
    void initializePage() override;
    void follow() override;
    int nextId() const override { return -1; }

private:
    enum class Phase : std::uint8_t { ToUpdateMode, ToApplication, Over };

    void readBack();
    void takeRestart(const std::optional<updater::Error>& problem);
    void advance();
    void showHead();

    FactTable* m_slots;
    FactTable* m_running;
    QProgressBar* m_busy;
    QPushButton* m_again;
    Phase m_phase = Phase::Over;
    bool m_hasRestarted = false; ///< the restart of this phase has ended
    std::optional<contract::DeviceStatus> m_after;
    std::optional<updater::Error> m_problem;
};

} // namespace gui
