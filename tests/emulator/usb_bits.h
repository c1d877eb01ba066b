// Registers of the OTG core as its model knows them, typed apart from the driver's (RM0399 60.14):
// offsets from the core's base, and the bits that EP0 needs.
#pragma once

#include <cstdint>

namespace emulator::usb_bits {

enum Offset : std::uint32_t {
    GOTGCTL = 0x000,
    GOTGINT = 0x004,
    GAHBCFG = 0x008,
    GUSBCFG = 0x00C,
    GRSTCTL = 0x010,
    GINTSTS = 0x014,
    GINTMSK = 0x018,
    GRXSTSR = 0x01C,
    GRXSTSP = 0x020,
    GRXFSIZ = 0x024,
    DIEPTXF0 = 0x028,
    GCCFG = 0x038,
    CID = 0x03C,
    GSNPSID = 0x040,
    DCFG = 0x800,
    DCTL = 0x804,
    DSTS = 0x808,
    DIEPMSK = 0x810,
    DOEPMSK = 0x814,
    DAINT = 0x818,
    DAINTMSK = 0x81C,
    DIEPEMPMSK = 0x834,
    DIEPCTL0 = 0x900,
    DIEPINT0 = 0x908,
    DIEPTSIZ0 = 0x910,
    DTXFSTS0 = 0x918,
    DOEPCTL0 = 0xB00,
    DOEPINT0 = 0xB08,
    DOEPTSIZ0 = 0xB10,
    PCGCCTL = 0xE00,
    Fifo0 = 0x1000,
    Fifo1 = 0x2000,
};

constexpr std::uint32_t bit(unsigned number)
{
    return std::uint32_t{1} << number;
}

inline constexpr std::uint32_t sessionValidOverride = bit(6) | bit(7); // BVALOEN, BVALOVAL
inline constexpr std::uint32_t sessionValid = bit(19);
inline constexpr std::uint32_t dmaEnable = bit(5);
inline constexpr std::uint32_t forceDevice = bit(30);
inline constexpr std::uint32_t coreReset = bit(0);
inline constexpr std::uint32_t receiveFlush = bit(4);
inline constexpr std::uint32_t transmitFlush = bit(5);
inline constexpr std::uint32_t busIdle = bit(31);
inline constexpr std::uint32_t hostMode = bit(0);
inline constexpr std::uint32_t startOfFrame = bit(3);
inline constexpr std::uint32_t receiveLevel = bit(4);
inline constexpr std::uint32_t earlySuspend = bit(10);
inline constexpr std::uint32_t suspend = bit(11);
inline constexpr std::uint32_t resetSeen = bit(12);
inline constexpr std::uint32_t enumerationDone = bit(13);
inline constexpr std::uint32_t inPending = bit(18);
inline constexpr std::uint32_t outPending = bit(19);
inline constexpr std::uint32_t transceiverOn = bit(16);
inline constexpr std::uint32_t softDisconnect = bit(1);
inline constexpr std::uint32_t fullSpeed = 3;
inline constexpr std::uint32_t active = bit(15); // USBAEP, always set for EP0
inline constexpr std::uint32_t nakStatus = bit(17);
inline constexpr std::uint32_t stalled = bit(21);
inline constexpr std::uint32_t clearNak = bit(26);
inline constexpr std::uint32_t setNak = bit(27);
inline constexpr std::uint32_t disableEndpoint = bit(30);
inline constexpr std::uint32_t enableEndpoint = bit(31);
inline constexpr std::uint32_t transferComplete = bit(0);
inline constexpr std::uint32_t endpointDisabled = bit(1);
inline constexpr std::uint32_t setupDone = bit(3) | bit(15); // STUP, STPKTRX
inline constexpr std::uint32_t transmitEmpty = bit(7);
inline constexpr std::uint32_t outPacket = bit(19);
inline constexpr std::uint32_t inPackets = 3U << 19;
inline constexpr std::uint32_t setupCount = 3U << 29;
inline constexpr std::uint32_t sizeMask = 0x7F;

} // namespace emulator::usb_bits
