// Recovery: an STM32 is in its ROM loader. How it leaves it, and what it can be programmed with.
#pragma once

#include "gui/recovery_page.h"

namespace gui {

class FactTable;
class UnitFileBox;

class RecoveryRomPage final : public RecoveryPage {
    Q_OBJECT

public:
    explicit RecoveryRomPage(RecoveryCase& sitting);

    void initializePage() override;
    void follow() override;
    /// True if the board has told what it is, and there is a file for it.
    bool isComplete() const override;
    int nextId() const override;
    /// Begins to program.
    bool validatePage() override;

private:
    std::string port() const;
    void readBoard();
    void showHead();

    FactTable* m_board;
    QLabel* m_leaving;
    UnitFileBox* m_file;
    QLabel* m_limits;
    bool m_hasSeenLoader = false;
    std::string m_readPort; ///< whose board has been asked; empty while there is none
};

} // namespace gui
