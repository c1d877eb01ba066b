#include "usb_chip.h"

#include "stm32h755/mmio.h"

namespace test {

namespace {

// From the reference manual, not from the driver's header.
enum Address : std::uint32_t {
    RccCr = 0x5802'4400,
    RccD2Ccip2r = 0x5802'4454,
    RccAhb1Rstr = 0x5802'4480,
    RccApb1hRstr = 0x5802'4494,
    RccAhb1Enr = 0x5802'44D8,
    RccAhb4Enr = 0x5802'44E0,
    RccApb1hEnr = 0x5802'44EC,
    RccAhb1Lpenr = 0x5802'4500,
    PwrCr3 = 0x5802'480C,
    CrsCr = 0x4000'8400,
    CrsCfgr = 0x4000'8404,
    GpioaModer = 0x5802'0000,
    GpioaOspeedr = 0x5802'0008,
    GpioaAfrh = 0x5802'0024,
    Otg = 0x4008'0000,
    OtgEnd = 0x400C'0000,
};

constexpr std::uint32_t bit(unsigned number)
{
    return 1U << number;
}

UsbChip* currentChip = nullptr;

bool isOtg(std::uint32_t address)
{
    return address >= Otg && address < OtgEnd;
}

} // namespace

UsbChip::UsbChip()
    : registers{{RccCr, 1},        {RccD2Ccip2r, 0},        {RccAhb1Rstr, 0},
                {RccApb1hRstr, 0}, {RccAhb1Enr, 0},         {RccAhb4Enr, 0},
                {RccApb1hEnr, 0},  {RccAhb1Lpenr, bit(28)}, {PwrCr3, 4},
                {CrsCr, 0x2000},   {CrsCfgr, 0x2022'BB7F},  {GpioaModer, 0xABFF'FFFF},
                {GpioaAfrh, 0},    {GpioaOspeedr, 3U << 26}}
{
    currentChip = this;
}

UsbChip::~UsbChip()
{
    currentChip = nullptr;
}

UsbChip& UsbChip::current()
{
    return *currentChip;
}

std::uint32_t UsbChip::nowMs()
{
    currentChip->clock.sleepUs(50);
    return static_cast<std::uint32_t>(currentChip->clock.nowUs() / 1000);
}

bool UsbChip::isSet(std::uint32_t address, std::uint32_t bits) const
{
    return (registers.at(address) & bits) == bits;
}

bool UsbChip::isFed() const
{
    return isSet(RccCr, bit(12)) && isSet(RccD2Ccip2r, 3U << 20) && isSet(RccAhb1Enr, bit(27)) &&
           isSet(PwrCr3, bit(24)) && isSet(CrsCfgr, 3U << 28) && isSet(CrsCr, 3U << 5) &&
           (registers.at(GpioaModer) >> 22 & 0xF) == 0b1010 &&
           (registers.at(GpioaAfrh) >> 12 & 0xFF) == 0xAA;
}

std::uint32_t UsbChip::read(std::uint32_t address)
{
    if (isOtg(address)) {
        if (!isSet(RccAhb1Enr, bit(27))) throw emulator::IllegalAccess("OTG without its clock");
        return core.read(address - Otg, 4);
    }
    std::uint32_t value = registers.at(address);
    if (address == RccCr && hasOscillator && (value & bit(12)) != 0) value |= bit(13);
    if (address == PwrCr3 && hasSupply && (value & bit(24)) != 0) value |= bit(26);
    return value;
}

void UsbChip::write(std::uint32_t address, std::uint32_t value, unsigned bytes)
{
    if (isOtg(address)) {
        if (!isSet(RccAhb1Enr, bit(27))) throw emulator::IllegalAccess("OTG without its clock");
        return core.write(address - Otg, value, bytes);
    }
    if (bytes == 1) {
        if (address != PwrCr3 + 3) throw emulator::IllegalAccess("not a register of bytes");
        registers[PwrCr3] = (registers[PwrCr3] & 0x00FF'FFFF) | value << 24;
        return;
    }
    if (address == PwrCr3) throw emulator::IllegalAccess("uses up the supply's only write");
    registers.at(address) = address == RccCr ? value & ~bit(13) : value; // read-only
    if (address == RccAhb1Rstr && (value & bit(27)) != 0) core.reset();
    if (address == RccApb1hRstr && (value & bit(1)) != 0) registers[CrsCr] = 0x2000;
    if (address == RccApb1hRstr && (value & bit(1)) != 0) registers[CrsCfgr] = 0x2022'BB7F;
}

} // namespace test

namespace stm32h755 {

std::uint32_t read32(std::uint32_t address)
{
    return test::UsbChip::current().read(address);
}

void write32(std::uint32_t address, std::uint32_t value)
{
    test::UsbChip::current().write(address, value, 4);
}

void write8(std::uint32_t address, std::uint8_t value)
{
    test::UsbChip::current().write(address, value, 1);
}

void setBits(std::uint32_t address, std::uint32_t bits)
{
    write32(address, read32(address) | bits);
}

void clearBits(std::uint32_t address, std::uint32_t bits)
{
    write32(address, read32(address) & ~bits);
}

} // namespace stm32h755
