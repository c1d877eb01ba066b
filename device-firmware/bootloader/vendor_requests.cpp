#include "bootloader/vendor_requests.h"

#include "bootloader/hand_off.h"
#include "bootloader/status_report.h"

#include <algorithm>

namespace boot {

using namespace contract;
using dfu::State;

static_assert(DeviceStatus::encodedBytes <= 512 && vendor::missingReplyBytes <= 512 &&
              maximumDescriptorBytes <= 512);

namespace {

/// Nothing is under way: neither a transfer nor an unread error.
bool isAtRest(State state)
{
    return state == State::Idle || state == State::Error;
}

bool isDescriptorRequest(const SetupPacket& packet)
{
    return packet.value == 0 && packet.index == 7; // MS_OS_20_DESCRIPTOR_INDEX, and DS20's
}

} // namespace

VendorRequests::VendorRequests(Board& board, const FlashMap& map, const Identity& identity,
                               Installer& installer, UpdateReason reason)
    : m_board(board), m_map(map), m_identity(identity), m_installer(installer), m_reason(reason),
      m_lastFault(faultRecord(board))
{
}

SetupAnswer VendorRequests::setup(const SetupPacket& packet, State state)
{
    m_restart = Restart::No;
    if (packet.requestType == vendor::deviceIn && packet.length != 0) return setupIn(packet, state);
    if (packet.requestType == vendor::deviceOut) return setupOut(packet, state);
    return SetupAnswer::stall();
}

SetupAnswer VendorRequests::setupIn(const SetupPacket& packet, State state)
{
    const auto request = static_cast<Request>(packet.request);
    const DescriptorBuffer text = std::span{m_reply}.first<maximumDescriptorBytes>();
    if (request == Request::Descriptors && isDescriptorRequest(packet))
        return reply(writeMicrosoftDescriptors(m_identity, text));
    if (request == Request::QuirkText && isDescriptorRequest(packet))
        return SetupAnswer::send(quirkText());
    if (packet.index != 0) return SetupAnswer::stall();
    if (request == Request::GetJournal && isAtRest(state)) return journalPage(packet.value);
    if (packet.value != 0) return SetupAnswer::stall();
    if (request == Request::GetStatus) return status();
    const bool isCountable = state == State::Idle || state == State::DownloadIdle;
    if (request == Request::GetMissing && isCountable) return missing();
    return SetupAnswer::stall();
}

SetupAnswer VendorRequests::setupOut(const SetupPacket& packet, State state)
{
    const auto request = static_cast<Request>(packet.request);
    if (packet.index != 0) return SetupAnswer::stall();
    if (request == Request::BeginUpdate) {
        const bool isFit =
            state == State::Idle && packet.value == 0 && packet.length == vendor::beginUpdateBytes;
        return isFit ? SetupAnswer::receive(m_announced) : SetupAnswer::stall();
    }
    if (packet.length != 0) return SetupAnswer::stall();
    if (request == Request::Reboot) return reboot(packet.value);
    if (request == Request::Stay && packet.value == 0) {
        m_isStaying = true;
        return SetupAnswer::acknowledge();
    }
    const bool isSelected = request == Request::SelectSet && state == State::Idle &&
                            packet.value < slots.size() &&
                            m_installer.selectSet(slots[packet.value]);
    return isSelected ? SetupAnswer::acknowledge() : SetupAnswer::stall();
}

void VendorRequests::received()
{
    m_installer.beginUpdate(m_announced);
}

SetupAnswer VendorRequests::status()
{
    const DeviceStatus status =
        reportStatus(m_board, m_identity, m_installer, m_reason, m_lastFault);
    Encoder encoder{m_reply};
    encoder(status);
    return reply(encoder.offset());
}

SetupAnswer VendorRequests::missing()
{
    return reply(m_installer.writeMissing(m_reply));
}

/// Words that cannot be read are sent as zeros, which no journal word is.
SetupAnswer VendorRequests::journalPage(std::uint16_t page)
{
    const bool isInside = page < m_map.journal.bytes / vendor::journalPageBytes;
    if (!isInside || !m_installer.isQuiet()) return SetupAnswer::stall(); // R11
    const ByteSpan out = m_installer.transferBuffer();
    for (std::uint32_t offset = 0; offset < out.size(); offset += flashWordBytes) {
        const ByteSpan word = out.subspan(offset, flashWordBytes);
        const std::uint32_t address =
            m_map.journal.address + page * vendor::journalPageBytes + offset;
        const ReadResult result = m_board.flash().read(address, word);
        if (result == ReadResult::Ok) continue;
        std::fill(word.begin(), word.end(),
                  result == ReadResult::Blank ? std::uint8_t{0xFF} : std::uint8_t{0});
    }
    return SetupAnswer::send(out);
}

/// The ROM loader would bypass every signature, so it needs a hand on the button.
SetupAnswer VendorRequests::reboot(std::uint16_t target)
{
    switch (static_cast<vendor::RebootTarget>(target)) {
    case vendor::RebootTarget::Normal: m_restart = Restart::Normal; break;
    case vendor::RebootTarget::UpdateMode: m_restart = Restart::UpdateMode; break;
    case vendor::RebootTarget::RomLoader:
        if (m_board.facts().isButtonHeld) m_restart = Restart::RomLoader;
        break;
    }
    return m_restart == Restart::No ? SetupAnswer::stall() : SetupAnswer::acknowledge();
}

SetupAnswer VendorRequests::reply(std::size_t bytes) const
{
    return SetupAnswer::send(ByteView{m_reply}.first(bytes));
}

} // namespace boot
