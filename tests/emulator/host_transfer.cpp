#include "emulator/host_transfer.h"

#include "emulator/peripheral.h"

#include <algorithm>

namespace emulator {

using virtual_h755::ControlOutcome;
using Kind = ControlOutcome::Kind;
using Handshake = DeviceEndpoint::Handshake;

void HostTransfer::start(const boot::SetupPacket& packet, contract::ByteView data)
{
    m_packet = packet;
    m_data.assign(data.begin(), data.end());
    m_sent = 0;
    m_received.clear();
    m_outcome.reset();
    m_stage = Stage::Setup;
}

void HostTransfer::step()
{
    switch (m_stage) {
    case Stage::None: return;
    case Stage::Setup: return stepSetup();
    case Stage::DataIn: return stepDataIn();
    case Stage::DataOut: return stepDataOut();
    case Stage::StatusIn: return stepStatusIn();
    case Stage::StatusOut: return stepStatusOut();
    }
}

void HostTransfer::stepSetup()
{
    if (!m_endpoint.acceptsSetup()) return;
    m_endpoint.setup(contract::encode(m_packet));
    if (m_packet.length == 0) {
        m_stage = Stage::StatusIn;
    } else {
        m_stage = m_packet.isIn() ? Stage::DataIn : Stage::DataOut;
    }
}

/// A short packet or the last byte asked for ends the stage.
void HostTransfer::stepDataIn()
{
    const DeviceEndpoint::InReply reply = m_endpoint.in();
    if (reply.handshake == Handshake::Stall) return end(Kind::Stalled);
    if (reply.handshake == Handshake::Nak) return;
    m_received.insert(m_received.end(), reply.packet.begin(), reply.packet.end());
    if (m_received.size() > m_packet.length) throw IllegalAccess("more IN data than asked for");
    const bool isLast = reply.packet.size() < packetBytes || m_received.size() == m_packet.length;
    if (isLast) m_stage = Stage::StatusOut;
}

void HostTransfer::stepDataOut()
{
    const std::size_t bytes = std::min(packetBytes, m_data.size() - m_sent);
    const Handshake reply = m_endpoint.out(contract::ByteView{m_data}.subspan(m_sent, bytes));
    if (reply == Handshake::Stall) return end(Kind::Stalled);
    if (reply == Handshake::Nak) return;
    m_sent += bytes;
    if (m_sent == m_data.size()) m_stage = Stage::StatusIn;
}

void HostTransfer::stepStatusIn()
{
    const DeviceEndpoint::InReply reply = m_endpoint.in();
    if (reply.handshake == Handshake::Stall) return end(Kind::Stalled);
    if (reply.handshake == Handshake::Nak) return;
    if (!reply.packet.empty()) throw IllegalAccess("data in a status stage");
    end(Kind::Done);
}

void HostTransfer::stepStatusOut()
{
    const Handshake reply = m_endpoint.out({});
    if (reply == Handshake::Stall) return end(Kind::Stalled);
    if (reply == Handshake::Done) end(Kind::Done);
}

void HostTransfer::end(Kind kind)
{
    m_stage = Stage::None;
    m_outcome = ControlOutcome{kind, m_packet.isIn() ? m_received.size() : m_sent};
}

} // namespace emulator
