// What the bootloader needs of the board it runs on. Two boards exist: the STM32H755 (stm32h755/)
// and the virtual one (virtual/). Everything else in this folder is the same code on both.
#pragma once

#include "contract/device_status.h"
#include "contract/flash_map.h"
#include "contract/hand_off.h"
#include "contract/layout.h"

namespace boot {

using contract::ByteSpan;
using contract::ByteView;
using contract::Digest;

/// What a guarded read found (R10). Blank: every byte 0xFF. Bad: at least one flash word with an
/// uncorrectable ECC error; the bytes are then meaningless.
enum class [[nodiscard]] ReadResult : std::uint8_t{Ok, Blank, Bad};

/// State of a bank's last operation.
enum class [[nodiscard]] FlashResult : std::uint8_t{
    Busy,
    Done,           ///< idle; the last operation, if any, succeeded
    Failed,         ///< PGSERR, INCERR, STRBERR or OPERR: nothing may be assumed about the target
    WriteProtected, ///< WRPERR: nothing was changed
};

/// Both banks of the flash, driven by start and poll so that one bank never waits for the other.
class Flash {
public:
    /// Reads `out.size()` bytes inside one bank through the guarded read. The bank must be idle
    /// (R11).
    virtual ReadResult read(std::uint32_t address, ByteSpan out) = 0;

    /// Starts erasing one sector; typ. 1 s, at most 4 s (R7 allows 10 s). The bank must be idle.
    virtual void startErase(contract::Sector sector) = 0;

    /// Starts programming one flash word, 0.1 to 0.2 ms. `address` is a multiple of 32, the word
    /// was erased in this power cycle or is a virgin journal word, and the bank is idle.
    virtual void startProgram(std::uint32_t address,
                              std::span<const std::uint8_t, contract::flashWordBytes> word) = 0;

    /// Result of the bank's last operation, clearing its error flags once it has ended.
    virtual FlashResult poll(std::uint8_t bank) = 0;

    /// Single-bit errors that the ECC has corrected since power-on.
    virtual std::uint32_t correctedErrors() const = 0;

protected:
    ~Flash() = default;
};

/// What does not change between two resets. Read once, before the first erase (R11).
struct BoardFacts {
    contract::UniqueId uniqueId{};
    std::uint16_t hardwareRevision = 0;
    std::uint16_t siliconRevision = 0;
    std::uint8_t romVersion = 0;
    contract::ResetCause resetCause = contract::ResetCause::Unknown;
    contract::OptionBytes optionBytes;
    bool hasButton = false;
    bool isButtonHeld = false;
    bool hasBusPower = false; ///< VBUS present at start
    /// Board setting: after every power-on on a cable an updater gets some seconds to say "stay".
    bool wantsRescueWindow = false;
};

class Board {
public:
    virtual Flash& flash() = 0;
    virtual const BoardFacts& facts() const = 0;

    /// Milliseconds since reset; wraps after 49 days, so compare differences only.
    virtual std::uint32_t nowMs() const = 0;

    /// Called in every loop that waits: feeds the watchdog and, on the virtual board, lets time
    /// pass.
    virtual void idle() = 0;

    /// Starts the independent watchdog, which only a reset stops; a running one is only fed.
    virtual void startWatchdog(std::uint32_t timeoutMs) = 0;

    /// RTC backup register `number` (contract/hand_off.h).
    virtual std::uint32_t backup(unsigned number) const = 0;
    virtual void setBackup(unsigned number, std::uint32_t value) = 0;

protected:
    ~Board() = default;
};

/// Waits for the bank and returns its last operation's result; a bank that stays busy for longer
/// than R7 allows counts as Failed.
FlashResult waitFor(Board& board, std::uint8_t bank);

} // namespace boot
