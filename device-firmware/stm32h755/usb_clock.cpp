#include "stm32h755/usb_clock.h"

#include "stm32h755/mmio.h"
#include "stm32h755/registers/usb_registers.h"

namespace stm32h755 {

namespace {

/// Far more than either takes (some microseconds), and less than 50 ms.
constexpr std::uint32_t readyPolls = 50'000;

constexpr std::uint32_t pinModes = GPIOA_MODER_MODE11 | GPIOA_MODER_MODE12;
constexpr std::uint32_t pinSpeeds = GPIOA_OSPEEDR_OSPEED11 | GPIOA_OSPEEDR_OSPEED12;
constexpr std::uint32_t pinFunctions = GPIOA_AFRH_AFSEL11 | GPIOA_AFRH_AFSEL12;

bool comesUp(std::uint32_t address, std::uint32_t flag)
{
    for (std::uint32_t i = 0; i < readyPolls; ++i) {
        if ((read32(address) & flag) != 0) return true;
    }
    return false;
}

/// The RM's values for 48 MHz and a pulse every millisecond (RM0399 10.5); 3 is USB2's SOF, which
/// ST's constant "USB" (2) is not.
void startTrimming()
{
    setBits(RCC_APB1HENR, RCC_APB1HENR_CRSEN);
    (void)read32(RCC_APB1HENR); // the clock runs two cycles later
    constexpr std::uint32_t reload = 0xBB7F;
    constexpr std::uint32_t errorLimit = 0x22;
    write32(CRS_CFGR, CRS_CFGR_SYNCSRC | errorLimit << 16 | reload);
    setBits(CRS_CR, CRS_CR_AUTOTRIMEN | CRS_CR_CEN);
}

/// A byte, because a word would use up the one write that the low byte takes (RM0399 7.8.4).
bool startSupply()
{
    const std::uint32_t upperByte = (read32(PWR_CR3) | PWR_CR3_USB33DEN) >> 24;
    write8(PWR_CR3 + 3, static_cast<std::uint8_t>(upperByte));
    return comesUp(PWR_CR3, PWR_CR3_USB33RDY);
}

void connectPins()
{
    constexpr std::uint32_t alternate = 2U << 22 | 2U << 24;
    constexpr std::uint32_t otg = 10U << 12 | 10U << 16;
    setBits(RCC_AHB4ENR, RCC_AHB4ENR_GPIOAEN);
    (void)read32(RCC_AHB4ENR);
    write32(GPIOA_AFRH, (read32(GPIOA_AFRH) & ~pinFunctions) | otg);
    setBits(GPIOA_OSPEEDR, pinSpeeds);
    write32(GPIOA_MODER, (read32(GPIOA_MODER) & ~pinModes) | alternate);
}

void disconnectPins()
{
    setBits(RCC_AHB4ENR, RCC_AHB4ENR_GPIOAEN);
    (void)read32(RCC_AHB4ENR);
    setBits(GPIOA_MODER, pinModes);
    clearBits(GPIOA_OSPEEDR, pinSpeeds);
    clearBits(GPIOA_AFRH, pinFunctions);
}

void pulseReset(std::uint32_t address, std::uint32_t bit)
{
    setBits(address, bit);
    (void)read32(address);
    clearBits(address, bit);
}

} // namespace

bool startUsbClock()
{
    setBits(RCC_CR, RCC_CR_HSI48ON);
    if (!comesUp(RCC_CR, RCC_CR_HSI48RDY) || !startSupply()) return false;
    setBits(RCC_D2CCIP2R, RCC_D2CCIP2R_USBSEL);
    startTrimming();
    connectPins();
    setBits(RCC_AHB1ENR, RCC_AHB1ENR_USB2OTGFSEN);
    clearBits(RCC_AHB1LPENR, RCC_AHB1LPENR_USB2OTGFSULPILPEN); // else WFI stops USB
    pulseReset(RCC_AHB1RSTR, RCC_AHB1RSTR_USB2OTGFSRST);
    return true;
}

void stopUsbClock()
{
    pulseReset(RCC_AHB1RSTR, RCC_AHB1RSTR_USB2OTGFSRST);
    setBits(RCC_AHB1LPENR, RCC_AHB1LPENR_USB2OTGFSULPILPEN);
    clearBits(RCC_AHB1ENR, RCC_AHB1ENR_USB2OTGFSEN);
    disconnectPins();
    pulseReset(RCC_APB1HRSTR, RCC_APB1HRSTR_CRSRST);
    clearBits(RCC_APB1HENR, RCC_APB1HENR_CRSEN);
    clearBits(RCC_D2CCIP2R, RCC_D2CCIP2R_USBSEL);
    clearBits(RCC_CR, RCC_CR_HSI48ON);
}

} // namespace stm32h755
