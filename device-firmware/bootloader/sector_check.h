// Resuming a download: which of the sectors that the journal calls finished still hold what they
// held.
#pragma once

#include "bootloader/crypto.h"
#include "bootloader/journal.h"
#include "bootloader/slot_writer.h"

namespace boot {

class SectorCheck {
public:
    SectorCheck(Board& board, const Crypto& crypto, const contract::FlashMap& map);

    /// `contentBytes` per core: how much of the slot the download fills (SlotContent::bytes). Both
    /// banks are idle from here until `step` returns true.
    void start(const Download& download, const std::array<std::uint32_t, 2>& contentBytes);

    /// Reads and hashes one slice; true when `intact()` is the answer.
    [[nodiscard]] bool step();
    const std::array<SectorMask, 2>& intact() const { return m_intact; } ///< [core]

private:
    void startSector();
    void finishSector(bool isReadable);
    const FinishedSector& current() const { return m_download.finished[m_sector]; }

    static constexpr std::uint32_t sliceBytes = 512;

    Board& m_board;
    const Crypto& m_crypto;
    const contract::FlashMap& m_map;
    Download m_download;
    std::array<std::uint32_t, 2> m_contentBytes{};
    std::array<SectorMask, 2> m_intact{};
    std::size_t m_sector = 0; ///< index into `m_download.finished`
    std::uint32_t m_at = 0;   ///< bytes of the sector hashed so far
    std::uint32_t m_bytes = 0;
    Sha256 m_hash;
};

} // namespace boot
