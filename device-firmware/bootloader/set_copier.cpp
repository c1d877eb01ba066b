#include "bootloader/set_copier.h"

namespace boot {

using namespace contract;

namespace {

constexpr int eraseTries = 2;

} // namespace

void SetCopier::copy(const std::array<std::uint32_t, 2>& imageBytes)
{
    for (const Core core : cores) {
        if (!copyImage(core, imageBytes[index(core)])) return;
    }
}

bool SetCopier::copyImage(Core core, std::uint32_t bytes)
{
    const std::uint32_t source = m_map.slot(core, Slot::B).address;
    const std::uint32_t target = m_map.slot(core, Slot::A).address;
    for (std::uint32_t offset = 0; offset < bytes; offset += flashWordBytes) {
        const bool isNewSector = offset % m_map.sectorBytes == 0;
        if (isNewSector && !erase(m_map.sectorAt(target + offset))) return false;
        if (!copyWord(source + offset, target + offset)) return false;
    }
    return true;
}

bool SetCopier::erase(Sector sector)
{
    for (int tries = 0; tries < eraseTries; ++tries) {
        m_board.flash().startErase(sector);
        if (waitFor(m_board, sector.bank) == FlashResult::Done) return true;
    }
    return false;
}

/// Words that are erased anyway are not programmed (R8).
bool SetCopier::copyWord(std::uint32_t from, std::uint32_t to)
{
    Flash& flash = m_board.flash();
    ByteArray<flashWordBytes> word{};
    const ReadResult source = flash.read(from, word);
    if (source != ReadResult::Ok) return source == ReadResult::Blank;
    flash.startProgram(to, word);
    if (waitFor(m_board, m_map.bankOf(to)) != FlashResult::Done) return false;
    ByteArray<flashWordBytes> found{};
    return flash.read(to, found) == ReadResult::Ok && found == word;
}

} // namespace boot
