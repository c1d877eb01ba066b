#include "emulator/remembered_calls.h"

namespace emulator {

namespace {

void append(std::vector<std::uint32_t>& inputs, const Engine& engine, std::uint32_t address,
            std::uint32_t bytes)
{
    inputs.push_back(bytes);
    for (std::uint32_t offset = 0; offset < bytes; offset += 4) {
        const std::uint32_t word = engine.readWord(address + offset);
        const std::uint32_t left = bytes - offset;
        inputs.push_back(left >= 4 ? word : word & ((1U << 8 * left) - 1));
    }
}

} // namespace

/// vrfy_raw(implementation, hash, hash length, {curve, point, point length}, signature, length).
RememberedCalls::Inputs RememberedCalls::inputsOf(const Engine& engine)
{
    Inputs inputs;
    const std::uint32_t key = engine.get(CoreRegister::R3);
    const std::uint32_t stack = engine.get(CoreRegister::Sp);
    append(inputs, engine, engine.get(CoreRegister::R1), engine.get(CoreRegister::R2));
    inputs.push_back(engine.readWord(key));
    append(inputs, engine, engine.readWord(key + 4), engine.readWord(key + 8));
    append(inputs, engine, engine.readWord(stack), engine.readWord(stack + 4));
    return inputs;
}

void RememberedCalls::arrive(Engine& engine)
{
    const std::uint32_t place = engine.get(CoreRegister::Pc) & ~1U;
    const std::uint32_t stack = engine.get(CoreRegister::Sp);
    const auto call = m_calls.find(&engine);
    if (call != m_calls.end() && place == call->second.returnAddress &&
        stack == call->second.stack) {
        m_outcomes[call->second.inputs] = {engine.get(CoreRegister::R0),
                                           engine.instructions() - call->second.startedAt};
        m_calls.erase(call);
        engine.stopBefore(m_function, 0);
        return;
    }
    if (place != m_function) return;
    Inputs inputs = inputsOf(engine);
    const std::uint32_t link = engine.get(CoreRegister::Lr);
    if (const auto known = m_outcomes.find(inputs); known != m_outcomes.end()) {
        engine.set(CoreRegister::R0, known->second.value);
        engine.set(CoreRegister::Pc, link);
        engine.skip(known->second.instructions);
        return;
    }
    m_calls[&engine] = {std::move(inputs), link & ~1U, stack, engine.instructions()};
    engine.stopBefore(m_function, link & ~1U);
}

} // namespace emulator
