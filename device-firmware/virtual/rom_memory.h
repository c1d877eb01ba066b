// The ROM loader's hands: what it reads, erases and programs, with its defects in bank 2.
#pragma once

#include "bootloader/board.h"
#include "virtual/flash_model.h"
#include "virtual/rom_behaviour.h"

namespace virtual_h755 {

/// How an action of the loader ended.
enum class [[nodiscard]] RomResult : std::uint8_t{
    Done,    WrongAddress,
    Refused, ///< read protection is active
    Wedged,  ///< it never reports an end
    Hung,    ///< nor anything else until the next reset
};

class RomMemory {
public:
    /// `facts` are the chip's: unique id and revision.
    RomMemory(FlashModel& flash, Clock& clock, const RomOptions& options,
              const boot::BoardFacts& facts)
        : m_flash(flash), m_clock(clock), m_options(options), m_facts(facts)
    {
    }

    /// RDP level 1 or 2; the loader then obeys Get and Read-Unprotect only (REF 4.4).
    bool isReadProtected() const;

    /// Whether the address pointer may be set to it.
    bool isKnown(std::uint32_t address) const;

    /// All of these take the time that the flash takes. A write-protected sector stays what it is,
    /// and nobody is told (AN3156, REF 4.4).
    RomResult read(std::uint32_t address, contract::ByteSpan out);
    RomResult eraseSectorOf(std::uint32_t address);
    RomResult eraseAll();
    RomResult program(std::uint32_t address, contract::ByteView bytes);

    /// Read-Unprotect: RDP 0, all flash erased, protected sectors too, factory option bytes.
    void unprotect();

private:
    contract::Region flash() const;
    bool isBusy(std::uint8_t bank);
    void wait(std::uint8_t bank);
    RomResult erase(contract::Sector sector);
    RomResult readFlash(std::uint32_t address, contract::ByteSpan out);
    std::uint8_t systemByte(std::uint32_t address) const;
    std::uint8_t optionByte(std::uint32_t address) const;

    FlashModel& m_flash;
    Clock& m_clock;
    const RomOptions& m_options;
    const boot::BoardFacts& m_facts;
};

} // namespace virtual_h755
