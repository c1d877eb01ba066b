// Both flash banks by their registers (RM0399 chapter 4). Everything here runs from RAM.
#pragma once

#include "bootloader/board.h"

namespace stm32h755 {

class FlashDriver final : public boot::Flash {
public:
    boot::ReadResult read(std::uint32_t address, boot::ByteSpan out) override;
    void startErase(contract::Sector sector) override;
    void startProgram(std::uint32_t address,
                      std::span<const std::uint8_t, contract::flashWordBytes> word) override;
    boot::FlashResult poll(std::uint8_t bank) override;
    std::uint32_t correctedErrors() const override { return m_correctedErrors; }

private:
    void finish(unsigned bank);

    /// [bank] Busy: an operation has been started and its end not been seen.
    std::array<boot::FlashResult, 2> m_results{boot::FlashResult::Done, boot::FlashResult::Done};
    std::uint32_t m_correctedErrors = 0;
};

/// Both control registers locked and no error flag left over, as after a reset.
void lockFlash();

} // namespace stm32h755
