// Recovery, third page: what can be done, safest first.
#pragma once

#include "gui/recovery_page.h"

class QButtonGroup;
class QPushButton;

namespace gui {

class RecoveryRepairPage final : public RecoveryPage {
    Q_OBJECT

public:
    explicit RecoveryRepairPage(RecoveryCase& sitting);

    void follow() override;
    bool isComplete() const override;
    /// Begins the repair.
    bool validatePage() override;

Q_SIGNALS:
    void fileWanted();

private:
    /// An offer as it is shown: another text makes another list.
    struct Choice {
        updater::Repair repair;
        QString obstacle; ///< empty if it can be taken

        bool operator==(const Choice&) const = default;
    };

    void showHead();
    void rebuild();
    void addChoice(const Choice& choice);
    QString releaseText() const;

    QWidget* m_list = nullptr;
    QButtonGroup* m_group = nullptr;
    QLabel* m_release;
    QPushButton* m_open;
    std::vector<Choice> m_choices;
};

} // namespace gui
