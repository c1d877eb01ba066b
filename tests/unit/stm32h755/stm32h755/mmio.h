// Stands in for device-firmware/stm32h755/mmio.h: the driver's register accesses go to a model.
#pragma once

#include <cstdint>

namespace stm32h755 {

std::uint32_t read32(std::uint32_t address);
void write32(std::uint32_t address, std::uint32_t value);
void write8(std::uint32_t address, std::uint8_t value);
void setBits(std::uint32_t address, std::uint32_t bits);
void clearBits(std::uint32_t address, std::uint32_t bits);

} // namespace stm32h755
