#include "gui/recovery_proof_page.h"

#include "core/bundle/text_forms.h"
#include "gui/fact_table.h"
#include "gui/slot_facts.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace gui {

RecoveryProofPage::RecoveryProofPage(RecoveryCase& sitting)
    : RecoveryPage(sitting), m_slots(new FactTable(this)), m_running(new FactTable(this)),
      m_busy(new QProgressBar(this)), m_again(new QPushButton(tr("Read back again"), this))
{
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setAccessibleName(tr("The device is read back"));
    m_again->setObjectName(QStringLiteral("readBack"));
    m_again->setAutoDefault(false);
    add(m_busy);
    add(m_running);
    add(m_slots);
    add(m_again, Qt::AlignLeft);
    connect(m_again, &QPushButton::clicked, this, &RecoveryProofPage::readBack);
    connect(&sitting.session, &Session::restarted, this, &RecoveryProofPage::takeRestart);
}

void RecoveryProofPage::initializePage()
{
    m_after.reset();
    readBack();
}

void RecoveryProofPage::readBack()
{
    m_problem.reset();
    m_hasRestarted = false;
    m_phase = Phase::ToUpdateMode;
    sitting().session.enterUpdateMode();
    follow();
}

void RecoveryProofPage::takeRestart(const std::optional<updater::Error>& problem)
{
    if (m_phase == Phase::Over) return;
    m_hasRestarted = true;
    m_problem = problem;
    if (problem) m_phase = Phase::Over;
    follow();
}

/// The bus is read behind each restart: what it says before is from before.
void RecoveryProofPage::advance()
{
    if (m_phase == Phase::Over || !m_hasRestarted) return;
    const updater::Observed now = sitting().observed();
    if (m_phase == Phase::ToUpdateMode && std::holds_alternative<contract::DeviceStatus>(now)) {
        m_after = std::get<contract::DeviceStatus>(now);
        m_phase = Phase::ToApplication;
        m_hasRestarted = false;
        sitting().session.leaveUpdateMode();
    } else if (m_phase == Phase::ToApplication &&
               std::holds_alternative<contract::RuntimeStatus>(now)) {
        m_phase = Phase::Over;
    }
}

void RecoveryProofPage::follow()
{
    advance();
    showHead();
    setProblem(m_problem ? m_problem : situation().bus.problem);
    m_busy->setVisible(m_phase != Phase::Over);
    m_again->setVisible(m_phase == Phase::Over);

    const updater::Observed now = sitting().observed();
    const auto* application = std::get_if<contract::RuntimeStatus>(&now);
    m_running->setFacts({}, application != nullptr ? applicationFacts(*application)
                                                   : std::vector<QStringList>{});
    std::vector<QStringList> rows;
    const auto addRow = [&rows](const QString& name, const contract::DeviceStatus& device) {
        rows.push_back(
            {name, slotSummary(device.slotStatus[0]), slotSummary(device.slotStatus[1])});
    };
    if (sitting().before) addRow(tr("Before"), *sitting().before);
    if (m_after) addRow(tr("After"), *m_after);
    m_slots->setFacts(slotNames(), rows);
}

void RecoveryProofPage::showHead()
{
    const updater::Observed now = sitting().observed();
    const auto* application = std::get_if<contract::RuntimeStatus>(&now);
    if (m_phase != Phase::Over)
        return setHead(PictureId::Looking,
                       {tr("The device is read back"),
                        tr("It restarts into update mode, tells what its slots hold, and starts "
                           "again.")});
    const bool isProven = application != nullptr && m_after && !m_problem &&
                          application->state == contract::SlotState::Confirmed;
    if (isProven)
        return setHead(
            PictureId::Report,
            {tr("Proven: it runs %1")
                 .arg(QString::fromStdString(updater::versionText(application->releaseVersion))),
             tr("That is what the device itself says, after another restart. Save a "
                "report for your files.")});
    if (std::holds_alternative<updater::NotConnected>(now))
        return setHead(PictureId::ConnectionLost, verdictText(updater::Verdict::NotConnected));
    setHead(PictureId::Problem, {tr("Not proven"), tr("The device could not be read back as it "
                                                      "should. Try again, or save a report.")});
}

} // namespace gui
