// RCC: oscillators, PLL1, bus dividers, clock enables of both cores, peripheral resets and the
// causes of the last reset (RM0399 chapter 9).
#pragma once

#include "contract/journal_word.h"
#include "emulator/engine.h"
#include "emulator/register_file.h"
#include "virtual/clock.h"

#include <functional>

namespace emulator {

class ClockControl final : public RegisterFile {
public:
    static constexpr std::uint32_t base = 0x5802'4400;

    struct Owner {
        std::function<unsigned()> voltageScale; ///< 1 to 3; 0 while the supply is not set up
        std::function<void()> clockChanged;
        std::function<void(std::uint32_t address, std::uint32_t bits)> resetPeripherals;
        std::function<void()> releaseM4;
    };
    ClockControl(virtual_h755::Clock& clock, Owner owner);

    /// System reset. A power-on also forgets earlier causes.
    void resetBy(contract::ResetCause cause);

    std::uint32_t coreMegahertz() const;
    std::uint32_t busMegahertz() const; ///< AXI, AHB and the M4
    /// Throws IllegalAccess if a clock is higher than the voltage allows.
    void checkLimits(unsigned voltageScale) const;

    /// True if this core has enabled that clock: an ENR register's address and its bit.
    bool isEnabled(CoreModel core, std::uint32_t enableRegister, std::uint32_t bit) const;
    bool isOn(std::uint32_t address, std::uint32_t bits) const
    {
        return (at(address) & bits) == bits;
    }

private:
    std::uint32_t load(std::uint32_t address, std::uint32_t stored) override;
    void store(std::uint32_t address, std::uint32_t before, std::uint32_t written) override;
    void storeOscillators(std::uint32_t before);
    std::uint32_t systemMegahertz() const;
    std::uint32_t pllMegahertz() const;
    bool isReady(std::uint64_t sinceUs) const;
    void requirePllOff(std::uint32_t address, std::uint32_t before) const;

    virtual_h755::Clock& m_clock;
    Owner m_owner;
    std::uint64_t m_hsi48SinceUs = 0;
    std::uint64_t m_pllSinceUs = 0;
};

/// RCC as the M4 sees it: where the M7 has its own clock enables, the M4 meets its own.
class M4ClockControl final : public Peripheral {
public:
    explicit M4ClockControl(ClockControl& clocks) : m_clocks(clocks) {}
    std::uint32_t read(std::uint32_t offset, unsigned bytes) override;
    void write(std::uint32_t offset, std::uint32_t value, unsigned bytes) override;

private:
    ClockControl& m_clocks;
};

} // namespace emulator
