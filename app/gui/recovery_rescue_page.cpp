#include "gui/recovery_rescue_page.h"

#include "core/usb/device_text.h"
#include "gui/app_style.h"
#include "gui/fact_table.h"
#include "gui/recovery_steps.h"
#include "gui/recovery_wizard.h"
#include "gui/type_scale.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

namespace gui {
namespace {

using updater::RescueStep;

QString nameOf(RescueStep step)
{
    switch (step) {
    case RescueStep::Identified: return RecoveryRescuePage::tr("Unit and chip identified");
    case RescueStep::Comparing: return RecoveryRescuePage::tr("Flash compared");
    case RescueStep::RemovingProtection: return RecoveryRescuePage::tr("Write protection removed");
    case RescueStep::Programming: return RecoveryRescuePage::tr("Programmed and verified");
    case RescueStep::SettingOptions: return RecoveryRescuePage::tr("Option bytes set");
    case RescueStep::ReadingBack: return RecoveryRescuePage::tr("Read back");
    }
    return {};
}

/// The option bytes that were found are long: they stand below the list.
QString detailOf(const RescueState::Step& step)
{
    if (step.first == RescueStep::Identified) return {};
    return QStringLiteral(" – ") + QString::fromStdString(step.second);
}

std::string recordOf(const RescueState& chip)
{
    const bool isFound = !chip.steps.empty() && chip.steps.front().first == RescueStep::Identified;
    return isFound ? chip.steps.front().second : std::string();
}

} // namespace

RecoveryRescuePage::RecoveryRescuePage(RecoveryCase& sitting)
    : RecoveryPage(sitting), m_busy(new QProgressBar(this)), m_steps(new FactTable(this)),
      m_byHand(newText("byHand")), m_powerCycle(new Picture(this)), m_record(newText("record")),
      m_stop(new QPushButton(tr("Stop"), this)), m_again(new QPushButton(tr("Try again"), this)),
      m_copy(new QPushButton(tr("Copy the option bytes"), this))
{
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setAccessibleName(tr("The chip is worked on"));
    m_powerCycle->setPicture(PictureId::PowerCycle);
    m_powerCycle->setFixedSize(18 * gridPx, 12 * gridPx);
    m_powerCycle->setDescription(tr("Take all power away"));
    m_record->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setRole(*m_record, WidgetRole::MutedText);
    m_copy->setObjectName(QStringLiteral("copyRecord"));
    setRole(*m_copy, WidgetRole::LinkButton);
    m_stop->setObjectName(QStringLiteral("stop"));
    m_again->setObjectName(QStringLiteral("again"));
    for (QPushButton* button : {m_copy, m_stop, m_again})
        button->setAutoDefault(false);
    add(m_busy);
    add(m_byHand);
    add(m_powerCycle, Qt::AlignLeft);
    add(m_stop, Qt::AlignLeft);
    add(m_again, Qt::AlignLeft);
    add(m_steps);
    add(m_record);
    add(m_copy, Qt::AlignLeft);
    ChipRescue* rescue = &workshop().chip();
    connect(m_stop, &QPushButton::clicked, rescue, &ChipRescue::stop);
    connect(m_again, &QPushButton::clicked, this,
            [this, rescue] { rescue->begin(rescue->wish(), workshop().unitFile()); });
    connect(m_copy, &QPushButton::clicked, this, &RecoveryRescuePage::copyRecord);
}

void RecoveryRescuePage::initializePage()
{
    follow();
}

void RecoveryRescuePage::follow()
{
    const bool hasFailed = chip().problem && chip().problem->code != updater::ErrorCode::Cancelled;
    m_busy->setVisible(chip().isRunning);
    m_stop->setVisible(chip().isRunning && !chip().isStopping);
    m_again->setVisible(chip().problem.has_value());
    m_powerCycle->setVisible(chip().outcome.has_value());
    setProblem(hasFailed ? chip().problem : std::nullopt,
               hasFailed ? technicianSteps(chip().problem->code) : QStringList{});
    showSteps();
    setTextOf(m_byHand, {});
    showHead();
    Q_EMIT completeChanged();
}

void RecoveryRescuePage::showHead()
{
    if (chip().outcome) return showDone();
    if (chip().problem) return showEnd();
    setHead(PictureId::Updating,
            {tr("The ST-LINK works on the chip"),
             chip().isStopping ? tr("Stopping at a safe point.")
                               : tr("Each step is read back before the next. You can stop at any "
                                    "time and begin again.")});
}

/// A step is confirmed by what begins behind it.
void RecoveryRescuePage::showSteps()
{
    std::vector<QStringList> rows;
    const auto& steps = chip().steps;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const bool isConfirmed = i + 1 < steps.size() || chip().outcome || i == 0;
        const QString state = isConfirmed        ? tr("✓ confirmed")
                              : chip().isRunning ? tr("… under way")
                                                 : tr("✗ not confirmed");
        rows.push_back({nameOf(steps[i].first) + detailOf(steps[i]), state});
    }
    m_steps->setFacts({}, rows);
    const QString record = QString::fromStdString(recordOf(chip()));
    setTextOf(m_record,
              record.isEmpty()
                  ? QString()
                  : tr("Option bytes as they were found; with them they can be set back:\n%1")
                        .arg(record));
    m_copy->setVisible(!record.isEmpty());
}

void RecoveryRescuePage::showDone()
{
    const QString id = QString::fromStdString(updater::serialOf(chip().outcome->chip.uniqueId));
    if (sitting().unit != id.toStdString()) {
        sitting().unit = id.toStdString();
        sitting().before.reset();
        sitting().session.choose(sitting().unit);
    }
    setHead(PictureId::Done,
            {workshop().chip().wish().isBootloaderOnly ? tr("The bootloader is replaced")
                                                       : tr("The unit is programmed"),
             tr("Unit %1: %2 bytes were written, all read back; the option bytes are as wanted.")
                 .arg(id, QLocale().toString(qulonglong(chip().outcome->bytesWritten)))});
    setTextOf(m_byHand,
              numbered({tr("Remove the ST-LINK: the chip is still halted."),
                        tr("Set BOOT0 low, and take all power away for a few seconds."),
                        tr("Connect the board's own USB port. When the unit runs, “Read it back” "
                           "leads to the proof.")}));
}

void RecoveryRescuePage::showEnd()
{
    const bool isStopped = chip().problem->code == updater::ErrorCode::Cancelled;
    setHead(PictureId::Stlink,
            {isStopped ? tr("Stopped") : tr("The chip could not be repaired"),
             tr("What is confirmed stays. “Try again” finds it and does the rest.")});
}

void RecoveryRescuePage::copyRecord()
{
    QApplication::clipboard()->setText(QString::fromStdString(recordOf(chip())));
}

bool RecoveryRescuePage::isComplete() const
{
    return chip().outcome && std::holds_alternative<contract::RuntimeStatus>(sitting().observed());
}

int RecoveryRescuePage::nextId() const
{
    return RecoveryWizard::Proof;
}

} // namespace gui
