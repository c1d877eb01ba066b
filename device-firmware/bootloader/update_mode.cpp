#include "bootloader/update_mode.h"

#include <utility>

namespace boot {

using namespace contract;
using dfu::Request;
using dfu::State;
using dfu::Status;

namespace {

constexpr std::uint32_t installedRestartMs = 2'000;
constexpr std::uint32_t rescueWindowMs = 3'000;
constexpr std::uint32_t idleRestartMs = 60'000;
constexpr std::uint32_t never = 0;

constexpr std::uint8_t typeMask = 0x60;
constexpr std::uint8_t standardType = 0x00;
constexpr std::uint8_t vendorType = 0x40;
constexpr std::uint8_t classOut = 0x21; // to an interface
constexpr std::uint8_t classIn = 0xA1;

/// The direction that each DFU request has (DFU 1.1 table 3.2), and only DNLOAD carries data out.
bool isWellFormed(const SetupPacket& packet)
{
    const auto request = static_cast<Request>(packet.request);
    const bool isIn =
        request == Request::GetStatus || request == Request::GetState || request == Request::Upload;
    if (isIn) return packet.requestType == classIn && packet.length != 0;
    const std::uint16_t most = request == Request::Download ? dfu::transferBytes : 0;
    return packet.requestType == classOut && packet.length <= most;
}

} // namespace

UpdateMode::UpdateMode(Board& board, const Crypto& crypto, const FlashMap& map,
                       const Identity& identity, Journal& journal, UpdateMemory& memory,
                       UpdateReason reason)
    : m_board(board), m_reason(reason), m_installer(board, crypto, map, identity, journal, memory,
                                                    reason == UpdateReason::FaultRepeated),
      m_standard(identity, board.facts().uniqueId),
      m_vendor(board, map, identity, m_installer, reason), m_lastTrafficMs(board.nowMs())
{
    enterIdle();
}

SetupAnswer UpdateMode::setup(const SetupPacket& packet)
{
    m_lastTrafficMs = m_board.nowMs();
    m_receiving = Receiving::Nothing;
    m_afterStatusStage = Restart::No;
    const std::uint8_t type = packet.requestType & typeMask;
    if (type == standardType) return m_standard.setup(packet);
    m_hasSpoken = true;
    if (type == vendorType) return setupVendor(packet);
    const bool isOurs = packet.index == 0 && (packet.requestType & 0x7F) == classOut;
    return isOurs ? setupDfu(packet) : SetupAnswer::stall();
}

SetupAnswer UpdateMode::setupVendor(const SetupPacket& packet)
{
    const SetupAnswer answer = m_vendor.setup(packet, m_state);
    if (answer.kind == SetupAnswer::Kind::Receive) m_receiving = Receiving::Announcement;
    m_afterStatusStage = m_vendor.requestedRestart();
    return answer;
}

SetupAnswer UpdateMode::setupDfu(const SetupPacket& packet)
{
    if (!isWellFormed(packet)) return stallDfu();
    const Transition step =
        transition(m_state, static_cast<Request>(packet.request), packet.length == 0);
    switch (step.action) {
    case DfuAction::Stall: return stallDfu();
    case DfuAction::TakeBlock: return takeBlock(packet);
    case DfuAction::Manifest: return manifest();
    case DfuAction::ReportStatus: return reportStatus();
    case DfuAction::ReportState:
        m_reply[0] = static_cast<std::uint8_t>(m_state);
        return SetupAnswer::send(ByteView{m_reply}.first(1));
    case DfuAction::Abort: m_installer.endTransfer(); break;
    case DfuAction::ClearStatus: m_error = {Status::Ok}; break;
    case DfuAction::Detach: m_afterStatusStage = Restart::Normal; break;
    }
    m_state = step.next;
    return SetupAnswer::acknowledge();
}

SetupAnswer UpdateMode::takeBlock(const SetupPacket& packet)
{
    m_download = packet;
    m_receiving = Receiving::Block;
    return SetupAnswer::receive(m_installer.transferBuffer().first(packet.length));
}

bool UpdateMode::received()
{
    if (m_receiving == Receiving::Announcement) m_vendor.received();
    if (m_receiving == Receiving::Block) {
        if (m_state == State::Idle) m_installer.startTransfer();
        m_installer.accept(m_download.value, m_download.length);
        m_state = State::DownloadSync;
    }
    m_receiving = Receiving::Nothing;
    return true;
}

/// The device is manifestation tolerant, and what manifests is one journal commit: done at once.
SetupAnswer UpdateMode::manifest()
{
    if (!m_installer.finish()) {
        enterError(m_installer.refusal().value_or(Refusal{Status::ErrNotDone}));
        return SetupAnswer::stall();
    }
    m_state = State::ManifestSync;
    return SetupAnswer::acknowledge();
}

SetupAnswer UpdateMode::reportStatus()
{
    const bool isDownloading = m_state == State::DownloadSync || m_state == State::DownloadBusy ||
                               m_state == State::DownloadIdle;
    if (isDownloading && m_installer.refusal()) {
        enterError(*m_installer.refusal());
    } else {
        m_state = afterStatus(m_state, isDownloading && m_installer.isBusy());
    }
    dfu::StatusReply status{m_error.status, {}, m_state, static_cast<std::uint8_t>(m_error.string)};
    status.setPollTimeoutMs(m_state == State::DownloadBusy ? m_installer.busyMs() : 1);
    m_reply = encode(status);
    return SetupAnswer::send(m_reply);
}

SetupAnswer UpdateMode::stallDfu()
{
    enterError({Status::ErrStalledPacket});
    return SetupAnswer::stall();
}

void UpdateMode::enterError(const Refusal& refusal)
{
    m_error = refusal;
    m_state = State::Error;
    m_installer.endTransfer();
}

/// With no valid set at all the standard's way to say so is to start in dfuERROR / errFIRMWARE.
void UpdateMode::enterIdle()
{
    const bool needsFirmware = m_reason == UpdateReason::NoValidSet;
    m_error = {needsFirmware ? Status::ErrFirmware : Status::Ok};
    m_state = needsFirmware ? State::Error : State::Idle;
}

void UpdateMode::completed()
{
    wish(std::exchange(m_afterStatusStage, Restart::No));
}

void UpdateMode::busReset()
{
    m_lastTrafficMs = m_board.nowMs();
    m_receiving = Receiving::Nothing;
    m_standard.busReset();
    if (m_installer.isInstalled()) return wish(Restart::Normal);
    m_installer.endTransfer();
    enterIdle();
}

void UpdateMode::poll()
{
    if (m_restart != Restart::No) m_installer.stop();
    m_installer.poll();
    const std::uint32_t limitMs = idleLimitMs();
    if (limitMs != never && m_board.nowMs() - m_lastTrafficMs >= limitMs) wish(Restart::Normal);
}

/// How long without USB traffic until the device restarts by itself. Never into a copy that has
/// failed: it would wear out the sectors that fail.
std::uint32_t UpdateMode::idleLimitMs() const
{
    if (m_installer.isInstalled()) return installedRestartMs;
    const bool stays = m_vendor.isStaying() || m_reason == UpdateReason::Button ||
                       m_reason == UpdateReason::CopyFailed;
    if (stays || !m_installer.survey().hasValidSet()) return never;
    const bool isWindow = m_reason == UpdateReason::RescueWindow && !m_hasSpoken;
    return isWindow ? rescueWindowMs : idleRestartMs;
}

void UpdateMode::wish(Restart restart)
{
    if (restart == Restart::No || m_restart != Restart::No) return;
    m_restart = restart;
    if (restart == Restart::UpdateMode)
        m_board.setBackup(H755_BACKUP_REQUEST, H755_BOOT_REQUEST_UPDATE);
    if (restart == Restart::RomLoader)
        m_board.setBackup(H755_BACKUP_REQUEST, H755_BOOT_REQUEST_ROM);
}

Restart UpdateMode::restart() const
{
    return m_installer.isQuiet() ? m_restart : Restart::No;
}

} // namespace boot
