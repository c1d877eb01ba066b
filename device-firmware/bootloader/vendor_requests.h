// The vendor requests of docs/protocol.md. What is not listed there, or has another length, or
// comes in the wrong state, stalls and changes nothing.
#pragma once

#include "bootloader/control_request.h"
#include "bootloader/descriptors.h"
#include "bootloader/installer.h"
#include "contract/device_status.h"
#include "contract/vendor_requests.h"

namespace boot {

/// Why and where to restart.
enum class Restart : std::uint8_t { No, Normal, UpdateMode, RomLoader };

class VendorRequests {
public:
    VendorRequests(Board& board, const contract::FlashMap& map, const Identity& identity,
                   Installer& installer, contract::UpdateReason reason);

    SetupAnswer setup(const SetupPacket& packet, contract::dfu::State state);
    /// BEGIN_UPDATE's data stage is complete.
    void received();

    /// What REBOOT has asked for in the last `setup`; takes effect after the status stage.
    Restart requestedRestart() const { return m_restart; }
    bool isStaying() const { return m_isStaying; } ///< STAY was sent

private:
    using Request = contract::vendor::Request;

    SetupAnswer setupIn(const SetupPacket& packet, contract::dfu::State state);
    SetupAnswer setupOut(const SetupPacket& packet, contract::dfu::State state);
    SetupAnswer status();
    SetupAnswer missing();
    SetupAnswer journalPage(std::uint16_t page);
    SetupAnswer reboot(std::uint16_t target);
    SetupAnswer reply(std::size_t bytes) const;

    Board& m_board;
    const contract::FlashMap& m_map;
    const Identity& m_identity;
    Installer& m_installer;
    const contract::UpdateReason m_reason;
    const contract::FaultRecord m_lastFault;
    Restart m_restart = Restart::No;
    bool m_isStaying = false;
    Digest m_announced{};
    std::array<std::uint8_t, 512> m_reply{};
};

} // namespace boot
