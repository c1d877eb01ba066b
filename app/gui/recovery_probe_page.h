// Recovery: an ST-LINK. What it is for, what is to be done with it, and to which unit.
#pragma once

#include "gui/recovery_page.h"

class QButtonGroup;
class QLineEdit;
class QRadioButton;

namespace gui {

class UnitFileBox;

class RecoveryProbePage final : public RecoveryPage {
    Q_OBJECT

public:
    explicit RecoveryProbePage(RecoveryCase& sitting);

    void initializePage() override;
    void follow() override;
    /// True if the file is verified and a well-formed id has been typed.
    bool isComplete() const override;
    int nextId() const override;
    /// Begins.
    bool validatePage() override;

private:
    void addChoice(QRadioButton* choice, const QString& sentence);
    QLineEdit* addField(const QString& name, const char* objectName);
    void nameNext();

    QButtonGroup* m_choices;
    QRadioButton* m_whole;
    QRadioButton* m_bootloaderOnly;
    QLineEdit* m_id = nullptr;
    QLineEdit* m_probe = nullptr;
    UnitFileBox* m_file;
    bool m_hasSeenProbe = false;
};

} // namespace gui
