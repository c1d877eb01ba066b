// Recovery: what else it can be, by what is seen; each cause with its way out.
#pragma once

#include "gui/recovery_page.h"

#include "core/recovery/known_causes.h" // behind Qt's headers, for moc

class QComboBox;

namespace gui {

class RecoveryCausesPage final : public RecoveryPage {
    Q_OBJECT

public:
    explicit RecoveryCausesPage(RecoveryCase& sitting);

    /// Begins with what the bus shows.
    void initializePage() override;
    void follow() override {}
    int nextId() const override { return -1; }

Q_SIGNALS:
    void routeChosen(updater::Route route);

private:
    void showCauses();
    void addCause(const updater::KnownCause& cause);

    QComboBox* m_sign;
    QWidget* m_list;
};

} // namespace gui
