#include "stm32h755/usb_core.h"

#include "stm32h755/mmio.h"
#include "stm32h755/registers/usb_registers.h"

namespace stm32h755 {

namespace {

/// The core answers within some of its clock cycles.
constexpr std::uint32_t answerPolls = 10'000;

constexpr std::uint32_t receiveWords = 128;
constexpr std::uint32_t transmitWords = 64;
constexpr std::uint32_t onePacket = 1U << 19; // PKTCNT of both directions
constexpr std::uint32_t allEvents = 0xFFFF'FFFF;

/// PKTSTS (RM0399 60.14.8).
enum class Entry : std::uint8_t { OutData = 2, OutDone = 3, SetupDone = 4, SetupData = 6 };

Entry entryOf(std::uint32_t status)
{
    return static_cast<Entry>((status & OTG_GRXSTSP_PKTSTS) >> 17);
}

bool becomes(std::uint32_t address, std::uint32_t bits, std::uint32_t wanted)
{
    for (std::uint32_t i = 0; i < answerPolls; ++i) {
        if ((read32(address) & bits) == wanted) return true;
    }
    return false;
}

void flush(std::uint32_t fifo)
{
    write32(OTG_GRSTCTL, fifo); // TXFNUM 0 is EP0's
    (void)becomes(OTG_GRSTCTL, fifo, 0);
}

/// Takes back a packet that the host no longer wants (RM0399 60.15.6).
void cancelSending()
{
    if ((read32(OTG_DIEPCTL0) & OTG_DIEPCTL0_EPENA) != 0) {
        write32(OTG_DIEPCTL0, OTG_DIEPCTL0_SNAK | OTG_DIEPCTL0_EPDIS);
        (void)becomes(OTG_DIEPINT0, OTG_DIEPINT0_EPDISD, OTG_DIEPINT0_EPDISD);
        flush(OTG_GRSTCTL_TXFFLSH);
    }
    write32(OTG_DIEPINT0, OTG_DIEPINT0_EPDISD | OTG_DIEPINT0_XFRC);
}

/// A host that has given up a transfer has sent a new SETUP; what is meant for the old one must
/// not reach it.
bool isSetupWaiting()
{
    return (read32(OTG_GINTSTS) & OTG_GINTSTS_RXFLVL) != 0 &&
           entryOf(read32(OTG_GRXSTSR)) == Entry::SetupData;
}

} // namespace

bool UsbCore::reset()
{
    write32(OTG_GAHBCFG, 0); // no interrupts, no DMA
    setBits(OTG_GUSBCFG, OTG_GUSBCFG_PHYSEL);
    if (!becomes(OTG_GRSTCTL, OTG_GRSTCTL_AHBIDL, OTG_GRSTCTL_AHBIDL)) return false;
    setBits(OTG_GRSTCTL, OTG_GRSTCTL_CSRST);
    if (!becomes(OTG_GRSTCTL, OTG_GRSTCTL_CSRST, 0)) return false;
    if (!becomes(OTG_GRSTCTL, OTG_GRSTCTL_AHBIDL, OTG_GRSTCTL_AHBIDL)) return false;
    write32(OTG_GCCFG, OTG_GCCFG_PWRDWN);          // VBUS is not sensed: PA9 may be anything
    constexpr std::uint32_t turnaround = 6U << 10; // AHB of 32 MHz or more
    const std::uint32_t kept =
        read32(OTG_GUSBCFG) & ~(OTG_GUSBCFG_FHMOD | OTG_GUSBCFG_TRDT | OTG_GUSBCFG_TOCAL);
    write32(OTG_GUSBCFG, kept | OTG_GUSBCFG_FDMOD | turnaround | OTG_GUSBCFG_TOCAL);
    return true;
}

bool UsbCore::isDeviceMode() const
{
    return (read32(OTG_GINTSTS) & OTG_GINTSTS_CMOD) == 0;
}

void UsbCore::prepare()
{
    write32(OTG_PCGCCTL, 0);
    setPullUp(false);
    write32(OTG_DCFG, OTG_DCFG_DSPD | OTG_DCFG_NZLSOHSK);
    setBits(OTG_GOTGCTL, OTG_GOTGCTL_BVALOEN | OTG_GOTGCTL_BVALOVAL);
    write32(OTG_GRXFSIZ, receiveWords);
    write32(OTG_DIEPTXF0, transmitWords << 16 | receiveWords);
    flush(OTG_GRSTCTL_TXFFLSH);
    flush(OTG_GRSTCTL_RXFFLSH);
    write32(OTG_GINTMSK, 0);
    write32(OTG_GINTSTS, allEvents);
    write32(OTG_DOEPTSIZ0, OTG_DOEPTSIZ0_STUPCNT);
}

void UsbCore::setPullUp(bool isOn)
{
    const std::uint32_t others = read32(OTG_DCTL) & ~OTG_DCTL_SDIS;
    write32(OTG_DCTL, others | (isOn ? 0 : OTG_DCTL_SDIS));
}

/// In the order of the bus: a packet that was sent before a SETUP shows in the same or an earlier
/// round than the SETUP, because the FIFO's level is read first.
UsbCore::Event UsbCore::nextEvent()
{
    const std::uint32_t interrupts = read32(OTG_GINTSTS);
    if ((interrupts & (OTG_GINTSTS_USBRST | OTG_GINTSTS_ENUMDNE)) != 0)
        return startAnew(interrupts);
    if ((read32(OTG_DIEPINT0) & OTG_DIEPINT0_XFRC) != 0) {
        write32(OTG_DIEPINT0, OTG_DIEPINT0_XFRC);
        return Event::Sent;
    }
    return (interrupts & OTG_GINTSTS_RXFLVL) != 0 ? takeEntry() : Event::None;
}

/// RM0399 60.15.5. If the reset has ended unnoticed, the FIFO may hold the first SETUP after it
/// already; not while the core still listened to another address.
UsbCore::Event UsbCore::startAnew(std::uint32_t interrupts)
{
    write32(OTG_GINTSTS, interrupts & (OTG_GINTSTS_USBRST | OTG_GINTSTS_ENUMDNE));
    if ((interrupts & OTG_GINTSTS_ENUMDNE) != 0) setBits(OTG_DCTL, OTG_DCTL_CGINAK);
    if ((interrupts & OTG_GINTSTS_USBRST) == 0) return Event::Internal;
    write32(OTG_DOEPCTL0, OTG_DOEPCTL0_SNAK);
    cancelSending();
    const bool wasAddressed = (read32(OTG_DCFG) & OTG_DCFG_DAD) != 0;
    const bool hasEnded = (interrupts & OTG_GINTSTS_ENUMDNE) != 0;
    if (wasAddressed || !hasEnded) {
        flush(OTG_GRSTCTL_RXFFLSH);
        write32(OTG_DOEPTSIZ0, OTG_DOEPTSIZ0_STUPCNT);
    }
    setAddress(0);
    return Event::BusReset;
}

UsbCore::Event UsbCore::takeEntry()
{
    const std::uint32_t status = read32(OTG_GRXSTSP);
    const std::size_t bytes = (status & OTG_GRXSTSP_BCNT) >> 4;
    const Entry entry = entryOf(status);
    if (entry == Entry::SetupData || entry == Entry::OutData) readPacket(bytes);
    if ((status & OTG_GRXSTSP_EPNUM) != 0) return Event::Internal;
    switch (entry) {
    case Entry::SetupData:
        if (m_packetBytes == boot::SetupPacket::encodedBytes) {
            m_setup = contract::decode<boot::SetupPacket>(
                std::span{m_packet}.first<boot::SetupPacket::encodedBytes>());
        }
        return Event::Internal;
    case Entry::SetupDone: return finishSetup();
    case Entry::OutData: return Event::Internal;
    case Entry::OutDone: write32(OTG_DOEPINT0, OTG_DOEPINT0_XFRC); return Event::Received;
    }
    return Event::Internal;
}

/// The core has set NAK in both directions and disabled OUT by itself.
UsbCore::Event UsbCore::finishSetup()
{
    write32(OTG_DOEPINT0, OTG_DOEPINT0_STUP | OTG_DOEPINT0_STPKTRX);
    write32(OTG_DOEPTSIZ0, OTG_DOEPTSIZ0_STUPCNT);
    cancelSending();
    return Event::Setup;
}

void UsbCore::readPacket(std::size_t bytes)
{
    m_packetBytes = 0;
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < bytes; ++i) {
        if (i % 4 == 0) word = read32(OTG_FIFO0);
        if (m_packetBytes < m_packet.size())
            m_packet[m_packetBytes++] = static_cast<std::uint8_t>(word >> 8 * (i % 4));
    }
}

