#include "gui/recovery_rom_page.h"

#include "gui/app_style.h"
#include "gui/bus_rows.h"
#include "gui/fact_table.h"
#include "gui/recovery_steps.h"
#include "gui/recovery_wizard.h"
#include "gui/type_scale.h"
#include "gui/unit_file_box.h"

#include <QLabel>
#include <algorithm>

namespace gui {
namespace {

QString loaderText(const std::optional<std::uint8_t>& version)
{
    if (!version) return RecoveryRomPage::tr("does not tell its version");
    return QStringLiteral("V%1.%2").arg(*version >> 4).arg(*version & 0x0F);
}

std::vector<QStringList> factsOf(const updater::ProvisionedUnit& unit)
{
    const QString id = QString::fromStdString(unit.uniqueId);
    return {{RecoveryRomPage::tr("USB port"), QString::fromStdString(unit.portPath)},
            {RecoveryRomPage::tr("ROM loader"), loaderText(unit.romVersion)},
            {RecoveryRomPage::tr("Unit"),
             id.isEmpty() ? RecoveryRomPage::tr("cannot be read in the ROM loader") : id}};
}

} // namespace

RecoveryRomPage::RecoveryRomPage(RecoveryCase& sitting)
    : RecoveryPage(sitting), m_board(new FactTable(this)), m_leaving(newText("leaving")),
      m_file(new UnitFileBox(workshop(), this)), m_limits(newText("limits"))
{
    setTextOf(m_leaving,
              tr("Every STM32 starts it when pin BOOT0 is high while power comes on. If that is "
                 "all: set BOOT0 low, take all power away for some seconds, plug in again and "
                 "choose “Look again”. If the ROM loader is back, the flash holds no bootloader, "
                 "and the board is programmed here."));
    setTextOf(m_limits,
              tr("Bootloader, release and journal are erased and written anew. The bootloader "
                 "comes last: until then the board starts into its ROM loader, so you can stop, "
                 "unplug or lose the power at any time and go on."));
    setRole(*m_limits, WidgetRole::MutedText);
    add(m_board);
    add(m_leaving);
    add(m_file);
    add(m_limits);
}

void RecoveryRomPage::initializePage()
{
    m_readPort.clear();
    m_hasSeenLoader = false;
    workshop().board().forget();
    follow();
}

std::string RecoveryRomPage::port() const
{
    return romLoaderPort(situation().bus, sitting().port);
}

void RecoveryRomPage::follow()
{
    if (port() != m_readPort) readBoard();
    const BoardState& board = workshop().board().state();
    showHead();
    m_board->setFacts({}, board.unit ? factsOf(*board.unit) : std::vector<QStringList>{});
    setProblem(board.problem, board.problem ? technicianSteps(board.problem->code) : QStringList{});
    m_file->follow();
    Q_EMIT completeChanged();
}

/// Each board that appears is asked once. What one has told goes when it goes.
void RecoveryRomPage::readBoard()
{
    m_readPort = port();
    BoardProgramming& board = workshop().board();
    m_readPort.empty() ? board.forget() : board.read(m_readPort);
}

void RecoveryRomPage::showHead()
{
    const std::vector<BusRow> rows = busRows(situation().bus);
    m_hasSeenLoader = m_hasSeenLoader || !port().empty();
    if (!port().empty())
        return setHead(PictureId::Boot0Button,
                       {tr("An STM32 is in its ROM loader"),
                        tr("The chip's own loader runs instead of our bootloader.")});
    if (std::ranges::count(rows, updater::BusResident::RomLoader, &BusRow::resident) > 1)
        return setHead(PictureId::ChooseDevice,
                       {tr("Several boards are in their ROM loader"),
                        tr("Choose “Look again” and say which one it is about.")});
    if (std::ranges::any_of(rows, &BusRow::isOurs))
        return setHead(PictureId::Connect,
                       {tr("The ROM loader has left the bus"),
                        tr("A device of ours is there. Choose “Look again” to see whether it is "
                           "the one.")});
    setHead(PictureId::PowerCycle,
            {m_hasSeenLoader ? tr("The ROM loader has left the bus")
                             : tr("No board is in its ROM loader"),
             tr("To program the board, hold BOOT0 high and switch its power on; a reset alone is "
                "not enough.")});
}

bool RecoveryRomPage::isComplete() const
{
    return !port().empty() && workshop().board().state().unit && workshop().unitFile() != nullptr;
}

int RecoveryRomPage::nextId() const
{
    return RecoveryWizard::Program;
}

bool RecoveryRomPage::validatePage()
{
    if (!isComplete()) return false;
    sitting().port = port();
    workshop().board().write(sitting().port, workshop().unitFile());
    return true;
}

} // namespace gui
