// The bootloader's board: the chip.
#pragma once

#include "stm32h755/flash_driver.h"

namespace stm32h755 {

class Stm32Board final : public boot::Board {
public:
    /// Reads the facts. The backup registers are open and the system tick runs.
    Stm32Board();

    boot::Flash& flash() override { return m_flash; }
    const boot::BoardFacts& facts() const override { return m_facts; }
    std::uint32_t nowMs() const override;
    void idle() override;
    void startWatchdog(std::uint32_t timeoutMs) override;
    std::uint32_t backup(unsigned number) const override;
    void setBackup(unsigned number, std::uint32_t value) override;

private:
    FlashDriver m_flash;
    boot::BoardFacts m_facts;
    bool m_isWatchdogStarted = false;
};

} // namespace stm32h755