void UsbCore::setAddress(std::uint8_t address)
{
    const std::uint32_t others = read32(OTG_DCFG) & ~OTG_DCFG_DAD;
    write32(OTG_DCFG, others | static_cast<std::uint32_t>(address) << 4);
}

void UsbCore::send(contract::ByteView packet)
{
    if (isSetupWaiting()) return;
    write32(OTG_DIEPTSIZ0, onePacket | static_cast<std::uint32_t>(packet.size()));
    write32(OTG_DIEPCTL0, OTG_DIEPCTL0_EPENA | OTG_DIEPCTL0_CNAK);
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < packet.size(); ++i) {
        word |= static_cast<std::uint32_t>(packet[i]) << 8 * (i % 4);
        if (i % 4 != 3 && i + 1 != packet.size()) continue;
        write32(OTG_FIFO0, word);
        word = 0;
    }
}

/// With EP0 idle only STUPCNT is armed: an OUT that stays armed races the next SETUP.
void UsbCore::receive()
{
    if (isSetupWaiting()) return;
    write32(OTG_DOEPTSIZ0,
            OTG_DOEPTSIZ0_STUPCNT | onePacket | static_cast<std::uint32_t>(endpointZeroBytes));
    write32(OTG_DOEPCTL0, OTG_DOEPCTL0_EPENA | OTG_DOEPCTL0_CNAK);
}

/// Until the next SETUP, which the core takes all the same.
void UsbCore::stall()
{
    write32(OTG_DIEPCTL0, OTG_DIEPCTL0_STALL);
    write32(OTG_DOEPCTL0, OTG_DOEPCTL0_STALL);
}

} // namespace stm32h755
