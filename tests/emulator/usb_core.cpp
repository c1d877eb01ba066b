#include "emulator/usb_core.h"

#include "emulator/usb_bits.h"

#include <cstdio>

namespace emulator {

using namespace usb_bits;

namespace {

constexpr std::uint64_t deviceModeAfterUs = 25'000;
constexpr std::uint64_t resetUs = 10'000; // USB 2.0 7.1.7.5: TDRST
constexpr std::uint64_t frameUs = 1'000;

std::string at(const char* what, std::uint32_t offset)
{
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), " (OTG+0x%03x)", static_cast<unsigned>(offset));
    return what + std::string(text.data());
}

} // namespace

UsbCore::UsbCore(virtual_h755::Clock& clock, std::function<bool()> isClocked)
    : m_clock(clock), m_isClocked(std::move(isClocked))
{
    reset();
}

void UsbCore::reset()
{
    m_plain = {{GOTGCTL, 0},   {GOTGINT, 0},           {GAHBCFG, 0},        {GUSBCFG, 0x1440},
               {GINTMSK, 0},   {GRXFSIZ, 0x200},       {GCCFG, 0},          {DIEPTXF0, 0x0200'0200},
               {CID, 0x2300},  {GSNPSID, 0x4F54'330A}, {DCFG, 0x0220'0000}, {DCTL, 2},
               {DIEPMSK, 0},   {DOEPMSK, 0},           {DAINTMSK, 0},       {PCGCCTL, 0},
               {DIEPEMPMSK, 0}};
    m_receive.clear();
    m_transmit.clear();
    m_interrupts = 0;
    m_inControl = m_outControl = active | nakStatus;
    m_inInterrupts = m_outInterrupts = 0;
    m_inSize = m_outSize = 0;
    m_resetReads = 0;
    m_deviceModeUs = 0;
    m_resetEndUs = 0;
    m_host.abandon();
}

bool UsbCore::isInDeviceMode() const
{
    return (m_plain.at(GUSBCFG) & forceDevice) != 0 && m_clock.nowUs() >= m_deviceModeUs;
}

bool UsbCore::isPulledUp() const
{
    const bool isSession = (m_plain.at(GOTGCTL) & sessionValidOverride) == sessionValidOverride;
    return m_isClocked() && isInDeviceMode() && isSession &&
           (m_plain.at(GCCFG) & transceiverOn) != 0 && (m_plain.at(DCTL) & softDisconnect) == 0 &&
           (m_plain.at(DCFG) & fullSpeed) == fullSpeed && m_plain.at(PCGCCTL) == 0;
}

void UsbCore::busReset()
{
    if (!isPulledUp() || !m_isPlugged) return;
    m_host.abandon();
    m_hostAddress = 0;
    m_interrupts |= resetSeen;
    m_resetEndUs = m_clock.nowUs() + resetUs;
}

void UsbCore::startTransfer(const boot::SetupPacket& packet, contract::ByteView data)
{
    m_host.start(packet, data);
}

void UsbCore::driveReset()
{
    if (m_resetEndUs == 0 || m_clock.nowUs() < m_resetEndUs) return;
    m_resetEndUs = 0;
    m_interrupts |= enumerationDone;
}

/// The bus goes on whenever the firmware looks: at most one packet for each look.
void UsbCore::serveBus()
{
    driveReset();
    const std::uint64_t nowUs = m_clock.nowUs();
    const bool isFrame = nowUs - m_frameUs >= frameUs;
    const bool isQuiet = m_isPlugged && !isFrame && !m_host.isRunning();
    if (isQuiet || !isPulledUp()) return;
    if (!m_isPlugged) m_interrupts |= earlySuspend | suspend;
    if (!m_isPlugged || isResetting()) return;
    if (isFrame) {
        m_interrupts |= startOfFrame;
        m_frameUs = nowUs;
    }
    if (!m_host.isRunning() || nowUs < m_nextPacketUs) return;
    m_nextPacketUs = nowUs + m_packetUs;
    m_host.step();
    const auto ended = m_host.outcome();
    constexpr std::uint8_t setAddress = 5;
    const boot::SetupPacket& packet = m_host.packet();
    const bool isAddress = ended && ended->kind == virtual_h755::ControlOutcome::Kind::Done &&
                           packet.requestType == 0 && packet.request == setAddress;
    if (isAddress) m_hostAddress = static_cast<std::uint8_t>(packet.value);
}

bool UsbCore::acceptsSetup()
{
    constexpr std::size_t roomWords = 4; // two statuses and the packet
    const std::uint32_t address = m_plain.at(DCFG) >> 4 & 0x7F;
    return address == m_hostAddress && m_receive.words() + roomWords <= m_plain.at(GRXFSIZ);
}

void UsbCore::setup(const contract::ByteArray<8>& packet)
{
    if ((m_outSize & setupCount) == 0) throw IllegalAccess("SETUP arrives while STUPCNT is 0");
    m_outSize -= bit(29);
    m_receive.push(UsbFifo::Status::SetupData, packet);
    m_receive.push(UsbFifo::Status::SetupDone, {});
    m_inControl = (m_inControl & ~stalled) | nakStatus;
    m_outControl = (m_outControl & ~(stalled | enableEndpoint)) | nakStatus;
}

DeviceEndpoint::InReply UsbCore::in()
{
    if ((m_inControl & stalled) != 0) return {Handshake::Stall, {}};
    const std::uint32_t bytes = m_inSize & sizeMask;
    const bool isReady = (m_inControl & enableEndpoint) != 0 && (m_inControl & nakStatus) == 0 &&
                         m_transmit.size() == (bytes + 3) / 4;
    if (!isReady) return {Handshake::Nak, {}};
    InReply reply{Handshake::Done, {}};
    for (std::uint32_t i = 0; i < bytes; ++i)
        reply.packet.push_back(static_cast<std::uint8_t>(m_transmit[i / 4] >> 8 * (i % 4)));
    m_transmit.clear();
    m_inSize = 0;
    m_inControl &= ~enableEndpoint;
    m_inInterrupts |= transferComplete;
    return reply;
}

DeviceEndpoint::OutReply UsbCore::out(contract::ByteView packet)
{
    if ((m_outControl & stalled) != 0) return Handshake::Stall;
    const bool isArmed = (m_outControl & enableEndpoint) != 0 && (m_outControl & nakStatus) == 0 &&
                         (m_outSize & outPacket) != 0;
    constexpr std::size_t roomWords = 16 + 2;
    if (!isArmed || m_receive.words() + roomWords > m_plain.at(GRXFSIZ)) return Handshake::Nak;
    const std::uint32_t room = m_outSize & sizeMask;
    if (packet.size() > room) throw IllegalAccess("OUT packet longer than XFRSIZ");
    m_outSize = (m_outSize & setupCount) | (room - static_cast<std::uint32_t>(packet.size()));
    m_outControl |= nakStatus;
    m_receive.push(UsbFifo::Status::OutData, packet);
    m_receive.push(UsbFifo::Status::OutDone, {});
    return Handshake::Done;
}

std::uint32_t UsbCore::popStatus()
{
    const std::uint32_t status = m_receive.popStatus();
    const auto kind = static_cast<UsbFifo::Status>(status >> 17 & 0xF);
    if (kind == UsbFifo::Status::SetupDone) m_outInterrupts |= setupDone;
    if (kind == UsbFifo::Status::OutDone) {
        m_outInterrupts |= transferComplete;
        m_outControl &= ~enableEndpoint;
    }
    return status;
}

std::uint32_t UsbCore::interruptStatus() const
{
    const bool isEndpoint0 = (m_plain.at(DAINTMSK) & bit(0)) != 0;
    const bool isOut = (m_plain.at(DAINTMSK) & bit(16)) != 0;
    std::uint32_t status = m_interrupts;
    if (!isInDeviceMode()) status |= hostMode;
    if (!m_receive.isEmpty()) status |= receiveLevel;
    if (isEndpoint0 && (m_inInterrupts & m_plain.at(DIEPMSK)) != 0) status |= inPending;
    if (isOut && (m_outInterrupts & m_plain.at(DOEPMSK)) != 0) status |= outPending;
    return status;
}

std::uint32_t UsbCore::read(std::uint32_t offset, unsigned bytes)
{
    if (bytes != 4 || offset % 4 != 0) throw IllegalAccess(at("not a whole register", offset));
    serveBus();
    return readRegister(offset);
}

std::uint32_t UsbCore::readRegister(std::uint32_t offset)
{
    switch (offset) {
    case GOTGCTL:
        return m_plain.at(GOTGCTL) |
               ((m_plain.at(GOTGCTL) & sessionValidOverride) == sessionValidOverride ? sessionValid
                                                                                     : 0);
    case GRSTCTL: return m_resetReads > 0 ? (--m_resetReads, coreReset) : busIdle;
    case GINTSTS: return interruptStatus();
    case GRXSTSR:
        if (m_receive.isEmpty()) throw IllegalAccess("GRXSTSR read while the FIFO is empty");
        return m_receive.peekStatus();
    case GRXSTSP: return popStatus();
    case DSTS: return fullSpeed << 1 | (m_isPlugged ? 0U : 1U);
    case DAINT: return (m_inInterrupts != 0 ? bit(0) : 0) | (m_outInterrupts != 0 ? bit(16) : 0);
    case DIEPCTL0: return m_inControl;
    case DIEPINT0: return m_inInterrupts | (m_transmit.empty() ? transmitEmpty : 0);
    case DIEPTSIZ0: return m_inSize;
    case DTXFSTS0:
        return (m_plain.at(DIEPTXF0) >> 16) - static_cast<std::uint32_t>(m_transmit.size());
    case DOEPCTL0: return m_outControl;
    case DOEPINT0: return m_outInterrupts;
    case DOEPTSIZ0: return m_outSize;
    default: break;
    }
    if (offset >= Fifo0 && offset < Fifo1) return m_receive.popWord();
    const auto found = m_plain.find(offset);
    if (found == m_plain.end()) throw IllegalAccess(at("read of an unknown register", offset));
    return found->second;
}

void UsbCore::write(std::uint32_t offset, std::uint32_t value, unsigned bytes)
{
    if (bytes != 4 || offset % 4 != 0) throw IllegalAccess(at("not a whole register", offset));
    writeRegister(offset, value);
}

void UsbCore::writeRegister(std::uint32_t offset, std::uint32_t value)
{
    switch (offset) {
    case GRSTCTL: return writeReset(value);
    case GINTSTS: m_interrupts &= ~value; return;
    case DCTL: return writeDeviceControl(value);
    case DIEPCTL0: return writeInControl(value);
    case DOEPCTL0: return writeOutControl(value);
    case DIEPINT0: m_inInterrupts &= ~value; return;
    case DOEPINT0: m_outInterrupts &= ~value; return;
    case DIEPTSIZ0: return writeInSize(value);
    case DOEPTSIZ0: return writeOutSize(value);
    case GUSBCFG:
        if ((value & ~m_plain[GUSBCFG] & forceDevice) != 0)
            m_deviceModeUs = m_clock.nowUs() + deviceModeAfterUs;
        break;
    case GAHBCFG:
        if ((value & dmaEnable) != 0) throw IllegalAccess("DMA does not reach DTCM");
        break;
    case CID:
    case GSNPSID: throw IllegalAccess(at("write to a read-only register", offset));
    default: break;
    }
    if (offset >= Fifo0 && offset < Fifo1) return pushTransmit(value);
    const auto found = m_plain.find(offset);
    if (found == m_plain.end()) throw IllegalAccess(at("write to an unknown register", offset));
    found->second = value;
}

void UsbCore::writeReset(std::uint32_t value)
{
    if ((value & coreReset) != 0) {
        const std::uint32_t configuration = m_plain[GUSBCFG];
        reset();
        m_plain[GUSBCFG] = configuration;
        m_resetReads = 3;
    }
    if ((value & receiveFlush) != 0) m_receive.clear();
    if ((value & transmitFlush) == 0) return;
    const std::uint32_t number = value >> 6 & 0x1F;
    if (number != 0 && number != 0x10) throw IllegalAccess("flush of an unused transmit FIFO");
    m_transmit.clear();
}

void UsbCore::writeDeviceControl(std::uint32_t value)
{
    constexpr std::uint32_t kept = softDisconnect | bit(0);
    m_plain[DCTL] = value & kept;
    if ((value & softDisconnect) != 0) m_host.abandon();
}

void UsbCore::writeInControl(std::uint32_t value)
{
    if ((value & 3) != 0) throw IllegalAccess("EP0 of less than 64 bytes");
    m_inControl |= value & stalled;
    if ((value & setNak) != 0) m_inControl |= nakStatus;
    if ((value & clearNak) != 0) m_inControl &= ~nakStatus;
    if ((value & disableEndpoint) != 0 && (m_inControl & enableEndpoint) != 0) {
        m_inControl &= ~enableEndpoint;
        m_inInterrupts |= endpointDisabled;
        return;
    }
    if ((value & enableEndpoint) == 0 || (m_inControl & enableEndpoint) != 0) return;
    if ((m_inSize & inPackets) != bit(19)) throw IllegalAccess("IN armed without one packet");
    if (!m_transmit.empty()) throw IllegalAccess("IN armed over a packet that was not flushed");
    m_inControl |= enableEndpoint;
}

void UsbCore::writeOutControl(std::uint32_t value)
{
    if ((value & disableEndpoint) != 0) throw IllegalAccess("EP0 OUT cannot be disabled");
    m_outControl |= value & stalled;
    if ((value & setNak) != 0) m_outControl |= nakStatus;
    if ((value & clearNak) != 0) m_outControl &= ~nakStatus;
    if ((value & enableEndpoint) == 0 || (m_outControl & enableEndpoint) != 0) return;
    if ((m_outSize & outPacket) == 0) throw IllegalAccess("OUT armed without a packet");
    m_outControl |= enableEndpoint;
}

void UsbCore::writeInSize(std::uint32_t value)
{
    if ((m_inControl & enableEndpoint) != 0) throw IllegalAccess("DIEPTSIZ0 of an armed endpoint");
    if ((value & sizeMask) > HostTransfer::packetBytes)
        throw IllegalAccess("IN packet of more than 64 bytes");
    m_inSize = value;
}

void UsbCore::writeOutSize(std::uint32_t value)
{
    const bool hasPacket = (value & outPacket) != 0;
    if (hasPacket && (value & sizeMask) != HostTransfer::packetBytes)
        throw IllegalAccess("XFRSIZ of EP0 OUT is not one whole packet");
    m_outSize = value;
}

void UsbCore::pushTransmit(std::uint32_t word)
{
    const std::size_t wanted = ((m_inSize & sizeMask) + 3) / 4;
    if ((m_inControl & enableEndpoint) == 0)
        throw IllegalAccess("transmit FIFO of an idle endpoint");
    if (m_transmit.size() >= wanted) throw IllegalAccess("transmit FIFO gets more than the packet");
    m_transmit.push_back(word);
}

} // namespace emulator
