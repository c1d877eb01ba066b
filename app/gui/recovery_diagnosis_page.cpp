#include "gui/recovery_diagnosis_page.h"

#include "gui/app_style.h"
#include "gui/fact_table.h"
#include "gui/slot_facts.h"

#include <QApplication>
#include <QClipboard>
#include <QProgressBar>
#include <QPushButton>
#include <QWizard>

namespace gui {
namespace {

using updater::Verdict;

PictureId pictureOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::NotConnected: return PictureId::ConnectionLost;
    case Verdict::Runs: return PictureId::UpToDate;
    case Verdict::RunsOnTrial:
    case Verdict::RunsUnidentified: return PictureId::Looking;
    case Verdict::NotProvisioned: return PictureId::Stlink;
    case Verdict::FaultRepeated: return PictureId::Problem;
    case Verdict::WaitsOnRequest: return PictureId::SlotPair;
    default: return PictureId::NeedsRepair;
    }
}

} // namespace

RecoveryDiagnosisPage::RecoveryDiagnosisPage(RecoveryCase& sitting)
    : RecoveryPage(sitting), m_slots(new FactTable(this)), m_device(new FactTable(this)),
      m_restart(new QPushButton(tr("Restart into update mode"), this)),
      m_copy(new QPushButton(tr("Copy these facts"), this)), m_busy(new QProgressBar(this))
{
    m_restart->setObjectName(QStringLiteral("enterUpdateMode"));
    m_restart->setAutoDefault(false);
    m_copy->setAutoDefault(false);
    m_copy->setObjectName(QStringLiteral("copyFacts"));
    setRole(*m_copy, WidgetRole::LinkButton);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setAccessibleName(tr("The device restarts"));
    add(m_busy);
    add(m_restart, Qt::AlignLeft);
    add(m_slots);
    add(m_device);
    add(m_copy, Qt::AlignLeft);
    connect(m_restart, &QPushButton::clicked, this, &RecoveryDiagnosisPage::restart);
    connect(m_copy, &QPushButton::clicked, this, &RecoveryDiagnosisPage::copy);
    connect(&sitting.session, &Session::restarted, this, &RecoveryDiagnosisPage::takeRestart);
}

void RecoveryDiagnosisPage::initializePage()
{
    m_problem.reset();
    follow();
}

void RecoveryDiagnosisPage::restart()
{
    m_isRestarting = true;
    m_goesOn = true;
    m_problem.reset();
    sitting().session.enterUpdateMode();
    follow();
}

void RecoveryDiagnosisPage::takeRestart(const std::optional<updater::Error>& problem)
{
    if (!m_isRestarting) return;
    m_isRestarting = false;
    m_problem = problem;
    follow();
}

void RecoveryDiagnosisPage::follow()
{
    const Verdict verdict = sitting().diagnosis().verdict;
    if (m_isRestarting) {
        setHead(PictureId::Looking,
                {tr("The device restarts"), tr("It comes back in update mode in a few seconds.")});
    } else {
        setHead(pictureOf(verdict), verdictText(verdict));
    }
    const bool isApplication =
        std::holds_alternative<contract::RuntimeStatus>(sitting().observed());
    m_busy->setVisible(m_isRestarting);
    m_restart->setVisible(isApplication && !m_isRestarting);
    setProblem(m_problem ? m_problem : situation().bus.problem);
    showFacts();
    Q_EMIT completeChanged();
    if (m_goesOn && isComplete()) {
        m_goesOn = false;
        wizard()->button(QWizard::NextButton)->setFocus();
    }
}

/// While it is away, what it said last stays readable nowhere: it may be another state by now.
void RecoveryDiagnosisPage::showFacts()
{
    const updater::Observed now = sitting().observed();
    const auto* application = std::get_if<contract::RuntimeStatus>(&now);
    const auto* waiting = std::get_if<contract::DeviceStatus>(&now);
    m_slots->setFacts(slotNames(),
                      waiting != nullptr ? slotFacts(*waiting) : std::vector<QStringList>{});
    if (waiting != nullptr) {
        m_device->setFacts({}, deviceFacts(*waiting));
    } else {
        m_device->setFacts({}, application != nullptr ? applicationFacts(*application)
                                                      : std::vector<QStringList>{});
    }
    m_copy->setVisible(application != nullptr || waiting != nullptr);
}

void RecoveryDiagnosisPage::copy()
{
    const QString unit = QString::fromStdString(sitting().unit);
    QApplication::clipboard()->setText(
        QStringList{unit, m_slots->text(), m_device->text()}.join(QLatin1Char('\n')));
}

bool RecoveryDiagnosisPage::isComplete() const
{
    return !m_isRestarting && !sitting().diagnosis().offers.empty();
}

} // namespace gui
