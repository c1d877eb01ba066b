#include "virtual/rom_memory.h"

#include <algorithm>

namespace virtual_h755 {

using contract::ByteSpan;
using contract::ByteView;
using contract::flashWordBytes;
using contract::Region;
using contract::Sector;

namespace {

constexpr std::uint8_t rdpLevel0 = 0xAA;
constexpr Region optionWindow{rom::optionAddress, rom::optionBytes};

} // namespace

bool RomMemory::isReadProtected() const
{
    return m_flash.optionBytes().readProtection != rdpLevel0;
}

Region RomMemory::flash() const
{
    const contract::FlashMap& map = m_flash.map();
    return {map.baseAddress, std::min(m_options.chip.flashBytes, map.totalBytes())};
}

bool RomMemory::isKnown(std::uint32_t address) const
{
    const bool isSystem = rom::systemMemory.contains(address) && !m_options.refusesSystemMemory;
    return flash().contains(address) || isSystem || optionWindow.contains(address);
}

bool RomMemory::isBusy(std::uint8_t bank)
{
    return m_flash.poll(bank) == boot::FlashResult::Busy;
}

void RomMemory::wait(std::uint8_t bank)
{
    while (isBusy(bank))
        m_clock.sleepUs(std::max<std::uint64_t>(m_flash.untilNextEndUs().value_or(1), 1));
}

RomResult RomMemory::read(std::uint32_t address, ByteSpan out)
{
    const auto bytes = static_cast<std::uint32_t>(out.size());
    if (isReadProtected()) return RomResult::Refused;
    if (!isKnown(address)) return RomResult::WrongAddress;
    if (flash().contains(address, bytes)) return readFlash(address, out);
    const bool isSystem = rom::systemMemory.contains(address, bytes);
    if (!isSystem && !optionWindow.contains(address, bytes)) return RomResult::WrongAddress;
    for (std::uint32_t i = 0; i < bytes; ++i)
        out[i] = isSystem ? systemByte(address + i) : optionByte(address + i);
    return RomResult::Done;
}

/// OPEN: what the loader does with the bus error of a torn word (REF 3.1); here it never comes back
/// from it. A read of a bank that V9.1 still erases "can hang the system" (AN2606, REF 7.1).
RomResult RomMemory::readFlash(std::uint32_t address, ByteSpan out)
{
    const contract::FlashMap& map = m_flash.map();
    const std::uint32_t bankEnd = map.baseAddress + (map.bankOf(address) + 1U) * map.bankBytes();
    const std::size_t here = std::min<std::size_t>(out.size(), bankEnd - address);
    if (isBusy(map.bankOf(address))) return RomResult::Hung;
    if (m_flash.read(address, out.first(here)) == boot::ReadResult::Bad) return RomResult::Hung;
    return here == out.size() ? RomResult::Done : readFlash(bankEnd, out.subspan(here));
}

RomResult RomMemory::eraseSectorOf(std::uint32_t address)
{
    if (isReadProtected()) return RomResult::Refused;
    if (!flash().contains(address)) return RomResult::WrongAddress;
    return erase(m_flash.map().sectorAt(address));
}

RomResult RomMemory::erase(Sector sector)
{
    if (isBusy(sector.bank)) return RomResult::Hung; // AN2606 on V9.1, REF 7.1
    const std::uint64_t before = m_flash.operations();
    m_flash.startErase(sector);
    const bool isAffected = sector.bank == 1 && m_flash.operations() != before;
    const Bank2Erase behaviour = m_options.behaviour.bank2Erase;
    if (isAffected && behaviour == Bank2Erase::Wedges) return RomResult::Wedged;
    if (!isAffected || behaviour == Bank2Erase::Waits) wait(sector.bank);
    return RomResult::Done;
}

/// Refused by the flash if any sector is protected (RM0399 4.3.10, REF 2.5), of which nobody is
/// told. OPEN: the order; sector by sector each version's defect shows.
RomResult RomMemory::eraseAll()
{
    if (isReadProtected()) return RomResult::Refused;
    const contract::OptionBytes& options = m_flash.optionBytes();
    const bool isAnyProtected =
        options.writeProtectionBank1 != 0xFF || options.writeProtectionBank2 != 0xFF;
    const Region all = flash();
    const std::uint32_t step = m_flash.map().sectorBytes;
    for (std::uint32_t at = all.address; !isAnyProtected && at < all.end(); at += step) {
        const RomResult result = erase(m_flash.map().sectorAt(at));
        if (result != RomResult::Done) return result;
    }
    return RomResult::Done;
}

/// OPEN: what is left of a flash word that the block covers in part: its other bytes become 0xFF
/// for good, as by FW (RM0399 4.3.9, REF 2.2).
RomResult RomMemory::program(std::uint32_t address, ByteView bytes)
{
    if (isReadProtected()) return RomResult::Refused;
    if (!flash().contains(address, static_cast<std::uint32_t>(bytes.size())))
        return RomResult::WrongAddress;
    while (!bytes.empty()) {
        const std::uint32_t skip = address % flashWordBytes;
        const std::size_t count = std::min<std::size_t>(flashWordBytes - skip, bytes.size());
        contract::ByteArray<flashWordBytes> word{};
        word.fill(0xFF);
        std::copy_n(bytes.begin(), count, word.begin() + skip);
        const std::uint8_t bank = m_flash.map().bankOf(address);
        // Into a bank that is still being erased: lost without a word (T-H755B2, REF 7.1).
        if (isBusy(bank)) {
            m_clock.sleepUs(m_flash.programUs());
        } else {
            m_flash.startUncheckedProgram(address - skip, word);
            wait(bank);
        }
        address += static_cast<std::uint32_t>(count);
        bytes = bytes.subspan(count);
    }
    return RomResult::Done;
}

void RomMemory::unprotect()
{
    contract::OptionBytes& options = m_flash.optionBytes();
    const std::uint8_t level = options.readProtection;
    options = {.readProtection = level, .bootCm4 = 1};
    const contract::FlashMap& map = m_flash.map();
    for (std::uint32_t at = map.baseAddress; at < map.baseAddress + map.totalBytes();
         at += map.sectorBytes) {
        wait(map.bankOf(at));
        m_flash.startErase(map.sectorAt(at));
        wait(map.bankOf(at));
    }
    options.readProtection = rdpLevel0; // last: after a cut it begins anew
}

/// REF 1: version, unique id, flash size. The rest is code, whose bytes are nobody's business.
std::uint8_t RomMemory::systemByte(std::uint32_t address) const
{
    if (address == rom::versionAddress) return m_options.behaviour.version;
    const std::uint32_t idOffset = address - rom::uniqueIdAddress;
    if (address >= rom::uniqueIdAddress && idOffset < m_facts.uniqueId.size())
        return m_facts.uniqueId[idOffset];
    const std::uint32_t kilobytes = m_options.chip.flashBytes / 1024;
    if (address == rom::flashSizeAddress) return static_cast<std::uint8_t>(kilobytes);
    if (address == rom::flashSizeAddress + 1) return static_cast<std::uint8_t>(kilobytes >> 8);
    return 0;
}

/// The window shows the controller's registers (REF 4.5); of these the board keeps RDP, BCM4 and
/// bank 1's WPSN (REF 2.1, 4.1). OPEN: everything else in it.
std::uint8_t RomMemory::optionByte(std::uint32_t address) const
{
    const contract::OptionBytes& options = m_flash.optionBytes();
    constexpr std::uint32_t statusBytes[] = {0x1C, 0x20};
    const std::uint32_t offset = address - rom::optionAddress + statusBytes[0];
    for (const std::uint32_t at : statusBytes) {
        if (offset == at + 1) return options.readProtection;
        if (offset == at + 2) return static_cast<std::uint8_t>(0x86 | options.bootCm4 << 6);
    }
    const bool isProtection = offset == 0x38 || offset == 0x3C;
    return isProtection ? options.writeProtectionBank1 : 0;
}

} // namespace virtual_h755
