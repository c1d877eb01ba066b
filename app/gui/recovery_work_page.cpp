#include "gui/recovery_work_page.h"

#include "core/bundle/text_forms.h"
#include "gui/app_style.h"
#include "gui/error_text.h"
#include "gui/scene_text.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace gui {

RecoveryWorkPage::RecoveryWorkPage(RecoveryCase& sitting)
    : RecoveryPage(sitting), m_bar(new QProgressBar(this)), m_step(newText("step")),
      m_remaining(newText("remaining")), m_stop(new QPushButton(tr("Stop"), this))
{
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of the repair"));
    m_stop->setObjectName(QStringLiteral("stop"));
    m_stop->setAutoDefault(false);
    setRole(*m_remaining, WidgetRole::MutedText);
    add(m_bar);
    add(m_step);
    add(m_remaining);
    add(m_stop, Qt::AlignLeft);
    connect(m_stop, &QPushButton::clicked, &sitting.session, &Session::cancel);
}

void RecoveryWorkPage::initializePage()
{
    m_isDone = false;
    follow();
}

void RecoveryWorkPage::follow()
{
    const auto& running = situation().running;
    m_bar->setVisible(running.has_value());
    m_stop->setVisible(running && !situation().isCancelling);
    if (running) showRunning(*running);
    const bool hasEnded = !running && !m_isDone; // what is done stays, whatever comes later
    if (hasEnded) showEnd();
    Q_EMIT completeChanged();
}

void RecoveryWorkPage::showRunning(const updater::ProgressReport& report)
{
    setProblem({});
    m_bar->setValue(report.permille);
    setTextOf(m_step, activityText(report.activity));
    const QString percent = QStringLiteral("%1 %").arg(report.permille / 10);
    const QString remaining = remainingText(report);
    setTextOf(m_remaining,
              remaining.isEmpty() ? percent : percent + QStringLiteral(" – ") + remaining);
    if (sitting().session.scene() == Scene::ConnectionLost)
        return setHead(PictureId::ConnectionLost,
                       {tr("Plug the device in again"),
                        tr("Nothing is lost. It goes on by itself, on any port; no other device "
                           "is taken instead.")});
    const QString title =
        sitting().repair ? repairText(*sitting().repair).title : tr("The repair runs");
    setHead(PictureId::Updating,
            {title, situation().isCancelling
                        ? tr("Stopping at a safe point.")
                        : tr("You can unplug at any time; it goes on when you plug in again.")});
}

void RecoveryWorkPage::showEnd()
{
    setTextOf(m_step, {});
    setTextOf(m_remaining, {});
    setProblem(situation().failure);
    m_isDone = situation().outcome.has_value();
    if (situation().outcome) {
        using Kind = updater::UpdateOutcome::Kind;
        const QString version =
            QString::fromStdString(updater::versionText(situation().outcome->to));
        const bool isSeen = situation().outcome->kind != Kind::InstalledNotObservable;
        return setHead(PictureId::Done,
                       {tr("The repair is done"),
                        isSeen ? tr("The device itself reports that it runs %1.").arg(version)
                               : tr("%1 is installed and verified. Its application cannot report "
                                    "its start.")
                                     .arg(version)});
    }
    if (situation().failure)
        return setHead(PictureId::Problem,
                       {tr("The repair has not succeeded"),
                        tr("The device has kept what it could. Go back to choose again.")});
    setHead(PictureId::SlotPair,
            {tr("The repair was stopped"), tr("What has been sent is kept. Go back to continue.")});
}

} // namespace gui
