#include "gui/recovery_rom_page.h"

#include "gui/app_style.h"
#include "gui/bus_rows.h"
#include "gui/type_scale.h"

#include <QLabel>
#include <algorithm>

namespace gui {

using updater::BusResident;

RecoveryRomPage::RecoveryRomPage(RecoveryCase& sitting)
    : RecoveryPage(sitting), m_meaning(newText("meaning")), m_steps(newText("steps")),
      m_powerCycle(new Picture(this)), m_limits(newText("limits"))
{
    m_powerCycle->setPicture(PictureId::PowerCycle);
    m_powerCycle->setFixedSize(18 * gridPx, 12 * gridPx);
    m_powerCycle->setDescription(tr("Take all power away"));
    setTextOf(m_meaning,
              tr("Every STM32 starts it when pin BOOT0 is high while power comes on. That says "
                 "nothing about our bootloader or the slots, and nothing about whose board it "
                 "is."));
    setTextOf(m_steps,
              numbered({tr("Set BOOT0 low: release the button, or remove the jumper."),
                        tr("Take all power away for a few seconds: USB and every other supply. A "
                           "reset alone is not enough."),
                        tr("Plug in again and choose “Look again”.")}));
    setTextOf(m_limits,
              tr("If the ROM loader is back although BOOT0 is low, the flash holds no bootloader: "
                 "the board has to be programmed as in production. This wizard does not program "
                 "through the ROM loader."));
    setRole(*m_limits, WidgetRole::MutedText);
    add(m_meaning);
    add(m_steps);
    add(m_powerCycle, Qt::AlignLeft);
    add(m_limits);
}

void RecoveryRomPage::follow()
{
    const std::vector<BusRow> rows = busRows(situation().bus);
    const auto isThere = [&rows](auto isWanted) { return std::ranges::any_of(rows, isWanted); };
    if (isThere([](const BusRow& row) { return row.resident == BusResident::RomLoader; }))
        return setHead(PictureId::Boot0Button,
                       {tr("An STM32 is in its ROM loader"),
                        tr("The chip's own loader runs instead of our bootloader.")});
    if (isThere(&BusRow::isOurs))
        return setHead(PictureId::Connect,
                       {tr("The ROM loader has left the bus"),
                        tr("A device of ours is there. Choose “Look again” to see whether it is "
                           "the one.")});
    setHead(PictureId::PowerCycle,
            {tr("The ROM loader has left the bus"), tr("Plug the board in again.")});
}

} // namespace gui
