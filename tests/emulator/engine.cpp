#include "emulator/engine.h"

#include "emulator/hex.h"

#include <array>
#include <cstdio>
#include <unicorn/unicorn.h>

namespace emulator {

namespace {

constexpr std::uint64_t nowhere = 0xFFFF'FFF0; // never 0: ITCM is there

constexpr std::array registerNumbers{
    UC_ARM_REG_R0,      UC_ARM_REG_R1,        UC_ARM_REG_R2,      UC_ARM_REG_R3, UC_ARM_REG_R12,
    UC_ARM_REG_LR,      UC_ARM_REG_PC,        UC_ARM_REG_XPSR,    UC_ARM_REG_SP, UC_ARM_REG_CONTROL,
    UC_ARM_REG_PRIMASK, UC_ARM_REG_FAULTMASK, UC_ARM_REG_BASEPRI,
};

bool isPeripheral(std::uint32_t address)
{
    return (address >= 0x4000'0000 && address < 0x6000'0000) || address >= 0xE000'0000;
}

} // namespace

/// C functions that Unicorn calls. No exception may pass through it, and after one the rest of the
/// block still runs: it must meet dead ears.
struct Engine::Callbacks {
    static Engine& self(void* context) { return *static_cast<Engine*>(context); }

    static void block(uc_engine*, std::uint64_t address, std::uint32_t bytes, void* context)
    {
        Engine& engine = self(context);
        if (engine.m_failure) return;
        const auto place = static_cast<std::uint32_t>(address);
        constexpr std::uint32_t endOfItcm = 0x0001'0000;
        if (place < endOfItcm || place >= 0x2000'0000) return;
        engine.guarded([&] {
            if (!engine.m_owner.fetches(place, bytes)) engine.end({Stop::Kind::FetchFault, place});
        });
    }

    /// Counts, and makes Unicorn keep the program counter exact for precise faults.
    /// Stops happen here: one from the block hook loses an instruction now and then.
    static void instruction(uc_engine* uc, std::uint64_t address, std::uint32_t, void* context)
    {
        Engine& engine = self(context);
        const auto place = static_cast<std::uint32_t>(address);
        const bool isWatched = place == engine.m_watched[0] || place == engine.m_watched[1];
        if (isWatched && place != 0 && place != engine.m_passing)
            return engine.end({Stop::Kind::Watched, place});
        engine.m_passing = 0;
        if (engine.cycles() >= engine.m_limit && !engine.isInItBlock()) {
            uc_emu_stop(uc);
            return;
        }
        ++engine.m_instructions;
    }

    static void load(uc_engine*, uc_mem_type, std::uint64_t address, int bytes, std::int64_t,
                     void* context)
    {
        Engine& engine = self(context);
        const auto place = static_cast<std::uint32_t>(address);
        engine.guarded([&] {
            if (!engine.m_owner.loadsFromFlash(place, static_cast<std::uint32_t>(bytes)))
                engine.end({Stop::Kind::BusFault, place});
        });
    }

    static bool storeToFlash(uc_engine*, uc_mem_type, std::uint64_t address, int bytes,
                             std::int64_t value, void* context)
    {
        Engine& engine = self(context);
        engine.guarded([&] {
            engine.m_owner.storesToFlash(static_cast<std::uint32_t>(address),
                                         static_cast<std::uint32_t>(value),
                                         static_cast<std::uint32_t>(bytes));
        });
        return true; // the store itself is dropped
    }

    static void storeToRam(uc_engine*, uc_mem_type, std::uint64_t address, int, std::int64_t,
                           void* context)
    {
        Engine& engine = self(context);
        engine.guarded([&] {
            if (engine.m_storeWatch && !isPeripheral(static_cast<std::uint32_t>(address)))
                engine.m_storeWatch(static_cast<std::uint32_t>(address));
        });
    }

    static bool unmapped(uc_engine*, uc_mem_type type, std::uint64_t address, int, std::int64_t,
                         void* context)
    {
        const bool isFetch = type == UC_MEM_FETCH_UNMAPPED || type == UC_MEM_FETCH_PROT;
        Engine& engine = self(context);
        engine.m_hasStop = true;
        engine.m_stop = {isFetch ? Stop::Kind::FetchFault : Stop::Kind::Unmapped,
                         static_cast<std::uint32_t>(address)};
        return false;
    }

    static void exception(uc_engine* uc, std::uint32_t number, void* context)
    {
        constexpr std::uint32_t supervisorCall = 2;
        constexpr std::uint32_t exceptionReturn = 8;
        Engine& engine = self(context);
        if (!engine.m_hasStop) {
            engine.m_hasStop = true;
            engine.m_stop.kind = number == supervisorCall    ? Stop::Kind::SupervisorCall
                                 : number == exceptionReturn ? Stop::Kind::ExceptionReturn
                                                             : Stop::Kind::Undefined;
            engine.m_stop.address = number;
        }
        uc_emu_stop(uc);
    }

    static std::uint64_t readRegister(uc_engine*, std::uint64_t offset, unsigned bytes,
                                      void* context)
    {
        auto& place = *static_cast<MappedPeripheral*>(context);
        std::uint32_t value = 0;
        place.engine.guarded([&] {
            place.engine.m_owner.registerAccess();
            value = place.peripheral.read(static_cast<std::uint32_t>(offset), bytes);
        });
        return value;
    }

    static void writeRegister(uc_engine*, std::uint64_t offset, unsigned bytes, std::uint64_t value,
                              void* context)
    {
        auto& place = *static_cast<MappedPeripheral*>(context);
        place.engine.guarded([&] {
            place.engine.m_owner.registerAccess();
            place.peripheral.write(static_cast<std::uint32_t>(offset),
                                   static_cast<std::uint32_t>(value), bytes);
        });
    }
};

void Engine::CloseEngine::operator()(uc_struct* engine) const
{
    uc_close(engine);
}

template <typename Action>
void Engine::guarded(Action&& action)
{
    if (m_failure) return;
    try {
        action();
    } catch (...) {
        m_failure = std::current_exception();
        uc_emu_stop(m_engine.get());
    }
}

Engine::Engine(CoreModel model, EngineOwner& owner) : m_owner(owner)
{
    uc_struct* engine = nullptr;
    const auto mode = static_cast<uc_mode>(UC_MODE_THUMB | UC_MODE_MCLASS);
    check(uc_open(UC_ARCH_ARM, mode, &engine), "open");
    m_engine.reset(engine);
    const int core = model == CoreModel::CortexM7 ? UC_CPU_ARM_CORTEX_M7 : UC_CPU_ARM_CORTEX_M4;
    check(uc_ctl_set_cpu_model(engine, core), "model");
    constexpr std::uint32_t everywhere = 0xFFFF'FFFF;
    addHook(UC_HOOK_BLOCK, reinterpret_cast<void*>(&Callbacks::block), 0, everywhere);
    addHook(UC_HOOK_CODE, reinterpret_cast<void*>(&Callbacks::instruction), 0, everywhere);
    addHook(UC_HOOK_INTR, reinterpret_cast<void*>(&Callbacks::exception), 0, everywhere);
    addHook(UC_HOOK_MEM_UNMAPPED | UC_HOOK_MEM_FETCH_PROT,
            reinterpret_cast<void*>(&Callbacks::unmapped), 0, everywhere);
}

Engine::~Engine() = default;

void Engine::check(int error, const char* what) const
{
    if (error == UC_ERR_OK) return;
    throw std::runtime_error(std::string("Unicorn: ") + what + ": " +
                             uc_strerror(static_cast<uc_err>(error)));
}

void Engine::addHook(int type, void* callback, std::uint32_t first, std::uint32_t last)
{
    uc_hook hook = 0;
    check(uc_hook_add(m_engine.get(), &hook, type, callback, this, first, last), "hook");
}

void Engine::mapRam(std::uint32_t address, std::span<std::uint8_t> bytes)
{
    check(uc_mem_map_ptr(m_engine.get(), address, bytes.size(), UC_PROT_ALL, bytes.data()), "RAM");
}

/// Mapped with all rights and then protected: mapped as read-only at once, a store would crash.
void Engine::mapFlash(std::uint32_t address, std::span<std::uint8_t> bytes)
{
    mapRam(address, bytes);
    check(uc_mem_protect(m_engine.get(), address, bytes.size(), UC_PROT_READ | UC_PROT_EXEC),
          "flash");
    const auto last = static_cast<std::uint32_t>(address + bytes.size() - 1);
    addHook(UC_HOOK_MEM_READ, reinterpret_cast<void*>(&Callbacks::load), address, last);
    addHook(UC_HOOK_MEM_WRITE_PROT, reinterpret_cast<void*>(&Callbacks::storeToFlash), address,
            last);
}

void Engine::mapPeripheral(std::uint32_t address, std::uint32_t bytes, Peripheral& peripheral)
{
    auto& place = m_peripherals.emplace_back(
        std::make_unique<MappedPeripheral>(MappedPeripheral{*this, peripheral, address}));
    check(uc_mmio_map(m_engine.get(), address, bytes, &Callbacks::readRegister, place.get(),
                      &Callbacks::writeRegister, place.get()),
          "peripheral");
}

void Engine::watchStores(std::function<void(std::uint32_t)> watch)
{
    m_storeWatch = std::move(watch);
    constexpr std::uint32_t everywhere = 0xFFFF'FFFF;
    check(uc_hook_add(m_engine.get(), &m_watchHook, UC_HOOK_MEM_WRITE,
                      reinterpret_cast<void*>(&Callbacks::storeToRam), this, 0, everywhere),
          "watch");
}

void Engine::endWatch()
{
    if (!m_storeWatch) return;
    m_storeWatch = nullptr;
    check(uc_hook_del(m_engine.get(), m_watchHook), "watch");
}

/// From a callback: the instruction that is executing stays the current one.
void Engine::end(Stop stop)
{
    m_hasStop = true;
    m_stop = stop;
    uc_emu_stop(m_engine.get());
}

Stop Engine::run(std::uint64_t limit)
{
    m_limit = limit;
    m_hasStop = false;
    const std::uint64_t before = m_instructions;
    const std::uint32_t start = get(CoreRegister::Pc) | 1;
    m_passing =
        m_stop.kind == Stop::Kind::Watched && m_stop.address == (start & ~1U) ? m_stop.address : 0;
    m_stop = {};
    const int error = uc_emu_start(m_engine.get(), start, nowhere, 0, 0);
    if (m_failure) std::rethrow_exception(m_failure);
    const bool hasWaited = error == UC_ERR_OK && !m_hasStop && cycles() < m_limit;
    if (hasWaited && m_instructions > before) return {Stop::Kind::Waiting, 0};
    return takeStop(error);
}

Stop Engine::takeStop(int error)
{
    if (m_hasStop) return m_stop;
    if (error == UC_ERR_OK) return {};
    if (error == UC_ERR_INSN_INVALID || error == UC_ERR_EXCEPTION)
        return {Stop::Kind::Undefined, get(CoreRegister::Pc)};
    check(error, "execution");
    return {};
}

/// A block may begin within one; Unicorn loses the conditions when it stops there.
bool Engine::isInItBlock() const
{
    constexpr std::uint32_t itBits = 0x0600'FC00; // xPSR 26:25 and 15:10
    return (get(CoreRegister::Xpsr) & itBits) != 0;
}

std::uint32_t Engine::get(CoreRegister which) const
{
    std::uint32_t value = 0;
    uc_reg_read(m_engine.get(), registerNumbers[static_cast<std::size_t>(which)], &value);
    return value;
}

void Engine::set(CoreRegister which, std::uint32_t value)
{
    uc_reg_write(m_engine.get(), registerNumbers[static_cast<std::size_t>(which)], &value);
}

std::uint32_t Engine::readWord(std::uint32_t address) const
{
    std::array<std::uint8_t, 4> bytes{};
    if (uc_mem_read(m_engine.get(), address, bytes.data(), bytes.size()) != UC_ERR_OK)
        throw IllegalAccess("the core reads where no memory is: " + hex(address));
    return bytes[0] | bytes[1] << 8U | bytes[2] << 16U | static_cast<std::uint32_t>(bytes[3]) << 24;
}

void Engine::writeWord(std::uint32_t address, std::uint32_t value)
{
    const std::array<std::uint8_t, 4> bytes{
        static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value >> 8),
        static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 24)};
    if (uc_mem_write(m_engine.get(), address, bytes.data(), bytes.size()) != UC_ERR_OK)
        throw IllegalAccess("the core writes where no memory is: " + hex(address));
}

void Engine::forgetCode(std::uint32_t address, std::uint32_t bytes)
{
    check(
        uc_ctl_remove_cache(m_engine.get(), std::uint64_t{address}, std::uint64_t{address} + bytes),
        "cache");
}

} // namespace emulator
