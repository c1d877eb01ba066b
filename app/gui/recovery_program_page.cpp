#include "gui/recovery_program_page.h"

#include "core/bundle/text_forms.h"
#include "gui/app_style.h"
#include "gui/bus_rows.h"
#include "gui/recovery_steps.h"
#include "gui/recovery_wizard.h"
#include "gui/type_scale.h"

#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

namespace gui {
namespace {

using updater::ErrorCode;
using Phase = BoardState::Phase;

bool isInterruption(ErrorCode code)
{
    return code == ErrorCode::ConnectionLost || code == ErrorCode::NamedDeviceMissing ||
           code == ErrorCode::NoRomLoader || code == ErrorCode::Cancelled;
}

QPushButton* newButton(const QString& text, const char* objectName, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setObjectName(QLatin1String(objectName));
    button->setAutoDefault(false);
    return button;
}

} // namespace

RecoveryProgramPage::RecoveryProgramPage(RecoveryCase& sitting)
    : RecoveryPage(sitting), m_powerCycle(new Picture(this)), m_bar(new QProgressBar(this)),
      m_step(newText("step")), m_detail(newText("detail")),
      m_stop(newButton(tr("Stop"), "stop", this)),
      m_probe(newButton(tr("Go on with the ST-LINK"), "toProbe", this)),
      m_goOn(newButton(tr("Go on"), "goOn", this))
{
    m_powerCycle->setPicture(PictureId::PowerCycle);
    m_powerCycle->setFixedSize(18 * gridPx, 12 * gridPx);
    m_powerCycle->setDescription(tr("Take all power away"));
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of programming"));
    setRole(*m_detail, WidgetRole::MutedText);
    add(m_bar);
    add(m_step);
    add(m_powerCycle, Qt::AlignLeft);
    add(m_detail);
    for (QPushButton* button : {m_stop, m_probe, m_goOn})
        add(button, Qt::AlignLeft);
    BoardProgramming* board = &workshop().board();
    connect(m_stop, &QPushButton::clicked, board, &BoardProgramming::stop);
    connect(m_goOn, &QPushButton::clicked, this, &RecoveryProgramPage::goOn);
    connect(m_probe, &QPushButton::clicked, this, &RecoveryProgramPage::goToProbe);
}

void RecoveryProgramPage::initializePage()
{
    m_goesToProbe = false;
    m_hasLeft = false;
    m_hasStarted = false;
    follow();
}

bool RecoveryProgramPage::isBoardThere() const
{
    return !romLoaderPort(situation().bus, sitting().port).empty();
}

bool RecoveryProgramPage::needsProbe() const
{
    const auto& problem = workshop().board().state().problem;
    return problem && (problem->code == ErrorCode::WriteProtected ||
                       problem->code == ErrorCode::ProvisioningIncomplete);
}

void RecoveryProgramPage::goOn()
{
    BoardProgramming& board = workshop().board();
    m_hasLeft = false;
    if (board.state().isWritten) return board.waitForStart();
    sitting().port = romLoaderPort(situation().bus, sitting().port);
    board.write(sitting().port, workshop().unitFile());
}

void RecoveryProgramPage::goToProbe()
{
    m_goesToProbe = true;
    wizard()->next();
    m_goesToProbe = false;
}

void RecoveryProgramPage::follow()
{
    const BoardState& board = workshop().board().state();
    if (board.phase != Phase::Idle) setProblem({});
    if (!workshop().board().isRunning()) {
        setTextOf(m_step, {});
        setTextOf(m_detail, {});
    }
    m_powerCycle->setVisible(board.phase == Phase::Starting);
    m_bar->setVisible(workshop().board().isRunning());
    switch (board.phase) {
    case Phase::Writing: showWriting(); break;
    case Phase::Starting: showStarting(); break;
    case Phase::Started: showStarted(); break;
    default: showEnd(); break;
    }
    showButtons();
    Q_EMIT completeChanged();
    if (!m_hasStarted && isComplete()) wizard()->button(QWizard::NextButton)->setFocus();
    m_hasStarted = isComplete();
}

void RecoveryProgramPage::showWriting()
{
    const BoardState& board = workshop().board().state();
    setHead(PictureId::Updating,
            {tr("Programming the board"),
             board.isStopping ? tr("Stopping behind this sector.")
                              : tr("You can stop or unplug at any time: the bootloader comes "
                                   "last, and until then the ROM loader is back at each start.")});
    m_bar->setRange(0, static_cast<int>(board.sectorsTotal));
    m_bar->setValue(static_cast<int>(board.sectorsDone));
    const std::size_t sector = std::min(board.sectorsDone + 1, board.sectorsTotal);
    setTextOf(m_step, tr("Sector %1 of %2 is erased, written and read back.")
                          .arg(sector)
                          .arg(board.sectorsTotal));
    const QLocale locale;
    setTextOf(m_detail, tr("%1 of %2 bytes are safely in the flash.")
                            .arg(locale.toString(qulonglong(board.bytesDone)),
                                 locale.toString(qulonglong(board.bytesTotal))));
}

void RecoveryProgramPage::showStarting()
{
    const BoardState& board = workshop().board().state();
    m_hasLeft = m_hasLeft || !isBoardThere();
    const bool isBack = m_hasLeft && isBoardThere();
    setHead(PictureId::Boot0Button,
            {tr("Now set BOOT0 low and switch the power off and on"),
             isBack ? tr("The ROM loader is back: BOOT0 is still high, or the power was not off.")
                    : tr("Everything is written and read back. This page waits for the unit.")});
    m_bar->setRange(0, 0);
    setTextOf(m_step,
              numbered({tr("Set BOOT0 low: release the button, or remove the jumper."),
                        tr("Take all power away for a few seconds: USB and every other supply. A "
                           "reset alone is not enough."),
                        tr("Plug in again.")}));
    const QString id = QString::fromStdString(board.unit->uniqueId);
    setTextOf(m_detail, id.isEmpty() ? tr("Waiting for the unit on port %1.")
                                           .arg(QString::fromStdString(board.unit->portPath))
                                     : tr("Waiting for unit %1, on any port.").arg(id));
}

/// From here on everything is about our device.
void RecoveryProgramPage::showStarted()
{
    const BoardState& board = workshop().board().state();
    if (sitting().unit != board.unit->uniqueId) {
        sitting().unit = board.unit->uniqueId;
        sitting().before.reset();
        sitting().session.choose(sitting().unit);
    }
    setHead(
        PictureId::Done,
        {tr("The board runs %1").arg(QString::fromStdString(updater::versionText(board.running))),
         tr("Unit %1 itself reports it, confirmed.")
             .arg(QString::fromStdString(board.unit->uniqueId))});
}

void RecoveryProgramPage::showEnd()
{
    const BoardState& board = workshop().board().state();
    if (!board.problem) return setProblem({}); // it is left, by now
    m_hasLeft = m_hasLeft || !isBoardThere();
    const ErrorCode code = board.problem->code;
    const bool isOver = !board.isWritten && isInterruption(code) && m_hasLeft && isBoardThere();
    if (isOver || code == ErrorCode::Cancelled) {
        setProblem({});
    } else {
        setProblem(board.problem, technicianSteps(code));
    }
    if (board.isWritten)
        return setHead(PictureId::PowerCycle,
                       {tr("The board has not started yet"),
                        tr("Everything is written and read back; nothing has to be repeated.")});
    if (isInterruption(code)) return showInterrupted(code);
    setHead(PictureId::Problem,
            {tr("The board could not be programmed"),
             tr("What was written stays. Our bootloader comes last and is not in place.")});
}

void RecoveryProgramPage::showInterrupted(ErrorCode code)
{
    const QString again = tr("“Go on” writes all sectors again, which is always safe.");
    if (isBoardThere() && m_hasLeft)
        return setHead(PictureId::Boot0Button, {tr("The board is back"), again});
    if (isBoardThere() && code == ErrorCode::Cancelled)
        return setHead(PictureId::Boot0Button, {tr("Stopped between two sectors"), again});
    if (isBoardThere() && code == ErrorCode::NamedDeviceMissing)
        return setHead(PictureId::ChooseDevice,
                       {tr("This is another board"), tr("Nothing was written to it.")});
    setHead(PictureId::ConnectionLost,
            {tr("Plug the board in again"),
             tr("BOOT0 stays high. Nothing is lost: the board starts into its ROM loader, and no "
                "other one is taken instead.")});
}

void RecoveryProgramPage::showButtons()
{
    const BoardState& board = workshop().board().state();
    const bool hasEnded = board.phase == Phase::Idle;
    const QWidget* before = wizard()->focusWidget();
    m_stop->setVisible(workshop().board().isRunning() && !board.isStopping);
    m_probe->setVisible(hasEnded && needsProbe());
    m_goOn->setVisible(hasEnded);
    m_goOn->setEnabled(board.isWritten || isBoardThere());
    const bool isInterrupted = board.problem && isInterruption(board.problem->code);
    m_goOn->setText(board.isWritten ? tr("Wait again")
                    : isInterrupted ? tr("Go on")
                                    : tr("Try again"));
    const bool hasLostFocus =
        (before == m_stop && m_stop->isHidden()) || (before == m_goOn && m_goOn->isHidden());
    if (hasLostFocus) (m_stop->isHidden() ? m_goOn : m_stop)->setFocus();
}

bool RecoveryProgramPage::isComplete() const
{
    return workshop().board().state().phase == Phase::Started &&
           std::holds_alternative<contract::RuntimeStatus>(sitting().observed());
}

int RecoveryProgramPage::nextId() const
{
    return m_goesToProbe ? RecoveryWizard::Probe : RecoveryWizard::Proof;
}

} // namespace gui
