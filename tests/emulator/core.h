// One core of the chip: instructions (engine.h), exceptions and the time that they take.
#pragma once

#include "emulator/engine.h"
#include "emulator/remembered_calls.h"
#include "emulator/system_control.h"
#include "virtual/clock.h"

namespace emulator {

class Core;

/// What lies around a core. May throw: PowerLoss, IllegalAccess, RuleViolation.
class Surroundings {
public:
    /// Before a load from flash. False: the word is unreadable and the load a bus error.
    virtual bool loadsFromFlash(Core& core, std::uint32_t address, std::uint32_t bytes) = 0;
    virtual void storesToFlash(std::uint32_t address, std::uint32_t value, std::uint32_t bytes) = 0;
    /// Before a block of instructions that is not in RAM. False: it cannot be fetched.
    virtual bool fetches(Core& core, std::uint32_t address, std::uint32_t bytes) = 0;
    virtual std::uint32_t megahertz(const Core& core) const = 0;
    virtual void requestReset(Core& core) = 0;
    /// The core does what a correct firmware never does; returning means that it may.
    virtual void misbehaves(const Core& core, const std::string& what) = 0;

protected:
    ~Surroundings() = default;
};

class Core final : private EngineOwner {
public:
    /// What a register access costs at least: loops that poll stay cheap for the host, and the
    /// device is never faster than a real one.
    static constexpr std::uint32_t accessUs = 1;

    /// `clock` is moved on by what the core executes.
    Core(CoreModel model, virtual_h755::Clock& clock, Surroundings& surroundings);

    Engine& engine() { return m_engine; }
    const SystemControl& system() const { return m_system; }

    /// Stack pointer and program counter come from the vector table, as after a reset.
    void start(std::uint32_t vectorTable);

    /// Executes until the clock says `endUs`, or up to the next block after `stopSoon`.
    void runUntil(std::uint64_t endUs);
    void stopSoon();

    /// Shortens calls of that function; nullptr for none.
    void remember(RememberedCalls* calls);

    /// Takes a bus fault at the next block, as a load of `address` would.
    void raiseBusFault(std::uint32_t address);

    /// The core has stopped for good: two faults too many.
    bool isLockedUp() const { return m_isLockedUp; }
    bool isFaultMasked() const { return m_engine.get(CoreRegister::FaultMask) != 0; }
    /// Bus faults that have reached a handler.
    std::uint32_t busFaults() const { return m_busFaults; }
    std::uint64_t nowNs() const;

private:
    void registerAccess() override;
    bool loadsFromFlash(std::uint32_t address, std::uint32_t bytes) override;
    void storesToFlash(std::uint32_t address, std::uint32_t value, std::uint32_t bytes) override;
    bool fetches(std::uint32_t address, std::uint32_t bytes) override;

    void synchronise();
    void executeUntil(std::uint64_t deadlineUs);
    void handle(const Stop& stop);
    int executionPriority() const;
    int priorityOf(unsigned exception) const;
    void takePending();
    void fault(Fault fault, std::uint32_t statusBits, std::optional<std::uint32_t> busAddress);
    void enter(unsigned exception);
    void leave();
    void lockUp(const std::string& why);

    virtual_h755::Clock& m_clock;
    Surroundings& m_surroundings;
    SystemControl m_system;
    Engine m_engine;
    std::vector<unsigned> m_active;
    std::uint64_t m_synchronised = 0; ///< cycles that the clock knows of
    RememberedCalls* m_remembered = nullptr;
    std::optional<std::uint32_t> m_injected;
    std::uint32_t m_busFaults = 0;
    bool m_isWaiting = false;
    bool m_isLockedUp = false;
    bool m_shallStop = false;
};

} // namespace emulator
