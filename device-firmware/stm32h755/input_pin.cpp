#include "stm32h755/input_pin.h"

#include "stm32h755/mmio.h"
#include "stm32h755/registers/peripheral_registers.h"
#include "stm32h755/registers/power_registers.h"

namespace stm32h755 {

namespace {

/// For the pull resistor to charge the wire: 40 kOhm and 100 pF take 4 us; a turn takes ten cycles.
constexpr int settlingTurns = 200;

/// Two bits per pin in MODER (00: input) and PUPDR.
void setField(std::uint32_t address, unsigned pin, std::uint32_t value)
{
    write32(address, (read32(address) & ~(3U << 2 * pin)) | value << 2 * pin);
}

} // namespace

bool readPin(const settings::InputPin& pin)
{
    const std::uint32_t port = pin.port * GPIO_PORT_STRIDE;
    setBits(RCC_AHB4ENR, 1U << pin.port);
    (void)read32(RCC_AHB4ENR); // the clock runs two cycles later
    setField(GPIOA_PUPDR + port, pin.pin, static_cast<std::uint32_t>(pin.pull));
    setField(GPIOA_MODER + port, pin.pin, 0);
    for (int turn = 0; turn < settlingTurns; ++turn)
        (void)read32(GPIOA_IDR + port);
    const bool isHigh = (read32(GPIOA_IDR + port) >> pin.pin & 1) != 0;
    return isHigh == pin.isActiveHigh;
}

void resetPort(const settings::InputPin& pin)
{
    setBits(RCC_AHB4RSTR, 1U << pin.port);
    clearBits(RCC_AHB4RSTR, 1U << pin.port);
    clearBits(RCC_AHB4ENR, 1U << pin.port);
}

} // namespace stm32h755
