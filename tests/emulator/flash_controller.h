// The FLASH registers and the flash as the cores see it (RM0399 chapter 4), in front of the array
// model that the virtual device uses: timing, tears, ECC cells and rules stay that model's.
#pragma once

#include "emulator/register_file.h"
#include "virtual/flash_model.h"

#include <functional>
#include <optional>
#include <span>

namespace emulator {

class FlashController final : public RegisterFile {
public:
    static constexpr std::uint32_t base = 0x5200'2000;

    /// `isGuarded` says whether the MPU forbids access to that bank at this moment (R11).
    FlashController(virtual_h755::FlashModel& model, std::function<bool(std::uint8_t)> isGuarded);

    /// System reset.
    void reset() override;

    /// All of the flash as the cores read it; stays in place.
    std::span<std::uint8_t> window() { return m_window; }

    /// Before a load. False: bus error; then the flags say so. A load from a busy bank is a
    /// RuleViolation.
    bool loads(std::uint32_t address, std::uint32_t bytes);
    /// Before instructions are fetched. False: an uncorrectable word among them.
    bool fetches(std::uint32_t address, std::uint32_t bytes);
    /// A store into the flash area.
    void stores(std::uint32_t address, std::uint32_t value, std::uint32_t bytes);

    /// Throws IllegalAccess if the wait states are too few for this clock (RM0399 table 16).
    void checkWaitStates(std::uint32_t axiMegahertz, unsigned voltageScale) const;
    /// Called after every change of the wait states.
    void onLatency(std::function<void()> callback) { m_latencyChanged = std::move(callback); }

    /// Times that the bank was seen busy by a poll, and how many of them without a guard.
    std::uint64_t busyPolls() const { return m_busyPolls; }
    std::uint64_t unguardedBusyPolls() const { return m_unguardedBusyPolls; }

private:
    enum class Key : std::uint8_t { Locked, HalfOpen, Open, LockedForGood };
    struct Bank {
        Key key = Key::Locked;
        std::uint32_t flags = 0; ///< SR 28:16
        std::uint32_t eccAddress = 0;
        bool isBusy = false;
        std::optional<virtual_h755::FlashOperation> operation;
        std::optional<std::uint32_t> bufferAddress;
        contract::ByteArray<contract::flashWordBytes> buffer{};
        std::uint32_t bufferMask = 0;
    };

    std::uint32_t load(std::uint32_t address, std::uint32_t stored) override;
    void store(std::uint32_t address, std::uint32_t before, std::uint32_t written) override;
    void storeKey(std::uint8_t bank, std::uint32_t written);
    void storeControl(std::uint8_t bank, std::uint32_t before, std::uint32_t written);
    void startErase(std::uint8_t bank);
    void startProgram(std::uint8_t bank);
    void fill(Bank& bank, std::uint32_t address, std::uint32_t value, std::uint32_t bytes);
    void update(std::uint8_t bank);
    void refresh(std::uint32_t address, std::uint32_t bytes);
    void requireIdle(std::uint32_t address, const char* what);
    bool examine(std::uint32_t word);
    void latch(std::uint8_t bank, std::uint32_t flag, std::uint32_t word);
    std::uint32_t statusOf(std::uint8_t bank);
    std::uint32_t control(std::uint8_t bank) const;
    std::uint32_t optionStatus() const;

    virtual_h755::FlashModel& m_model;
    std::function<bool(std::uint8_t)> m_isGuarded;
    std::function<void()> m_latencyChanged;
    std::vector<std::uint8_t> m_window;
    std::array<Bank, 2> m_banks;
    std::uint64_t m_busyPolls = 0;
    std::uint64_t m_unguardedBusyPolls = 0;
};

} // namespace emulator
