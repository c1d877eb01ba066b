#include "gui/recovery_wizard.h"

#include "gui/app_style.h"
#include "gui/recovery_bus_page.h"
#include "gui/recovery_causes_page.h"
#include "gui/recovery_diagnosis_page.h"
#include "gui/recovery_probe_page.h"
#include "gui/recovery_program_page.h"
#include "gui/recovery_proof_page.h"
#include "gui/recovery_repair_page.h"
#include "gui/recovery_rescue_page.h"
#include "gui/recovery_rom_page.h"
#include "gui/recovery_work_page.h"

#include <QAbstractButton>

namespace gui {
namespace {

constexpr QSize usualSizePx(800, 600);
constexpr QSize smallestSizePx(560, 420);

} // namespace

RecoveryWizard::RecoveryWizard(Session& session, QWidget* parent)
    : QWizard(parent), m_sitting{session, {}, {}, {}}, m_bus(new RecoveryBusPage(m_sitting)),
      m_namedBefore(session.namedId())
{
    setWindowTitle(tr("Recovery wizard"));
    setObjectName(QStringLiteral("recovery"));
    setWindowModality(Qt::WindowModal);
    // Plain pages: the other styles bring colours and banners of their own.
    setWizardStyle(QWizard::ClassicStyle);
    setOptions(QWizard::NoBackButtonOnStartPage | QWizard::NoCancelButtonOnLastPage |
               QWizard::HaveCustomButton1);
    addPages();
    nameButtons();
    setMinimumSize(smallestSizePx);
    resize(usualSizePx);
    connect(&session, &Session::changed, this, &RecoveryWizard::follow);
    connect(&session.workshop(), &Workshop::changed, this, &RecoveryWizard::follow);
    connect(this, &QWizard::currentIdChanged, this, &RecoveryWizard::follow);
}

void RecoveryWizard::addPages()
{
    auto* causes = new RecoveryCausesPage(m_sitting);
    auto* repair = new RecoveryRepairPage(m_sitting);
    setPage(Bus, m_bus);
    setPage(Diagnosis, new RecoveryDiagnosisPage(m_sitting));
    setPage(Repair, repair);
    setPage(Work, new RecoveryWorkPage(m_sitting));
    setPage(Proof, new RecoveryProofPage(m_sitting));
    setPage(Rom, new RecoveryRomPage(m_sitting));
    setPage(Program, new RecoveryProgramPage(m_sitting));
    setPage(Probe, new RecoveryProbePage(m_sitting));
    setPage(Rescue, new RecoveryRescuePage(m_sitting));
    setPage(Causes, causes);
    setStartId(Bus);
    connect(causes, &RecoveryCausesPage::routeChosen, this, &RecoveryWizard::takeRoute);
    connect(m_bus, &RecoveryBusPage::helpWanted, this, &RecoveryWizard::helpWanted);
    connect(repair, &RecoveryRepairPage::fileWanted, this, &RecoveryWizard::fileWanted);
    for (const int id : pageIds())
        connect(page(id), &QWizardPage::completeChanged, this, &RecoveryWizard::settleButtons);
}

/// As if the row of the list had been chosen: “Look again” leads back to the list.
void RecoveryWizard::takeRoute(updater::Route route)
{
    back();
    if (route == updater::Route::RomLoader) m_bus->goTo(Rom);
    if (route == updater::Route::Probe) m_bus->goTo(Probe);
}

void RecoveryWizard::nameButtons()
{
    setButtonLayout({QWizard::CancelButton, QWizard::CustomButton1, QWizard::Stretch,
                     QWizard::BackButton, QWizard::NextButton, QWizard::FinishButton});
    setButtonText(QWizard::BackButton, tr("Back"));
    setButtonText(QWizard::NextButton, tr("Next"));
    setButtonText(QWizard::FinishButton, tr("Close"));
    setButtonText(QWizard::CancelButton, tr("Close"));
    setButtonText(QWizard::CustomButton1, tr("Save report…"));
    page(Repair)->setButtonText(QWizard::NextButton, tr("Start the repair"));
    page(Rom)->setButtonText(QWizard::NextButton, tr("Erase and program"));
    for (const Page id : {Program, Rescue})
        page(id)->setButtonText(QWizard::NextButton, tr("Read it back"));
    for (const Page id : {Rom, Probe})
        page(id)->setButtonText(QWizard::BackButton, tr("Look again"));
    button(QWizard::BackButton)->setObjectName(QStringLiteral("back"));
    button(QWizard::NextButton)->setObjectName(QStringLiteral("next"));
    button(QWizard::FinishButton)->setObjectName(QStringLiteral("finish"));
    button(QWizard::CancelButton)->setObjectName(QStringLiteral("close"));
    button(QWizard::CustomButton1)->setObjectName(QStringLiteral("report"));
    setRole(*button(QWizard::NextButton), WidgetRole::PrimaryButton);
    setRole(*button(QWizard::FinishButton), WidgetRole::PrimaryButton);
    connect(this, &QWizard::customButtonClicked, this, &RecoveryWizard::reportWanted);
}

void RecoveryWizard::follow()
{
    if (auto* shown = qobject_cast<RecoveryPage*>(currentPage())) shown->follow();
    settleButtons();
}

bool RecoveryWizard::isRunning() const
{
    return m_sitting.session.isUpdating() || m_sitting.session.workshop().isRunning();
}

/// Behind QWizard's own opinion: nobody leaves a page whose work runs.
void RecoveryWizard::settleButtons()
{
    if (isRunning()) button(QWizard::BackButton)->setEnabled(false);
    button(QWizard::CancelButton)->setEnabled(!isRunning());
    button(QWizard::CustomButton1)->setEnabled(!isRunning());
}

void RecoveryWizard::reject()
{
    m_sitting.session.cancel();
    m_sitting.session.workshop().stop();
    if (isRunning()) return;
    QWizard::reject();
}

/// The window behind goes on with the unit that it had.
void RecoveryWizard::done(int result)
{
    m_sitting.session.workshop().forget();
    m_sitting.session.choose(m_namedBefore);
    m_sitting.session.putAway();
    QWizard::done(result);
}

} // namespace gui
