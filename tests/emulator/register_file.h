// A block of registers as a table: what exists, what a write changes, what a reset leaves.
#pragma once

#include "emulator/peripheral.h"

#include <vector>

namespace emulator {

struct Register {
    const char* name;
    std::uint32_t address;
    std::uint32_t reset = 0;
    std::uint32_t writable = 0xFFFF'FFFF;
    std::uint32_t readOnly = 0; ///< bits that exist and that a write leaves alone
    bool takesBytes = false;    ///< also in half-words and bytes
};

class RegisterFile : public Peripheral {
public:
    std::uint32_t read(std::uint32_t offset, unsigned bytes) final;
    /// A reserved bit that a write would change is an IllegalAccess.
    void write(std::uint32_t offset, std::uint32_t value, unsigned bytes) final;

    /// All registers get their reset values.
    virtual void reset();

protected:
    RegisterFile(std::uint32_t base, std::vector<Register> registers);

    /// What a read sees instead of what is stored.
    virtual std::uint32_t load(std::uint32_t, std::uint32_t stored) { return stored; }
    /// After a write has changed the stored value; `written` has the bytes that it wrote.
    virtual void store(std::uint32_t, std::uint32_t /*before*/, std::uint32_t /*written*/) {}

    std::uint32_t& at(std::uint32_t address);
    std::uint32_t at(std::uint32_t address) const;
    bool has(std::uint32_t address, std::uint32_t bits) const { return (at(address) & bits) != 0; }
    [[noreturn]] static void refuse(const Register& which, const char* reason, std::uint32_t value);
    const Register& find(std::uint32_t address) const;

private:
    std::uint32_t m_base;
    std::vector<Register> m_registers;
    std::vector<std::uint32_t> m_values;
    std::vector<std::int16_t> m_index; ///< by word offset; -1: nothing there
};

/// Registers without behaviour.
class PlainRegisters final : public RegisterFile {
public:
    PlainRegisters(std::uint32_t base, std::vector<Register> registers)
        : RegisterFile(base, std::move(registers))
    {
    }
    std::uint32_t value(std::uint32_t address) const { return at(address); }
};

} // namespace emulator
