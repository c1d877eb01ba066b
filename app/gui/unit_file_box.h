// The signed file that a board is programmed with: chosen, verified, and shown what is in it.
#pragma once

#include <QWidget>

#include "gui/workshop.h" // behind Qt's headers, for moc

class QLabel;
class QPushButton;

namespace gui {

class FactTable;

class UnitFileBox final : public QWidget {
    Q_OBJECT

public:
    explicit UnitFileBox(Workshop& workshop, QWidget* parent = nullptr);

    /// Shows what is known now.
    void follow();

private:
    void askForFile();

    Workshop& m_workshop;
    QPushButton* m_choose;
    QLabel* m_state;
    FactTable* m_facts;
};

} // namespace gui
