// Update mode: one USB device with DFU 1.1 and the vendor requests, and the work behind them
// (docs/protocol.md). `poll` is called for ever; every call is short, so that EP0 is always
// answered. Whoever calls it calls Board::idle as well when nothing happens.
#pragma once

#include "bootloader/dfu_machine.h"
#include "bootloader/installer.h"
#include "bootloader/standard_requests.h"
#include "bootloader/vendor_requests.h"

namespace boot {

class UpdateMode final : public ControlHandler {
public:
    /// Both banks are idle. All references outlive this object.
    UpdateMode(Board& board, const Crypto& crypto, const contract::FlashMap& map,
               const Identity& identity, Journal& journal, UpdateMemory& memory,
               contract::UpdateReason reason);
    // Its parts refer to each other.
    UpdateMode(const UpdateMode&) = delete;
    UpdateMode& operator=(const UpdateMode&) = delete;

    SetupAnswer setup(const SetupPacket& packet) override;
    [[nodiscard]] bool received() override;
    void completed() override;
    void busReset() override;

    /// One slice of work: flash operations, verification, time-outs.
    void poll();

    /// Anything but No: detach from the bus and reset now. The request for the next start is
    /// already in its backup register, and no flash operation runs.
    Restart restart() const;

private:
    enum class Receiving : std::uint8_t { Nothing, Block, Announcement };

    SetupAnswer setupDfu(const SetupPacket& packet);
    SetupAnswer setupVendor(const SetupPacket& packet);
    SetupAnswer takeBlock(const SetupPacket& packet);
    SetupAnswer manifest();
    SetupAnswer reportStatus();
    SetupAnswer stallDfu();
    void enterError(const Refusal& refusal);
    void enterIdle();
    void wish(Restart restart);
    std::uint32_t idleLimitMs() const;

    Board& m_board;
    const contract::UpdateReason m_reason;
    Installer m_installer;
    StandardRequests m_standard;
    VendorRequests m_vendor;

    contract::dfu::State m_state = contract::dfu::State::Idle;
    Refusal m_error{contract::dfu::Status::Ok}; ///< what GETSTATUS reports
    Receiving m_receiving = Receiving::Nothing;
    SetupPacket m_download; ///< the DNLOAD whose data stage runs
    std::array<std::uint8_t, contract::dfu::StatusReply::encodedBytes> m_reply{};

    Restart m_afterStatusStage = Restart::No;
    Restart m_restart = Restart::No;
    std::uint32_t m_lastTrafficMs = 0;
    bool m_hasSpoken = false; ///< an updater has sent a class or vendor request
};

} // namespace boot
