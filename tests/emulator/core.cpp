#include "emulator/core.h"

#include "emulator/hex.h"
#include "emulator/register_table.h"

#include <algorithm>

namespace emulator {

namespace {

constexpr unsigned nonMaskable = 2;
constexpr unsigned hardFault = 3;
constexpr unsigned supervisorCall = 11;
constexpr unsigned threadPriority = 256;
constexpr std::uint32_t frameBytes = 32;
constexpr std::uint32_t wasUnaligned = 1U << 9; // xPSR in a frame (ARMv7-M B1.5.7)

constexpr std::array frame{CoreRegister::R0, CoreRegister::R1,  CoreRegister::R2,
                           CoreRegister::R3, CoreRegister::R12, CoreRegister::Lr,
                           CoreRegister::Pc, CoreRegister::Xpsr};

bool isRam(std::uint32_t address)
{
    return address < 0x0001'0000 || (address >= 0x1000'0000 && address < 0x1005'0000) ||
           (address >= 0x2000'0000 && address < 0x4000'0000);
}

} // namespace

Core::Core(CoreModel model, virtual_h755::Clock& clock, Surroundings& surroundings)
    : m_clock(clock), m_surroundings(surroundings),
      m_system(model,
               {[this] { return nowNs(); }, [this] { return m_surroundings.megahertz(*this); },
                [this] { m_surroundings.requestReset(*this); }, [this] { m_engine.stopSoon(); }}),
      m_engine(model, *this)
{
    m_engine.mapPeripheral(SystemControl::base, SystemControl::bytes, m_system);
}

void Core::start(std::uint32_t vectorTable)
{
    m_system.setVectorTable(vectorTable);
    m_engine.set(CoreRegister::Sp, m_engine.readWord(vectorTable) & ~3U);
    m_engine.set(CoreRegister::Lr, 0xFFFF'FFFF);
    m_engine.set(CoreRegister::Pc, m_engine.readWord(vectorTable + 4));
}

std::uint64_t Core::nowNs() const
{
    return m_clock.nowUs() * 1000 +
           (m_engine.cycles() - m_synchronised) * 1000 / m_surroundings.megahertz(*this);
}

void Core::synchronise()
{
    const std::uint32_t perUs = m_surroundings.megahertz(*this);
    const std::uint64_t us = (m_engine.cycles() - m_synchronised) / perUs;
    m_synchronised += us * perUs;
    if (us != 0) m_clock.sleepUs(us);
}

void Core::registerAccess()
{
    m_engine.charge(std::uint64_t{accessUs} * m_surroundings.megahertz(*this));
    synchronise();
}

bool Core::loadsFromFlash(std::uint32_t address, std::uint32_t bytes)
{
    if (m_surroundings.loadsFromFlash(*this, address, bytes)) return true;
    const bool isIgnored = m_system.ignoresBusFaults() && executionPriority() < 0;
    if (!isIgnored) return false;
    m_system.recordFault("SCB_CFSR_PRECISERR"_reg, address);
    return true;
}

void Core::storesToFlash(std::uint32_t address, std::uint32_t value, std::uint32_t bytes)
{
    synchronise();
    m_surroundings.storesToFlash(address, value, bytes);
}

bool Core::fetches(std::uint32_t address, std::uint32_t bytes)
{
    return m_surroundings.fetches(*this, address, bytes);
}

void Core::stopSoon()
{
    m_shallStop = true;
    m_engine.stopSoon();
}

void Core::remember(RememberedCalls* calls)
{
    m_remembered = calls;
    if (calls != nullptr) calls->forgetCall(m_engine);
    m_engine.stopBefore(calls != nullptr ? calls->function() : 0, 0);
}

void Core::raiseBusFault(std::uint32_t address)
{
    m_injected = address;
}

void Core::runUntil(std::uint64_t endUs)
{
    m_shallStop = false;
    while (m_clock.nowUs() < endUs && !m_shallStop) {
        if (m_injected) {
            const std::uint32_t address = *m_injected;
            m_injected.reset();
            fault(Fault::Bus, "SCB_CFSR_PRECISERR"_reg, address);
        }
        m_system.advance();
        takePending();
        std::uint64_t deadlineUs = endUs;
        if (const auto tickNs = m_system.nextTickNs())
            deadlineUs = std::clamp(*tickNs / 1000 + 1, m_clock.nowUs() + 1, endUs);
        if (m_isWaiting || m_isLockedUp) {
            m_clock.sleepUs(deadlineUs - m_clock.nowUs());
            if (m_system.pending() != 0) m_isWaiting = false;
        } else {
            executeUntil(deadlineUs);
        }
    }
}

void Core::executeUntil(std::uint64_t deadlineUs)
{
    const std::uint64_t us = deadlineUs - m_clock.nowUs();
    const Stop stop = m_engine.run(m_synchronised + us * m_surroundings.megahertz(*this));
    synchronise();
    handle(stop);
}

void Core::handle(const Stop& stop)
{
    switch (stop.kind) {
    case Stop::Kind::Limit: break;
    case Stop::Kind::Watched:
        if (m_remembered != nullptr) m_remembered->arrive(m_engine);
        break;
    case Stop::Kind::Waiting: m_isWaiting = true; break;
    case Stop::Kind::SupervisorCall: enter(supervisorCall); break;
    case Stop::Kind::ExceptionReturn: leave(); break;
    case Stop::Kind::BusFault: fault(Fault::Bus, "SCB_CFSR_PRECISERR"_reg, stop.address); break;
    case Stop::Kind::FetchFault:
        m_surroundings.misbehaves(*this, "fetches instructions from " + hex(stop.address));
        fault(Fault::Bus, "SCB_CFSR_IBUSERR"_reg, std::nullopt);
        break;
    case Stop::Kind::Unmapped:
        m_surroundings.misbehaves(*this, "accesses " + hex(stop.address) +
                                             ", where nothing is, at " +
                                             hex(m_engine.get(CoreRegister::Pc)));
        fault(Fault::Bus, "SCB_CFSR_PRECISERR"_reg, stop.address);
        break;
    case Stop::Kind::Undefined:
        m_surroundings.misbehaves(*this, "executes an undefined instruction at " +
                                             hex(m_engine.get(CoreRegister::Pc)));
        fault(Fault::Usage, "SCB_CFSR_UNDEFINSTR"_reg, std::nullopt);
        break;
    }
}

int Core::priorityOf(unsigned exception) const
{
    if (exception == nonMaskable) return -2;
    if (exception == hardFault) return -1;
    return m_system.priority(exception);
}

/// ARMv7-M B1.5.4: the active exceptions', raised by the mask registers.
int Core::executionPriority() const
{
    int priority = threadPriority;
    for (const unsigned exception : m_active)
        priority = std::min(priority, priorityOf(exception));
    const auto base = static_cast<int>(m_engine.get(CoreRegister::BasePri) & 0xFF);
    if (base != 0) priority = std::min(priority, base);
    if ((m_engine.get(CoreRegister::PriMask) & 1) != 0) priority = std::min(priority, 0);
    if ((m_engine.get(CoreRegister::FaultMask) & 1) != 0) priority = std::min(priority, -1);
    return priority;
}

void Core::takePending()
{
    if (m_system.pending() == 0 || m_isLockedUp) return;
    const int current = executionPriority();
    unsigned best = 0;
    for (const unsigned exception : {14U, 15U}) {
        if ((m_system.pending() >> exception & 1) == 0 || priorityOf(exception) >= current)
            continue;
        if (best == 0 || priorityOf(exception) < priorityOf(best)) best = exception;
    }
    if (best == 0) return;
    m_system.clearPending(best);
    m_isWaiting = false;
    enter(best);
}

void Core::fault(Fault fault, std::uint32_t statusBits, std::optional<std::uint32_t> busAddress)
{
    m_system.recordFault(statusBits, busAddress);
    const auto exception = static_cast<unsigned>(fault);
    const int current = executionPriority();
    if (fault == Fault::Bus) ++m_busFaults;
    if (m_system.isEnabled(fault) && priorityOf(exception) < current) return enter(exception);
    if (current <= -1)
        return lockUp("CFSR " + hex(m_system.faultStatus()) + " at " +
                      hex(m_engine.get(CoreRegister::Pc)));
    m_system.recordForced();
    enter(hardFault);
}

void Core::enter(unsigned exception)
{
    if ((m_engine.get(CoreRegister::Control) & 2) != 0 && m_active.empty())
        throw IllegalAccess("the process stack is not modelled");
    const std::uint32_t before = m_engine.get(CoreRegister::Sp);
    const std::uint32_t top = (before - frameBytes) & ~7U;
    if (!isRam(top) || !isRam(top + frameBytes - 1)) return lockUp("no stack at " + hex(top));
    for (std::uint32_t i = 0; i < frame.size(); ++i) {
        std::uint32_t value = m_engine.get(frame[i]);
        if (frame[i] == CoreRegister::Xpsr && (before & 4) != 0) value |= wasUnaligned;
        m_engine.writeWord(top + 4 * i, value);
    }
    const std::uint32_t handler = m_engine.readWord(m_system.vectorTable() + 4 * exception);
    m_engine.set(CoreRegister::Sp, top);
    m_engine.set(CoreRegister::Lr, m_active.empty() ? 0xFFFF'FFF9 : 0xFFFF'FFF1);
    m_engine.set(CoreRegister::Xpsr, 0x0100'0000 | exception);
    m_engine.set(CoreRegister::Pc, handler);
    m_active.push_back(exception);
    m_system.setActive(exception);
}

void Core::leave()
{
    if (m_active.empty()) return lockUp("returns from no exception");
    if (m_active.back() != nonMaskable) m_engine.set(CoreRegister::FaultMask, 0);
    m_active.pop_back();
    m_system.setActive(m_active.empty() ? 0 : m_active.back());
    const std::uint32_t top = m_engine.get(CoreRegister::Sp);
    std::array<std::uint32_t, frame.size()> values{};
    for (std::uint32_t i = 0; i < frame.size(); ++i)
        values[i] = m_engine.readWord(top + 4 * i);
    const std::uint32_t xpsr = values.back();
    m_engine.set(CoreRegister::Sp, top + frameBytes + ((xpsr & wasUnaligned) != 0 ? 4 : 0));
    for (std::uint32_t i = 0; i < frame.size(); ++i) {
        if (frame[i] == CoreRegister::Xpsr) {
            m_engine.set(frame[i], xpsr & ~wasUnaligned);
        } else if (frame[i] == CoreRegister::Pc) {
            m_engine.set(frame[i], values[i] | 1);
        } else {
            m_engine.set(frame[i], values[i]);
        }
    }
}

void Core::lockUp(const std::string& why)
{
    m_surroundings.misbehaves(*this, "locks up: " + why);
    m_isLockedUp = true;
}

} // namespace emulator
