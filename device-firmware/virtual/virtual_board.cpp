#include "virtual/virtual_board.h"

#include <algorithm>

namespace virtual_h755 {

VirtualBoard::VirtualBoard(FlashModel& flash, Clock& clock) : m_flash(flash), m_clock(clock)
{
    m_facts.uniqueId = {0x31, 0x00, 0x2A, 0x00, 0x0F, 0x51, 0x38, 0x36, 0x34, 0x33, 0x37, 0x38};
    m_facts.hardwareRevision = 1;
    m_facts.siliconRevision = 0x2003;
    m_facts.romVersion = 0x92;
    m_facts.hasButton = true;
    m_facts.hasBusPower = true;
    m_facts.resetCause = contract::ResetCause::PowerOn;
    m_facts.optionBytes = m_flash.optionBytes();
}

std::uint32_t VirtualBoard::nowMs() const
{
    return static_cast<std::uint32_t>((m_clock.nowUs() - m_resetUs) / 1000);
}

void VirtualBoard::idle()
{
    m_flash.checkPower();
    if (isWatchdogExpired()) throw WatchdogExpired{};
    feedWatchdog();
    constexpr std::uint64_t longestUs = 1000;
    m_clock.sleepUs(
        std::clamp<std::uint64_t>(m_flash.untilNextEndUs().value_or(longestUs), 1, longestUs));
}

void VirtualBoard::startWatchdog(std::uint32_t timeoutMs)
{
    if (m_watchdogUs == 0) m_watchdogUs = std::uint64_t{timeoutMs} * 1000;
    feedWatchdog();
}

void VirtualBoard::reset(contract::ResetCause cause)
{
    m_flash.powerOn();
    m_watchdogUs = 0;
    m_resetUs = m_clock.nowUs();
    m_facts.resetCause = cause;
    m_facts.optionBytes = m_flash.optionBytes();
}

void VirtualBoard::feedWatchdog()
{
    m_fedUs = m_clock.nowUs();
}

bool VirtualBoard::isWatchdogExpired() const
{
    return m_watchdogUs != 0 && m_clock.nowUs() - m_fedUs > m_watchdogUs;
}

} // namespace virtual_h755
