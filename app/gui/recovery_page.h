// What the pages of the recovery wizard have in common: a picture, a finding, a reason; below them
// what the page is about. They follow the device.
#pragma once

#include "gui/diagnosis_text.h"
#include "gui/picture.h"
#include "gui/session.h"

#include <QWizardPage>

class QLabel;
class QVBoxLayout;

namespace gui {

/// One sitting of the wizard, from the unit that was chosen to the proof.
struct RecoveryCase {
    Session& session;
    std::string unit;                      ///< unique id; never exchanged by anyone but the person
    std::string port = {};                 ///< of a board without our bootloader, as it was chosen
    std::optional<updater::Repair> repair; ///< the last one that was begun
    std::optional<contract::DeviceStatus> before = {}; ///< what the unit said then

    /// What the unit said last; NotConnected while it is away or not read yet.
    updater::Observed observed() const;
    /// Nothing unless it is in update mode.
    std::optional<contract::DeviceStatus> updateMode() const;
    bool isInUpdateMode() const { return updateMode().has_value(); }
    updater::Diagnosis diagnosis() const;
};

class RecoveryPage : public QWizardPage {
    Q_OBJECT

public:
    explicit RecoveryPage(RecoveryCase& sitting);

    /// Shows what is known now: called for the page that is shown, whenever anything changes.
    virtual void follow() = 0;

    void initializePage() override { follow(); }

protected:
    RecoveryCase& sitting() const { return m_sitting; }
    const Situation& situation() const { return m_sitting.session.situation(); }
    void setHead(PictureId picture, const HeadText& text);
    /// What went wrong, or nothing; `steps` are what can be done about it.
    void setProblem(const std::optional<updater::Error>& problem, const QStringList& steps = {});
    Workshop& workshop() const { return m_sitting.session.workshop(); }
    void add(QWidget* widget, Qt::Alignment alignment = {});
    QLabel* newText(const char* objectName);

private:
    QWidget* newHead();

    RecoveryCase& m_sitting;
    Picture* m_picture;
    QLabel* m_title;
    QLabel* m_sentence;
    QLabel* m_problem;
    QVBoxLayout* m_column;
};

/// "1. ..." in lines of their own.
QString numbered(const QStringList& steps);

/// An empty text takes no room.
void setTextOf(QLabel* label, const QString& text);

} // namespace gui
