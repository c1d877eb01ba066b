// One Cortex-M core's instructions, executed by Unicorn 2.0.1. Exceptions, time and everything
// behind a register are its owner's (core.h): this is the only place that knows Unicorn and its
// rules.
#pragma once

#include "emulator/peripheral.h"

#include <array>
#include <exception>
#include <functional>
#include <memory>
#include <span>
#include <vector>

struct uc_struct;

namespace emulator {

enum class CoreModel : std::uint8_t { CortexM7, CortexM4 };

/// What the engine asks while it executes. May throw; that ends the engine for good.
class EngineOwner {
public:
    /// Before each access to a peripheral: lets time catch up with the instructions.
    virtual void registerAccess() = 0;
    /// Before each load from flash. False: bus error, the load has no effect.
    virtual bool loadsFromFlash(std::uint32_t address, std::uint32_t bytes) = 0;
    virtual void storesToFlash(std::uint32_t address, std::uint32_t value, std::uint32_t bytes) = 0;
    /// Before a block of instructions outside RAM. False: it cannot be fetched.
    virtual bool fetches(std::uint32_t address, std::uint32_t bytes) = 0;

protected:
    ~EngineOwner() = default;
};

/// The registers that an exception frame holds, and those that choose it.
enum class CoreRegister : std::uint8_t {
    R0,
    R1,
    R2,
    R3,
    R12,
    Lr,
    Pc,
    Xpsr,
    Sp,
    Control,
    PriMask,
    FaultMask,
    BasePri,
};

struct Stop {
    enum class Kind : std::uint8_t {
        Limit,           ///< at the start of a block, nothing is lost
        Watched,         ///< the same, at an address of `stopBefore`
        Waiting,         ///< WFI; the program counter is behind it
        SupervisorCall,  ///< the program counter is behind it
        ExceptionReturn, ///< a branch to EXC_RETURN
        BusFault,        ///< the program counter is at the instruction, `address` what it accessed
        FetchFault,      ///< the program counter is where nothing can be fetched
        Unmapped,        ///< a load or store where the chip has nothing
        Undefined,       ///< an instruction that the core does not have, or BKPT
    };
    Kind kind = Kind::Limit;
    std::uint32_t address = 0;
};

class Engine {
public:
    Engine(CoreModel model, EngineOwner& owner);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// The memory stays the caller's and is what both sides see.
    void mapRam(std::uint32_t address, std::span<std::uint8_t> bytes);
    /// Loads and stores of flash go to the owner first; stores end there.
    void mapFlash(std::uint32_t address, std::span<std::uint8_t> bytes);
    void mapPeripheral(std::uint32_t address, std::uint32_t bytes, Peripheral& peripheral);
    /// Calls `watch` before every store into RAM until `endWatch`, which must not be called from
    /// within.
    void watchStores(std::function<void(std::uint32_t address)> watch);
    void endWatch();

    /// Executes until `limit` cycles in all are reached or something else happens.
    Stop run(std::uint64_t limit);
    /// From a callback: the next block does not begin.
    void stopSoon() { m_limit = 0; }

    /// Stops once before each block that begins at one of these places; 0 = nowhere.
    void stopBefore(std::uint32_t place, std::uint32_t other) { m_watched = {place, other}; }
    /// Counts instructions that somebody has executed elsewhere.
    void skip(std::uint64_t instructions) { m_instructions += instructions; }

    /// Instructions executed so far.
    std::uint64_t instructions() const { return m_instructions; }
    /// Instructions and what register accesses have been charged.
    std::uint64_t cycles() const { return m_instructions + m_charged; }
    void charge(std::uint64_t cycles) { m_charged += cycles; }

    std::uint32_t get(CoreRegister which) const;
    void set(CoreRegister which, std::uint32_t value);
    /// Memory as the core maps it. Throws IllegalAccess where there is none.
    std::uint32_t readWord(std::uint32_t address) const;
    void writeWord(std::uint32_t address, std::uint32_t value);
    /// Forgets translated code, for RAM whose code is replaced.
    void forgetCode(std::uint32_t address, std::uint32_t bytes);

private:
    struct Callbacks;
    struct MappedPeripheral {
        Engine& engine;
        Peripheral& peripheral;
        std::uint32_t base;
    };
    struct CloseEngine {
        void operator()(uc_struct* engine) const;
    };

    bool isInItBlock() const;
    void check(int error, const char* what) const;
    void addHook(int type, void* callback, std::uint32_t first, std::uint32_t last);
    void end(Stop stop);
    Stop takeStop(int error);
    template <typename Action>
    void guarded(Action&& action);

    EngineOwner& m_owner;
    std::unique_ptr<uc_struct, CloseEngine> m_engine;
    std::vector<std::unique_ptr<MappedPeripheral>> m_peripherals;
    std::function<void(std::uint32_t)> m_storeWatch;
    std::size_t m_watchHook = 0;
    std::uint64_t m_instructions = 0;
    std::uint64_t m_charged = 0;
    std::uint64_t m_limit = 0;
    std::array<std::uint32_t, 2> m_watched{};
    std::uint32_t m_passing = 0;  ///< the watched place that is executed now
    std::exception_ptr m_failure; ///< then the engine is dead: callbacks do nothing any more
    bool m_hasStop = false;
    Stop m_stop;
};

} // namespace emulator
