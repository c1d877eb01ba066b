#include "gui/recovery_probe_page.h"

#include "gui/app_style.h"
#include "gui/bus_rows.h"

#include <QLabel>
#include <algorithm>

namespace gui {

RecoveryProbePage::RecoveryProbePage(RecoveryCase& sitting)
    : RecoveryPage(sitting), m_meaning(newText("meaning")), m_steps(newText("steps")),
      m_limits(newText("limits"))
{
    setTextOf(m_meaning,
              tr("It reaches the chip past all software. It is needed only where neither our "
                 "bootloader nor the ROM loader answers, and to correct option bytes such as "
                 "BCM4."));
    setTextOf(m_steps,
              numbered({tr("First try the board's own USB port: connect it and choose “Look "
                           "again”. If our bootloader answers, the ST-LINK is not needed."),
                        tr("If it does not, program the bootloader with the tool that comes with "
                           "your ST-LINK: connect under reset, write, verify."),
                        tr("Remove the ST-LINK and power-cycle the board: with a probe attached "
                           "the cores may not start together.")}));
    setTextOf(m_limits, tr("This wizard does not program through an ST-LINK."));
    setRole(*m_limits, WidgetRole::MutedText);
    add(m_meaning);
    add(m_steps);
    add(m_limits);
}

void RecoveryProbePage::follow()
{
    const std::vector<BusRow> rows = busRows(situation().bus);
    const bool isThere = std::ranges::any_of(
        rows, [](const BusRow& row) { return row.resident == updater::BusResident::Probe; });
    if (isThere)
        return setHead(PictureId::Stlink,
                       {tr("An ST-LINK is connected"),
                        tr("A debug probe, for boards that say nothing over USB any more.")});
    setHead(PictureId::Stlink, {tr("The ST-LINK has left the bus"),
                                tr("Choose “Look again” to see what is there now.")});
}

} // namespace gui
