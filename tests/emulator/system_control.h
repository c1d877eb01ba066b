// The processor's own block at 0xE000E000: exception control, SysTick, MPU, caches (ARMv7-M B3).
#pragma once

#include "emulator/engine.h"
#include "emulator/register_file.h"

#include <array>
#include <functional>
#include <optional>

namespace emulator {

enum class Fault : std::uint8_t { MemManage = 4, Bus = 5, Usage = 6 };

class SystemControl final : public RegisterFile {
public:
    static constexpr std::uint32_t base = 0xE000'E000;
    static constexpr std::uint32_t bytes = 0x1000;

    struct Owner {
        std::function<std::uint64_t()> nowNs;
        std::function<std::uint32_t()> megahertz;
        std::function<void()> requestReset;
        std::function<void()> changed; ///< what is pending or when the timer ends
    };
    SystemControl(CoreModel model, Owner owner);

    void reset() override;

    std::uint32_t vectorTable() const;
    void setVectorTable(std::uint32_t address);
    bool isEnabled(Fault fault) const;
    /// Priority of a configurable exception, 0 to 255.
    int priority(unsigned exception) const;
    bool ignoresBusFaults() const; ///< BFHFNMIGN
    void recordFault(std::uint32_t statusBits, std::optional<std::uint32_t> busAddress);
    void recordForced();
    /// SYSRESETREQ and lock-up look at it.
    std::uint32_t faultStatus() const;

    /// Pending by software or by SysTick: 14 and 15 as bits.
    std::uint32_t pending() const { return m_pending; }
    void clearPending(unsigned exception) { m_pending &= ~(1U << exception); }
    void setActive(unsigned exception) { m_active = exception; }

    /// Lets the timer catch up; sets SysTick pending.
    void advance();
    /// When it ends next; nothing while it is off or does not interrupt.
    std::optional<std::uint64_t> nextTickNs() const;

    /// True if an enabled MPU region forbids every access to `address`, highest region first.
    bool deniesAccess(std::uint32_t address) const;

private:
    std::uint32_t load(std::uint32_t address, std::uint32_t stored) override;
    void store(std::uint32_t address, std::uint32_t before, std::uint32_t written) override;
    void storeControl(std::uint32_t address, std::uint32_t before, std::uint32_t written);
    void storeTimer(std::uint32_t address);
    void storeRegion(std::uint32_t address, std::uint32_t written);
    void refuseInterrupts(std::uint32_t address, std::uint32_t written);
    std::uint64_t periodNs() const;
    std::uint32_t timerValue() const;

    struct Region {
        std::uint32_t base = 0;
        std::uint32_t attributes = 0;
    };

    Owner m_owner;
    std::array<Region, 16> m_regions{};
    std::uint32_t m_pending = 0;
    std::uint32_t m_active = 0;
    std::uint64_t m_timerEndNs = 0;
    bool m_hasCounted = false;
};

} // namespace emulator
