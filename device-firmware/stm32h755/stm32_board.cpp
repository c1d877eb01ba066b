#include "stm32h755/stm32_board.h"

#include "stm32h755/backup_registers.h"
#include "stm32h755/board_facts.h"
#include "stm32h755/system_tick.h"
#include "stm32h755/watchdog.h"

namespace stm32h755 {

Stm32Board::Stm32Board() : m_facts(readBoardFacts(m_flash))
{
}

std::uint32_t Stm32Board::nowMs() const
{
    return elapsedMs();
}

/// Also feeds a watchdog that an option byte has started (IWDG1_SW = 0).
void Stm32Board::idle()
{
    feedWatchdog();
}

void Stm32Board::startWatchdog(std::uint32_t timeoutMs)
{
    if (!m_isWatchdogStarted) stm32h755::startWatchdog(timeoutMs);
    m_isWatchdogStarted = true;
    feedWatchdog();
}

std::uint32_t Stm32Board::backup(unsigned number) const
{
    return readBackup(number);
}

void Stm32Board::setBackup(unsigned number, std::uint32_t value)
{
    writeBackup(number, value);
}

} // namespace stm32h755
