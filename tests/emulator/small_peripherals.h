// Watchdog, backup registers, pins and what holds a peripheral that has no clock.
#pragma once

#include "emulator/clock_control.h"
#include "emulator/power_control.h"
#include "emulator/register_file.h"
#include "virtual/virtual_board.h"

namespace emulator {

/// IWDG1 (RM0399 chapter 49), on LSI at 32 kHz.
class Watchdog final : public RegisterFile {
public:
    static constexpr std::uint32_t base = 0x5800'4800;

    explicit Watchdog(virtual_h755::Clock& clock);
    void reset() override;
    /// When it resets the chip; nothing if it was never started.
    std::optional<std::uint64_t> expiryUs() const;

private:
    std::uint32_t load(std::uint32_t address, std::uint32_t stored) override;
    void store(std::uint32_t address, std::uint32_t before, std::uint32_t written) override;

    virtual_h755::Clock& m_clock;
    bool m_isRunning = false;
    bool m_isOpen = false;
    std::uint64_t m_fedUs = 0;
    std::uint64_t m_updateUs = 0; ///< until when PVU and RVU are set
};

/// The RTC's 32 backup registers; nothing else of the RTC is for this product.
class BackupDomain final : public Peripheral {
public:
    static constexpr std::uint32_t base = 0x5800'4000;

    BackupDomain(virtual_h755::BackupRegisters& registers, const PowerControl& power)
        : m_registers(registers), m_power(power)
    {
    }
    std::uint32_t read(std::uint32_t offset, unsigned bytes) override;
    void write(std::uint32_t offset, std::uint32_t value, unsigned bytes) override;

private:
    std::uint32_t& find(std::uint32_t offset, unsigned bytes);

    virtual_h755::BackupRegisters& m_registers;
    const PowerControl& m_power;
};

/// One GPIO port; `inputs` are the levels that the board drives.
class Port final : public RegisterFile {
public:
    static constexpr std::uint32_t firstBase = 0x5802'0000;
    static constexpr std::uint32_t stride = 0x400;
    static constexpr unsigned count = 11;

    Port(unsigned number, std::function<std::uint32_t()> inputs);
    /// The pin is in this mode: 0 input, 1 output, 2 alternate function, 3 analog.
    bool isMode(unsigned pin, unsigned mode) const;
    unsigned alternateFunction(unsigned pin) const;

private:
    std::uint32_t load(std::uint32_t address, std::uint32_t stored) override;

    std::uint32_t m_base;
    std::function<std::uint32_t()> m_inputs;
};

/// A peripheral that may only be accessed while its clock runs.
class ClockedPeripheral final : public Peripheral {
public:
    ClockedPeripheral(Peripheral& inner, const char* name, std::function<bool()> isClocked)
        : m_inner(inner), m_name(name), m_isClocked(std::move(isClocked))
    {
    }
    std::uint32_t read(std::uint32_t offset, unsigned bytes) override;
    void write(std::uint32_t offset, std::uint32_t value, unsigned bytes) override;

private:
    void requireClock() const;

    Peripheral& m_inner;
    const char* m_name;
    std::function<bool()> m_isClocked;
};

/// Clock recovery, system configuration, chip identity: registers without behaviour.
PlainRegisters clockRecovery();
PlainRegisters systemConfiguration();
PlainRegisters chipIdentity(std::uint16_t siliconRevision);

} // namespace emulator
