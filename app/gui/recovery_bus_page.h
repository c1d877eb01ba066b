// Recovery, first page: what is on the bus, live, and which unit this is about.
#pragma once

#include "gui/recovery_page.h"

#include "gui/bus_rows.h" // behind Qt's headers, for moc

class QPushButton;
class QTreeWidget;

namespace gui {

class RecoveryBusPage final : public RecoveryPage {
    Q_OBJECT

public:
    explicit RecoveryBusPage(RecoveryCase& sitting);

    void follow() override;
    bool isComplete() const override;
    int nextId() const override;
    /// From here on everything is about the unit that was chosen.
    bool validatePage() override;
    /// To another page than that of the chosen row.
    void goTo(int pageId);

Q_SIGNALS:
    void helpWanted();

private:
    const BusRow* chosen() const;
    void showHead();
    void showRows();
    void selectFirstGuess();

    QTreeWidget* m_list;
    QPushButton* m_help;
    QPushButton* m_causes;
    std::vector<BusRow> m_rows;
    std::optional<int> m_wantedPage; ///< while it goes there
    std::string m_chosenKey;         ///< stays while that one is away
};

} // namespace gui
