// One download from its header to the State that activates it. Every step is a stage; a stage ends
// when its work is done, and `poll` does one slice of it. USB does not appear here.
//
//   Idle -> Surveying -> Comparing -> Filling [-> Clearing] -> Writing -> Checking -> Complete
//
// Invariant: from the first erase on, the set in the other slot has been verified in this power
// cycle and is the active one in the journal (R5), if there was a valid set at all.
#pragma once

#include "bootloader/refusal.h"
#include "bootloader/sector_check.h"
#include "bootloader/set_survey.h"
#include "bootloader/set_writer.h"
#include "bootloader/slot_choice.h"
#include "bootloader/slot_data.h"
#include "bootloader/stream_receiver.h"
#include "bootloader/update_memory.h"

namespace boot {

class Installer {
public:
    /// `isCautious`: touch neither sets nor journal until a signed header has arrived.
    Installer(Board& board, const Crypto& crypto, const contract::FlashMap& map,
              const Identity& identity, Journal& journal, UpdateMemory& memory, bool isCautious);

    /// BEGIN_UPDATE: the stream whose encoded header has this SHA-256 follows, by block numbers.
    void beginUpdate(const Digest& headerHash);
    /// The first DNLOAD out of dfuIDLE.
    void startTransfer();
    /// ABORT, bus reset, error: what was taken stays, the next transfer is a plain one.
    void endTransfer();

    StreamReceiver::Buffer transferBuffer() const { return m_receiver.transferBuffer(); }
    /// A DNLOAD's data stage is complete.
    void accept(std::uint16_t blockNumber, std::uint32_t bytes);

    /// True until what was accepted has been taken; for the block that completes the set, until the
    /// set has been verified.
    bool isBusy() const { return !m_refusal && (m_receiver.block() || isWorking()); }
    /// An estimate of how long, at least 1 ms.
    std::uint32_t busyMs() const;
    /// Why the download has stopped, until the next transfer starts.
    const std::optional<Refusal>& refusal() const { return m_refusal; }

    /// The zero-length DNLOAD: commits the verified set as the next to run. False: nothing to
    /// commit, or it could not be written.
    [[nodiscard]] bool finish();
    bool isInstalled() const { return m_isInstalled; }

    /// SELECT_SET. False: refused, nothing changed.
    [[nodiscard]] bool selectSet(contract::Slot slot);

    /// GET_MISSING's reply; returns its length.
    std::size_t writeMissing(ByteSpan out) const;

    void poll();

    /// Ends the work for a restart, which may happen once `isQuiet`.
    void stop();
    bool isQuiet() const { return m_writer.isIdle() && m_stage != Stage::Clearing; }

    const SetSurvey& survey() const { return m_survey; }
    const SetWriter& writer() const { return m_writer; }
    const Journal& journal() const { return m_journal; }
    contract::StreamFault lastFault() const { return m_fault; }

private:
    enum class Stage : std::uint8_t {
        Idle,
        Surveying, ///< a signed header waits for the verification of both sets
        Comparing, ///< checks the sectors of an unfinished download
        Filling,   ///< takes slot data
        Clearing,  ///< compaction (R9)
        Writing,   ///< takes bodies
        Checking,  ///< final verification
        Complete,  ///< waits for the zero-length DNLOAD
        Failing,   ///< voids the download once the banks are idle (R12)
    };

    bool isWorking() const;
    bool isAdmitted() const;
    bool wants(std::uint32_t block) const;
    SecurityLevel minimumLevel() const;

    void takeBlock();
    bool take(const StreamBlock& block);
    void takeHeader(ByteView bytes);
    void takeSlotData(const StreamBlock& block);
    bool takeBody(const StreamBlock& block);
    void refuse(const Refusal& refusal);
    void refuseHeader(contract::StreamFault fault);

    void advance();
    void prepareSurvey();
    void admit();
    void startWriter(const std::array<SectorMask, 2>& finished);
    void open();
    void startClearing();
    void pollClearing();
    void beginWriting();
    void startChecking();
    void conclude();
    void failWriting(const Refusal& refusal);
    void voidDownload();
    [[nodiscard]] bool commitTarget(contract::SlotState state, contract::Reason reason);

    Board& m_board;
    const Crypto& m_crypto;
    const contract::FlashMap& m_map;
    const Identity& m_identity;
    Journal& m_journal;

    StreamReceiver m_receiver;
    SlotData m_slotData;
    SetSurvey m_survey;
    SectorCheck m_check;
    SetWriter m_writer;
    SectorEraser m_eraser;

    Stage m_stage = Stage::Idle;
    bool m_isCautious;
    bool m_isInstalled = false;
    std::optional<Refusal> m_refusal;
    contract::StreamFault m_fault = contract::StreamFault::None;

    std::optional<Digest> m_announced; ///< by BEGIN_UPDATE
    bool m_isHeaderSeen = false;       ///< in this transfer
    contract::StreamHeader m_header;   ///< from Surveying on
    Digest m_headerHash{};
    SlotChoice m_choice;
    bool m_compacts = false; ///< this download begins with a compaction (R9)
    bool m_isResuming = false;
    bool m_isSlotCleared = false;                ///< in Clearing: the journal's turn
    std::uint8_t m_openActive = contract::noSet; ///< what `open` commits
    contract::StatePayload m_openState;
};

} // namespace boot
