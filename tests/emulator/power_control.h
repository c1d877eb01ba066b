// PWR: the supply, which is configured once per power-on, voltage scaling and the backup domain's
// write protection (RM0399 chapter 7).
#pragma once

#include "emulator/register_file.h"
#include "virtual/clock.h"

#include <functional>

namespace emulator {

class PowerControl final : public RegisterFile {
public:
    static constexpr std::uint32_t base = 0x5802'4800;
    static constexpr std::uint32_t directSmps = 0x04; ///< how the emulated board is wired

    /// `voltageChanged` is called when another VOS has been chosen.
    PowerControl(virtual_h755::Clock& clock, std::function<void()> voltageChanged);

    void powerOn(); ///< the only reset of CR3
    void reset() override;

    bool isSupplyReady() const;
    /// The low byte was written with what no board has: ACTVOSRDY never comes.
    bool isSupplyInvalid() const { return m_isInvalid; }
    /// Before power-on: somebody else has locked the register wrongly (ROM V9.0, a probe).
    void lockWrongly();
    unsigned voltageScale() const; ///< 1 to 3; the scale that is safe to count on by now
    bool isBackupWritable() const;
    bool isUsbSupplied() const;

private:
    std::uint32_t load(std::uint32_t address, std::uint32_t stored) override;
    void store(std::uint32_t address, std::uint32_t before, std::uint32_t written) override;
    void storeSupply(std::uint32_t before, std::uint32_t written);
    void storeScale(std::uint32_t before);

    virtual_h755::Clock& m_clock;
    std::function<void()> m_voltageChanged;
    bool m_isLocked = false;  ///< the low byte has had its one write
    bool m_isInvalid = false; ///< and that was no valid combination
    std::uint64_t m_lockedUs = 0;
    std::uint64_t m_scaleUs = 0;
    unsigned m_previousScale = 3;
};

} // namespace emulator
